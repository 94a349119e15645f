"""Which causes are named, and when none is."""

import math

import polars as pl
import pytest

from features.declaration import CAUSES
from models.attribution.naming import NAMED, names_of
from tests.watchlists.lists import explained, features

FLOOD = {"disaster_loss_over_needs_12m": 0.4, "n_disasters_12m": 1.0}
BILL = {"own_payment_over_needs_12m": 0.6}


def named(facts, forecast=None, **changes):
    """One household's names: its facts, and the log-odds of what is fresh and what stands."""
    fresh = {f"fresh_{cause}": value for cause, value in changes.items()}
    row = {**explained("lin", **changes), **fresh}
    shares = {f"forecast_{cause}": (forecast or {}).get(cause, 0.0) for cause in CAUSES} if forecast else {}
    table = pl.DataFrame([{**row, **shares}], schema_overrides={"main_cause": pl.String()}).drop(NAMED)
    return names_of(table, features({"household_id": "lin", "n_able_to_work": 1.0, **facts}), 1.05).row(
        0, named=True
    )


def test_a_cause_is_named_where_an_event_is_on_record_and_moved_the_risk():
    """Lin's field was flooded, and the flood doubles the odds."""
    row = named(FLOOD, disaster=math.log(2))
    assert (row["events"], row["named_causes"], row["main_cause"]) == (["disaster"], ["disaster"], "disaster")


def test_no_event_on_record_no_name():
    """The model gives illness a part, and no bill is on record."""
    row = named({}, illness=math.log(3))
    assert (row["events"], row["named_causes"], row["main_cause"]) == ([], [], None)


@pytest.mark.parametrize(("times", "is_named"), [(1.049, False), (1.051, True)])
def test_a_change_that_nobody_could_see_at_a_visit_is_not_named(times, is_named):
    assert bool(named(FLOOD, disaster=math.log(times))["named_causes"]) == is_named


def test_several_are_ordered_by_what_they_changed():
    row = named(FLOOD | BILL, disaster=math.log(2), illness=math.log(3))
    assert row["named_causes"] == ["illness", "disaster"]


def test_the_forecast_orders_where_there_is_one():
    """Of such households most were found to have fallen by the flood."""
    row = named(FLOOD | BILL, {"disaster": 0.7, "illness": 0.3}, disaster=math.log(2), illness=math.log(3))
    assert row["named_causes"] == ["disaster", "illness"]


def test_unstable_work_is_not_named_where_nobody_can_work():
    """Two people of 72; the spouse stopped working this year."""
    lost_work = {"n_out_of_work": 1.0, "n_able_to_work": 0.0}
    row = named(lost_work, employment=math.log(5))
    assert (row["events"], row["named_causes"]) == (["employment"], [])
    assert named(lost_work | {"n_able_to_work": 1.0}, employment=math.log(5))["main_cause"] == "employment"


def test_what_stands_makes_vulnerable_and_names_nothing():
    """Low income for years, no event: nothing to name, and the visit knows what the household lives with."""
    unchanged = {"fresh_income": 0.2, "fresh_household": 0.0}
    table = pl.DataFrame([{**explained("lin", income=1.2, household=0.3), **unchanged}])
    row = names_of(table.drop(NAMED), features({"household_id": "lin"}), 1.05).row(0, named=True)
    assert (row["named_causes"], row["vulnerability"]) == ([], ["income", "household"])


def test_without_a_year_behind_nothing_is_fresh_and_nothing_is_named():
    """New in the register this summer, with a bill."""
    row = {**explained("lin", illness=1.0), **dict.fromkeys(f"fresh_{cause}" for cause in CAUSES)}
    table = pl.DataFrame([row], schema_overrides={f"fresh_{cause}": pl.Float64() for cause in CAUSES})
    found_none = names_of(table.drop(NAMED), features({"household_id": "lin", **BILL}), 1.05).row(
        0, named=True
    )
    assert (found_none["events"], found_none["named_causes"]) == (["illness"], [])
    assert found_none["vulnerability"] == ["illness"]
