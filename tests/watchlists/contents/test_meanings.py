"""Codes mean what the rooms that write them say."""

from watchlists.contents.meanings import _known, meanings
from watchlists.contents.tables import tables
from watchlists.visits.change import WHY_LEFT


def test_reasons_to_leave_are_those_of_the_room_that_gives_them():
    assert meanings("left", "why_left") == WHY_LEFT


def test_every_list_of_codes_is_of_a_column():
    columns = {f"{table.name}.{one.name}" for table in tables().values() for one in table.columns}
    names = columns | {one.partition(".")[2] for one in columns}
    assert {name for name in _known() if name not in names} == set()


def test_what_is_no_code_has_none():
    assert meanings("listed", "risk") == {}
