"""The words of the papers, in both languages."""

import re
from typing import get_args

import pytest

from register.reference.monthly_forms import Form
from register.tables.assistance import MEASURES
from tests.watchlists.monthly.months import JANUARY
from watchlists.language import Language
from watchlists.monthly.statistics import COUNTED
from watchlists.monthly.words import cause_words, group_words, headings, joined, sentences

FACTS = {"place": ("大河村", "Dahe"), "month": JANUARY.words, "day": ("2026-02-05", "2026-02-05")}


def test_the_county_counts_every_column_of_its_form():
    columns = {one.code for one in headings("statistics", "zh", named=False)}
    assert columns - {"township", "to_end"} == set(COUNTED)


def test_the_fourteen_groups_of_measures_stand_together_in_official_order():
    columns = headings("statistics", "zh", named=False)
    begun = [one.code.removeprefix("begun_") for one in columns if one.over]
    assert begun == list(MEASURES)
    assert {one.over for one in columns if one.over} == {"已落实措施"}


@pytest.mark.parametrize("form", get_args(Form))
def test_an_english_paper_has_no_chinese_and_a_chinese_one_no_english(form):
    def words(language: Language):
        lines = [
            line for place in ("title", "above", "below") for line in sentences(form, place, language, FACTS)
        ]
        return " ".join([*lines, *(one.text for one in headings(form, language, named=True))])

    assert not re.search("[\u4e00-\u9fff]", words("en"))
    assert not re.search("[a-zA-Z]{2}", words("zh"))
    assert "{" not in words("both")


def test_a_column_of_ids_says_so_where_names_are_not_wanted():
    plain, named = (
        {one.code: one.text for one in headings("meeting", "zh", named=is_named)}
        for is_named in (False, True)
    )
    assert (plain["who"], named["who"]) == ("户编号", "户主")


def test_groups_are_called_as_they_are_on_the_day_and_codes_are_joined():
    assert group_words(JANUARY.last)["sudden"][0] == "突发严重困难户"
    assert joined(["illness", "schooling"], cause_words(), "en") == "illness, schooling"
    assert joined([], cause_words(), "zh") == ""
