"""A refused file or folder is accepted once the message was followed to the letter."""

import re

import pytest

from register.errors import HuitouError
from tests.advice.literals import refusals
from tests.advice.offices import set_aside
from tests.advice.refusals import REFUSALS, write_as

#: Messages that nothing in a folder brings about, each with the reason or the test that does.
OTHERS = {
    "source.path is a file": "tests/register/test_sql.py: views and URLs, not files",
    "run chmod 600": "the same",
    "the SQLite file it names": "the same",
    "write one line of it": "the same",
    "no driver for": "the same",
    "in a view": "the same",
    "the database lacks tables": "the same",
    "table villages names no county_id": "the same",
    "mapped columns": "tests/register/test_mapping.py",
    "names a county; fill": "the same",
    "fits the mapping": "the same",
    "expands to": "more rows than a test can hold",
    "not a table; ask": "Arrow gives nothing else",
    "it does not come back the same": "no bytes are known that would not",
    "rename the columns and run again": "sources look at their headers first",
    "this is a fault in casting": "a fault of the code",
    "give each county one income-line region": "check_county says it first",
    "(ingest.max_quarantined_share)": "told with the reasons of the rows: test_reasons.py",
    "(ingest.max_row_change)": "holds a delivery against the one before",
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=[one.says[:50] for one in REFUSALS])
def test_who_follows_the_message_is_accepted(refusal, tmp_path):
    folder = write_as(tmp_path / "sent", refusal.kind)
    refusal.spoil(folder)
    with pytest.raises(HuitouError) as refused:
        set_aside(folder)
    assert refusal.says in str(refused.value)
    refusal.follow(folder)
    assert set_aside(folder).rows() == []


def test_every_refusal_of_the_code_is_followed_here():
    """A new refusal needs a line in the tables beside this file."""
    known = [re.escape(says) for says in (*(one.says for one in REFUSALS), *OTHERS)]
    messages = refusals("SourceError", "ContractError")
    lacking = [(path, text) for path, text in messages if text and not any(one in text for one in known)]
    assert lacking == []
