"""A refused file or folder is accepted once the message was followed to the letter."""

import re
import tempfile
from functools import cache
from pathlib import Path

import pytest

from register.errors import HuitouError
from tests.advice.literals import refusals
from tests.advice.offices import set_aside
from tests.advice.refusals import REFUSALS, write_as

#: Messages that nothing in a folder brings about, each with the reason or the test that does.
OTHERS = {
    "source.path is a file": "tests/register/sources/test_sql.py: views and URLs, not files",
    "run chmod 600": "the same",
    "the SQLite file it names": "the same",
    "write one line of it": "the same",
    "no driver for": "the same",
    "as missing in a view": "the same",
    "cast the column to text in a view": "the same",
    "the database lacks tables": "the same",
    "table villages names no county_id": "the same",
    "mapped columns": "tests/register/sources/test_mapping.py",
    "names a county; fill": "the same",
    "fits the mapping": "the same",
    "expands to": "more rows than a test can hold",
    "bytes of text, allowed are": "nothing to follow: tests/register/sources/test_parquet_text.py",
    "not a table; ask": "Arrow gives nothing else",
    "it does not come back the same": "no bytes are known that would not",
    "the columns and run again": "sources look at their headers first",
    "this is a fault in casting": "a fault of the code",
    "give each county one income-line region": "check_county says it first",
    "(ingest.max_quarantined_share)": "told with the reasons of the rows: test_reasons.py",
    "(ingest.max_row_change)": "holds a delivery against the one before",
}

#: Of a source that reads no folder as offices send them: its own tests hold each message.
OWN_TESTS = {"register/sources/panel/": "tests/register/sources/panel"}


@cache
def message(number):
    """Give what is said when one thing is spoilt."""
    with tempfile.TemporaryDirectory() as parent:
        folder = write_as(Path(parent) / "sent", REFUSALS[number].kind)
        REFUSALS[number].spoil(folder)
        with pytest.raises(HuitouError) as refused:
            set_aside(folder)
    return str(refused.value)


@pytest.mark.parametrize("number", range(len(REFUSALS)), ids=[one.says[:50] for one in REFUSALS])
def test_who_follows_the_message_is_accepted(number, tmp_path):
    refusal, folder = REFUSALS[number], write_as(tmp_path / "sent", REFUSALS[number].kind)
    assert refusal.says in message(number)
    refusal.spoil(folder)
    refusal.follow(folder)
    assert set_aside(folder).rows() == []


def test_every_refusal_of_the_code_is_followed_here():
    """A new refusal needs a line in the tables beside this file."""
    said = [message(number) for number in range(len(REFUSALS))]
    known = [re.escape(one) for one in OTHERS]
    lacking = [
        (path, text)
        for path, text in refusals("SourceError", "ContractError")
        if text
        and not path.startswith(tuple(OWN_TESTS))
        and not any(one in text for one in known)
        and not any(re.fullmatch(text, one, re.DOTALL) for one in said)
    ]
    assert lacking == []
