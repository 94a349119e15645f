"""A text holds what somebody can have written, and nothing that turns a page around."""

import polars as pl
import pytest

from register.cells.characters import damaged


@pytest.mark.parametrize("text", ["王家村", "ᠮᠣᠩᠭᠣᠯ", "བོད་ཡིག", "a\tb", "تاجىك", "ئۇيغۇر\u200c", None])
def test_what_people_write_is_whole(text):
    assert damaged(pl.Series([text], dtype=pl.String)).to_list() == [False]


@pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u2066", "\x1b", "\ufffd", "\x00", "\u0085"])
def test_marks_that_turn_a_page_around_and_controls_are_damage(mark):
    assert damaged(pl.Series([f"王家{mark}村"])).to_list() == [True]
