"""A list's number is one cell's whole text, of a season and an id."""

import pytest

from watchlists.lookbacks.marks import MARKED
from watchlists.lookbacks.sheet import mark

ID = "0123456789abcdef"


def test_what_marks_a_workbook_is_known_again():
    found = MARKED.fullmatch(mark("2025Q4", ID))
    assert found.groups() == ("2025Q4", ID)


@pytest.mark.parametrize("text", ["2025Q5-" + ID, "2025Q4-" + ID[:-1], f"见 2025Q4-{ID}", "1825Q4-" + ID])
def test_nothing_else_is_taken_for_it(text):
    assert not MARKED.fullmatch(text)
