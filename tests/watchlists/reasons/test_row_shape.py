from tests.watchlists.lists import UNKNOWN_FRESH, explained
from watchlists.reasons.row_shape import has_year_behind, in_todays_shape, worst_circumstance


def test_a_row_of_today_stays_what_it_is():
    row = explained("H1", illness=0.5)
    assert in_todays_shape(row) == {**row, "is_older": False}


def test_an_older_row_names_what_it_named_and_knows_no_more():
    row = in_todays_shape({"main_cause": "illness", "phi_illness": 0.4})
    assert (row["named_causes"], row["events"], row["vulnerability"]) == (["illness"], [], [])
    assert row["is_older"]
    assert row["fresh_illness"] is row["forecast_illness"] is row["main_cause_confidence"] is None
    assert in_todays_shape({"main_cause": None})["named_causes"] == []


def test_a_household_without_a_year_behind_it_has_no_fresh_parts():
    assert has_year_behind(explained("H1"))
    assert not has_year_behind({**explained("H1"), **UNKNOWN_FRESH})


def test_no_circumstance_is_the_worst_where_none_moved_or_no_year_lies_behind():
    assert worst_circumstance({"income": 0.01}, 0.05) == []
    assert worst_circumstance({"income": None, "household": None}, 0.05) == []
    assert worst_circumstance({"income": 0.1, "household": 0.2}, 0.05) == ["household"]
