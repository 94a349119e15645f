"""Columns are known by what they say, whatever their width, case and signs."""

import pytest

from register.proposal.names import declared, folded, known_names, names_of, nearest, words_of
from register.tables import TABLES


@pytest.mark.parametrize("one", ["户编号", "户 编号", "户编号（必填）"[:3], "ＨＨ＿ＩＤ", "hh-id"])
def test_width_case_and_signs_say_nothing(one):
    assert folded(one) in (folded("户编号"), folded("HH_ID"))


def test_words_are_parted_by_signs_digits_and_capitals():
    assert words_of("totalFoodWeek2") == {"total", "food", "week", "2"}


def test_a_register_column_is_known_by_its_own_names_those_of_the_exports_and_declared_words():
    assert {"grade", "危房等级"} <= {*names_of("housing", "grade")}
    assert {"household_id", "户编号", "hhid"} <= {*names_of("households", "household_id")}


def test_every_declared_word_is_known_and_every_column_too():
    assert folded("hhid") in known_names()
    assert all(folded(one.zh) in known_names() for table in TABLES.values() for one in table.columns)
    assert declared("no such role") == []


def test_the_nearest_name_is_near():
    assert nearest("household_ids", ["household_id", "member_id"]) == "household_id"
    assert nearest("x", ["household_id"]) is None
