from datetime import date

import polars as pl

from features.attendance import with_years_attended
from tests.features.stories import household

CHILD, HEAD = 1, 2
MEMBERS = pl.DataFrame({"member_at": [CHILD, HEAD], "education": ["primary", "college"]})


def _years(*stages):
    spells = pl.DataFrame({"member_at": [CHILD] * len(stages), "stage": stages})
    return with_years_attended(MEMBERS, spells)["years_attended"]


def test_a_technical_school_leads_as_far_as_a_high_school():
    assert _years("vocational").to_list() == _years("high").to_list() == [12, None]


def test_of_two_open_spells_the_higher_counts_and_one_that_ended_does_not():
    """The child attends two schools and left a university in July."""
    assert _years("middle", "primary")[0] == 9
    school = {"member_id": "child", "started_on": date(2024, 9, 1)}
    spells = [school | {"stage": stage} for stage in ("middle", "primary")]
    left = school | {"stage": "university", "ended_on": date(2025, 7, 1)}
    assert household(schooling=[*spells, left])["highest_education"] == 9


def test_what_was_completed_and_what_is_attended_the_more_counts():
    """The child completed primary school and attends a high school; the head went to a college."""
    spells = pl.DataFrame({"member_at": [CHILD], "stage": ["high"]})
    assert with_years_attended(MEMBERS, spells)["school_years"].to_list() == [12, 15]
    assert with_years_attended(MEMBERS, spells.clear())["school_years"].to_list() == [6, 15]


def test_a_dropout_attends_nothing():
    assert _years("dropped_out")[0] is None
