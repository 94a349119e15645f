from datetime import date

import polars as pl
import pytest

from models.labels.cohort import COHORT, below_line, cohort
from models.labels.label_rules import FALLS, RELAPSES
from tests.households import household, village_of

DATES = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)]
BOTH = ("lifted_out", "ordinary")


def at(shard, categories=BOTH, outcome=FALLS):
    found = cohort(shard, DATES, 12, categories, outcome)
    assert tuple(found.columns) == COHORT
    return {(row["household_id"], row["as_of_date"].month): row for row in found.to_dicts()}


def test_a_household_above_the_line_is_looked_after_at_every_date():
    """A mother and her son on wages of twice the line."""
    found = at(village_of(household("H1", members=2, income=400)))
    assert list(found) == [("H1", 3), ("H1", 6), ("H1", 9)]
    assert found["H1", 3]["resources_over_line"] == pytest.approx(2)
    assert (found["H1", 3]["township_id"], found["H1", 3]["county_id"]) == ("T1", "C1")


def test_a_household_below_the_line_is_not_in_the_cohort():
    """A widow on half the line: poor now, not at risk of becoming poor."""
    assert at(village_of(household("H1", income=50))) == {}


def test_a_household_without_a_reading_is_not_in_the_cohort():
    """A household whose income nobody reported."""
    assert at(village_of(household("H1"), household("H2", income=200))).keys() == {
        ("H2", 3),
        ("H2", 6),
        ("H2", 9),
    }


def test_only_the_categories_asked_for_are_looked_after():
    lifted = household("H1", income=200, state={"category": "lifted_out"})
    shard = village_of(lifted, household("H2", income=200, state={"category": "ordinary"}))
    assert {name for name, _ in at(shard, ["lifted_out"])} == {"H1"}


def test_a_household_under_monitoring_leaves_the_cohort_until_its_risk_is_eliminated():
    """Identified in May, eliminated in August."""
    events = [
        {"occurred_on": "2024-05-10", "event": "identified"},
        {"occurred_on": "2024-08-10", "event": "eliminated"},
    ]
    assert at(village_of(household("H1", income=200, monitoring=events))).keys() == {("H1", 3), ("H1", 9)}


def test_monitoring_counts_from_when_it_was_recorded():
    """Identified in May, entered in July: in June nobody knew."""
    late = [{"occurred_on": "2024-05-10", "event": "identified", "recorded_on": "2024-07-02"}]
    assert at(village_of(household("H1", income=200, monitoring=late))).keys() == {("H1", 3), ("H1", 6)}


def test_a_household_identified_again_after_elimination_is_under_monitoring():
    events = [
        {"occurred_on": "2023-05-10", "event": "identified"},
        {"occurred_on": "2023-08-10", "event": "eliminated"},
        {"occurred_on": "2024-01-10", "event": "identified"},
    ]
    assert at(village_of(household("H1", income=200, monitoring=events))) == {}


def test_of_relapse_the_cohort_is_who_was_eliminated_and_is_not_monitored():
    """One eliminated in May, one never monitored, one monitored still."""
    identified = {"occurred_on": "2023-05-10", "event": "identified"}
    over = household(
        "H1", income=200, monitoring=[identified, {"occurred_on": "2024-05-10", "event": "eliminated"}]
    )
    shard = village_of(
        over, household("H2", income=200), household("H3", income=200, monitoring=[identified])
    )
    assert at(shard, outcome=RELAPSES).keys() == {("H1", 6), ("H1", 9)}


def test_households_under_help_are_marked_as_such():
    """A public post from May to August."""
    post = [{"started_on": "2024-05-01", "ended_on": "2024-08-01", "measure": "public_post"}]
    found = at(village_of(household("H1", income=200, assistance=post)))
    assert {key[1]: row["under_help"] for key, row in found.items()} == {3: False, 6: True, 9: False}


def test_those_lifted_out_and_those_once_read_below_are_return():
    """One was lifted out; one climbed above the line in April 2024; one was never poor."""
    lifted = household("H1", income=200, state={"category": "lifted_out"})
    bonus = {"household_id": "H2", "source": "bonus", "occurred_on": "2024-04-30", "amount": 2000}
    state = {"category": "ordinary"}
    climbed = household("H2", income=90, state=state)
    climbed["income"].append(bonus)
    never = household("H3", income=200, state=state)
    found = at(village_of(lifted, climbed, never))
    assert {key: row["is_return"] for key, row in found.items() if key[1] == 6} == {
        ("H1", 6): True,
        ("H2", 6): True,
        ("H3", 6): False,
    }


def test_the_past_is_read_as_it_was_known_then():
    """A cost of June came to light in August: in June the household was read above all the same."""
    whole = at(village_of(household("H1", income=200)))
    cost = {"source": "business_cost", "occurred_on": "2024-06-15", "amount": 2300}
    house = household("H1", income=200)
    house["income"].append({"household_id": "H1", "recorded_on": "2024-08-01", **cost})
    found = at(village_of(house))
    assert found["H1", 6] == whole["H1", 6]
    assert ("H1", 9) not in found


def test_a_household_is_on_one_side_of_the_line_at_a_date():
    """A widow on half the line, her neighbour on twice it, one who climbs in July, one with no reading."""
    climbed = household("H3", income=90)
    climbed["income"].append(
        {"household_id": "H3", "source": "bonus", "occurred_on": "2024-07-31", "amount": 2000}
    )
    shard = village_of(household("H1", income=50), household("H2", income=200), climbed, household("H4"))
    above, below = cohort(shard, DATES, 12, BOTH), below_line(shard, DATES, 12, BOTH)
    assert tuple(below.columns) == COHORT
    assert above.schema == below.schema
    sides = [set(zip(side["household_id"], side["as_of_date"], strict=True)) for side in (above, below)]
    assert sides[0] == {*(("H2", day) for day in DATES), ("H3", DATES[2])}
    assert sides[1] == {*(("H1", day) for day in DATES), ("H3", DATES[0]), ("H3", DATES[1])}
    assert (below["resources_over_line"] < 1).all()


def test_those_below_the_line_are_looked_after_as_the_others_are():
    """One of another category, one under monitoring: neither teaches."""
    state, lifted = {"category": "ordinary"}, {"category": "lifted_out"}
    identified = [{"occurred_on": "2023-05-10", "event": "identified"}]
    shard = village_of(
        household("H1", income=50, state=state),
        household("H2", income=50, state=lifted),
        household("H3", income=50, state=state, monitoring=identified),
    )
    assert set(below_line(shard, DATES, 12, ["ordinary"])["household_id"]) == {"H1"}


def test_order_does_not_depend_on_how_records_lie():
    shard = village_of(household("H2", income=200), household("H1", income=300))
    found = cohort(shard, DATES, 12, BOTH)
    assert found.equals(found.sort("household_id", "as_of_date"))
    assert found["as_of_date"].dtype == pl.Date
