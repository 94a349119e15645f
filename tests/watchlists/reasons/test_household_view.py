"""What a listed household looks like on card and sheet."""

import pytest

from tests.watchlists.lists import listed_row, reference_names
from watchlists.household.page import PAGE
from watchlists.reasons.household_view import household_view

NAMES = reference_names()


def view(language="zh", **changes):
    return household_view(listed_row(**changes), NAMES, language)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "脱贫户，3口人"),
        ({"category": "ordinary", "monitored_group": "sudden"}, "一般农户，3口人，曾是突发严重困难户"),
        ({"category": None, "n_people": None}, ""),
    ],
)
def test_the_kind_of_household_is_said_in_official_words(changes, words):
    assert view(**changes)["type_shown"] == words


def test_each_language_says_the_same_and_both_say_it_one_after_the_other():
    assert (view()["standing"], view("en")["standing"]) == (
        ["3口人，1人能劳动"],
        ["household of 3, 1 able to work"],
    )
    assert view("both")["standing"] == ["3口人，1人能劳动 household of 3, 1 able to work"]


def test_where_nothing_says_what_help_should_serve_the_cause_is_to_be_found_first():
    assert view(measures=[], fits_zh=[], fits_en=[])["fits"] == ["先核实原因，再定帮扶"]
    assert view()["fits"] == ["健康帮扶：户主（54岁）"]


def test_help_that_calls_for_a_word_says_it_beside_the_help_in_force():
    assert view(is_on_relief_only=True)["help"][0] == "无"
    assert "一兜了之" in view(is_on_relief_only=True)["help"][1]


def test_a_village_without_a_name_goes_by_its_id():
    assert view(village_name=None)["village_shown"] == "T1-V1"


def test_a_list_from_before_there_were_pages_says_its_reasons():
    older = {name: value for name, value in listed_row().items() if name not in PAGE}
    row = household_view(older, NAMES, "zh")
    assert (row["now"], row["standing"], row["check"], row["fits"]) == (["理由。"], [], [], ["健康帮扶"])
