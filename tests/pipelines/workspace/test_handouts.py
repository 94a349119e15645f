"""Hand-outs among the events: who holds which file."""

import pytest

from pipelines.workspace.events import keep_event
from pipelines.workspace.handouts import HandedFile, keep_handout, kept_handouts, recipient
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.errors import ParamsError, StoreError

FACTS = {"to": "凤翔街道 李红", "season": "2025Q4", "list_id": "00", "with_names": True}
FILE = HandedFile("C1/T1.xlsx", "ab" * 32, "C1 T1", 12)


@pytest.mark.parametrize("name", ["", " \n", "x" * 61])
def test_a_recipient_nobody_could_find_again_is_refused(name):
    with pytest.raises(ParamsError, match="name who gets it"):
        recipient(name)


@pytest.mark.usefixtures("office")
def test_what_went_to_somebody_is_kept_in_its_order_and_other_acts_are_none_of_it():
    params = load_params()
    for to in ("李红", None, "王强"):
        keep_handout(HERE, params, "workbooks", {**FACTS, "to": to}, [FILE])
        keep_event(HERE, params, "explain")
    kept = kept_handouts(HERE, params)
    assert [(one["what"], one["to"]) for one in kept] == [("workbooks", "李红"), ("workbooks", "王强")]
    assert kept[0]["files"][0]["sha256"] == FILE.sha256
    assert {path.stat().st_mode & 0o777 for path in HERE.events.glob("*.json")} == {0o600}


@pytest.mark.usefixtures("office")
def test_an_entry_that_was_changed_is_seen():
    params = load_params()
    keep_handout(HERE, params, "cards", FACTS, [FILE])
    path = next(HERE.events.glob("*.json"))
    path.write_text(path.read_text("utf-8").replace("2025Q4", "2025Q3"), "utf-8")
    with pytest.raises(StoreError, match="restore events/ from its last copy"):
        kept_handouts(HERE, params)
