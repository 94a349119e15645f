"""When zeros at the end of an id are a spreadsheet's, and when they are its own."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.cells.typed_cells import CELL_KINDS
from register.ids.identifiers import cut_short, zeroed

#: A register of 16 digits: village, household, and a last digit that counts in tens or does not.
WHOLE = ["5306221980010112", "5306221980010237", "5306221980010358"]


def kinds(*names):
    return pl.Series(names, dtype=CELL_KINDS)


@pytest.mark.parametrize("ids", [["5306221980010110"], ["5306221980010110", "530622198001"]])
def test_a_csv_column_whose_long_ids_all_end_in_zeros_is_doubted(ids):
    assert zeroed(pl.Series(ids)).to_list() == [True, False][: len(ids)]


def test_a_csv_column_with_a_power_in_it_was_a_spreadsheets():
    assert zeroed(pl.Series(["5306221980010110", "5.3E+15", *WHOLE])).to_list()[0]


def test_a_zero_at_the_end_of_some_ids_of_a_csv_column_is_no_sign():
    """A tenth of the ids of any register of 16 digits ends in 0."""
    assert not zeroed(pl.Series(["5306221980010110", *WHOLE])).any()


@pytest.mark.parametrize(("kind", "doubted"), [("text", False), ("number", True)])
def test_a_cell_that_says_what_it_is_is_asked(kind, doubted):
    ids = pl.Series(["5306221980010110", *WHOLE])
    assert zeroed(ids, kinds(kind, "text", "text", "text")).to_list() == [doubted, False, False, False]


def test_a_number_whose_neighbour_is_there_was_counted_not_rounded():
    ids = pl.Series(["5306221980010110", "5306221980010111"])
    assert not zeroed(ids, kinds("number", "number")).any()


@given(st.lists(st.from_regex(r"[1-9][0-9]{15,17}", fullmatch=True), max_size=20))
def test_no_text_is_ever_doubted(ids):
    series = pl.Series(ids, dtype=pl.String)
    assert not zeroed(series, kinds(*["text"] * len(ids))).any()
    assert not cut_short(series).any()


@given(st.lists(st.from_regex(r"[1-9][0-9]{14}", fullmatch=True), min_size=1, max_size=20, unique=True))
def test_a_column_that_a_spreadsheet_rounded_is_doubted_whole(heads):
    """Four zeros behind: no two are neighbours, and no citizen's number has nineteen digits."""
    assert zeroed(pl.Series([f"{head}0000" for head in heads])).all()
