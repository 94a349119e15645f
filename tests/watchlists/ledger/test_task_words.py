"""Codes of a task in words, all of them, in every language."""

import pytest

from tests.watchlists.ledgers import RESULTS, ledger, listed, only
from watchlists.ledger.help import HELP
from watchlists.ledger.task_words import task_view
from watchlists.ledger.tasks import NOTHING_BACK, STATES


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize(
    "change",
    [
        *({"state": one} for one in STATES),
        *({"help": one} for one in HELP),
        *({"result": one} for one in RESULTS),
        {"overdue": True},
        {"responsible": "张三"},
        {"village_name": None},
    ],
)
def test_every_code_has_words(language, change):
    view = task_view({**only(ledger([listed()], NOTHING_BACK)), **change}, language)
    (name,) = change
    shown = {"village_name": "village_shown"}.get(name, f"{name}_shown")
    assert view[shown]
    assert view["due_on"] == "2026-01-31"
    assert view["visited_on"] == ""
