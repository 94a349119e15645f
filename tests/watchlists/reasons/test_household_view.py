"""What a listed household looks like on card and sheet."""

import pytest

from tests.watchlists.lists import UNKNOWN_FRESH, explained, listed_row, reference_names
from watchlists.reasons.household_view import bars, household_view

NAMES = reference_names()


def view(**changes):
    return household_view(listed_row(**changes), NAMES)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("firm", "因病 illness（把握较大） (fairly sure)"),
        ("uncertain", "因病 illness（说不准，请核实） (not sure, please ask)"),
        (None, "因病 illness"),
    ],
)
def test_the_main_cause_is_named_with_how_sure_it_is(step, words):
    assert view(main_cause_confidence=step)["main_cause_shown"] == words


def test_where_no_cause_is_named_the_cell_says_why():
    none = {"named_causes": [], "main_cause": None}
    assert view(**none)["main_cause_shown"] == "近一年无新原因 no fresh cause"
    assert view(**none, **UNKNOWN_FRESH)["main_cause_shown"] == "入册不满一年 new in the register"
    assert view(**none, risk=None, **UNKNOWN_FRESH)["main_cause_shown"] == ""


def test_what_makes_it_vulnerable_stands_beside_the_named_cause_the_largest_first():
    row = view(vulnerability=["income", "labour", "illness", "water"])
    assert row["vulnerability_shown"] == "收入水平、劳动力、健康 level of income, labour, health"
    assert view(vulnerability=[])["vulnerability_shown"] == ""


def test_where_nothing_says_what_help_should_serve_the_cause_is_to_be_found_first():
    assert view(measures=[])["measures_shown"] == "先核实原因，再定帮扶。"
    assert view()["measures_shown"] == "健康帮扶。"


def test_only_named_causes_have_a_factor_and_what_is_of_long_standing_has_a_bar():
    row = explained("H1", illness=0.833, income=1.0, labour=0.5, water=-0.4, events=["illness"])
    assert [
        (one["kind"], one["en"], one["factor"], one["width"])
        for one in bars({**row, "is_older": False}, NAMES)
    ] == [
        ("fresh", "illness", "2.3", 41.6),
        ("standing", "level of income", "", 50.0),
        ("standing", "labour", "", 25.0),
    ]


def test_a_published_order_shows_what_it_counts():
    row = {**explained("H1", income=1.0, illness=0.693), "risk": None, "is_older": False}
    assert [(one["kind"], one["en"], one["factor"]) for one in bars(row, NAMES)] == [
        ("counted", "level of income", "2.7"),
        ("counted", "illness", "2.0"),
    ]


def test_a_list_from_before_causes_were_named_keeps_the_cause_it_had():
    today = listed_row()
    row = {
        name: value
        for name, value in today.items()
        if name not in ("named_causes", "vulnerability", "events")
    }
    older = household_view(row, NAMES)
    assert older["main_cause_shown"] == "因病 illness"
    assert older["vulnerability_shown"] == ""
    assert household_view({**row, "main_cause": None}, NAMES)["main_cause_shown"] == ""
