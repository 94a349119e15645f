from datetime import date

import polars as pl
import pytest

from models.labels.label_rules import LabelRules
from models.labels.outcomes import OUTCOMES, outcomes
from tests.households import household, village_of

DAY = date(2023, 12, 31)
WINDOW = LabelRules(months=12, reading="window", resources_months=3, settle_months=3)
NEXT = LabelRules(months=12, reading="next_observation", resources_months=1, settle_months=0)


def seen(one, rules=WINDOW, known_on=date(2025, 3, 31), is_lifted_out=True):
    rows = pl.DataFrame({"household_id": ["H1"], "as_of_date": [DAY], "is_lifted_out": [is_lifted_out]})
    found = outcomes(village_of(one), rows, rules, known_on)
    assert tuple(found.columns) == OUTCOMES
    return found.row(0)[2:5]


def test_a_household_that_held_has_neither_gap_nor_lead_time():
    assert seen(household("H1", income=200)) == (0, None, None)


def test_the_gap_is_the_deepest_and_the_lead_time_the_first_sight():
    """The wage ends in January: one wage of two lines over the first quarter, none in the second."""
    gap, lead, fallen_as = seen(household("H1", income=200, last="2024-01"))
    assert (gap, lead, fallen_as) == (pytest.approx(1 / 3), 3, "unstable")


def test_who_was_never_poor_falls_as_marginal():
    assert seen(household("H1", income=200, last="2024-01"), is_lifted_out=False)[2] == "marginal"


def test_a_breach_alone_is_sudden_and_counts_from_its_month():
    cut = household("H1", income=200, water=[{"occurred_on": "2024-05-01", "status": "cut"}])
    assert seen(cut) == (0, 5, "sudden")


def test_the_group_a_household_was_identified_under_goes_before_the_definition():
    told = {"occurred_on": "2024-04-10", "event": "identified", "group": "sudden"}
    assert seen(household("H1", income=200, last="2024-01", monitoring=[told]))[2] == "sudden"


@pytest.mark.parametrize("day", ["2023-12-31", "2025-01-01"])
def test_what_happened_on_the_as_of_date_or_after_the_window_is_not_seen(day):
    assert seen(household("H1", income=200, water=[{"occurred_on": day, "status": "cut"}])) == (0, None, None)


def test_nothing_recorded_after_the_knowledge_date_is_seen():
    late = {"occurred_on": "2024-05-01", "status": "cut", "recorded_on": "2025-04-02"}
    assert seen(household("H1", income=200, water=[late]))[1] is None
    assert seen(household("H1", income=200, water=[late]), known_on=date(2025, 6, 30))[1] == 5


def test_of_a_panel_only_the_next_interview_counts():
    """Half the line at the first interview, nothing at the second."""
    poor = [
        {"source": "wage", "occurred_on": f"2024-{month}", "amount": amount}
        for month, amount in (("03-31", 50), ("06-30", 10))
    ]
    assert seen(
        household("H1", income=None) | {"income": [{"household_id": "H1", **row} for row in poor]}, NEXT
    ) == (
        pytest.approx(0.5),
        3,
        "unstable",
    )


def test_a_cohort_of_nobody_has_no_outcomes():
    none = pl.DataFrame(
        schema={"household_id": pl.String(), "as_of_date": pl.Date(), "is_lifted_out": pl.Boolean()}
    )
    assert outcomes(village_of(household("H1", income=200)), none, WINDOW, date(2025, 3, 31)).rows() == []
