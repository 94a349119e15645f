"""Several codes in one cell: parted as hands part them, kept in one way, the first before all others."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.cells.several import SEPARATOR, first, kept, lists, parts
from register.tables.monitoring import CAUSES

SOME = st.lists(st.sampled_from(CAUSES), min_size=1, max_size=5, unique=True)


@given(SOME, st.sampled_from(["、", "，", ",", "；", ";", "/", "\n", " 、 "]))
def test_however_codes_are_parted_they_are_kept_in_one_way_and_order(codes, between):
    text = kept(between.join(codes), CAUSES, 5)
    assert text == SEPARATOR.join(codes)
    assert kept(text, CAUSES, 5) == text
    frame = pl.DataFrame({"causes": [text]})
    assert frame.select(lists("causes")).item().to_list() == codes
    assert frame.select(first("causes")).item() == codes[0]


@pytest.mark.parametrize("text", ["", "、", "laziness", "illness;laziness", ";".join(CAUSES[:6])])
def test_nothing_an_unknown_word_or_too_many_are_no_codes(text):
    assert kept(text, CAUSES, 5) is None


def test_a_word_written_twice_is_one():
    assert parts("因病、因残、因病") == ["因病", "因残"]
