from datetime import date

import polars as pl
import pytest

from features.engine import SPINE, build_features
from tests.features.stories import CHILD, DAY, HEAD, household, people, shard
from tests.laws.registers import DATES, LINES, random_tables, shard_of


def test_every_feature_is_a_float_and_the_spine_comes_first():
    built = build_features(shard(), [DAY], 12)
    assert tuple(built.columns[: len(SPINE)]) == SPINE
    assert set(built.drop(SPINE).dtypes) == {pl.Float64}
    assert built.schema["category"] == pl.String


def test_rows_are_sorted_by_household_and_date():
    built = build_features(shard_of(random_tables(4)), DATES, 12)
    assert built.equals(built.sort("household_id", "as_of_date"))


def test_money_before_and_after_a_line_rose_is_measured_by_its_own_line(monkeypatch):
    """A wage of 500 under a line of 500 is worth one of 550 under a line of 550."""
    monkeypatch.setattr("tests.features.stories.LINES", LINES)
    wages = {
        day: [{"member_id": "head", "source": "wage", "amount": amount, "occurred_on": day}]
        for day, amount in ((date(2021, 12, 1), 500.0), (date(2022, 1, 1), 550.0))
    }
    at = (date(2022, 5, 31),)
    assert [household(dates=at, income=records)["wage_income"] for records in wages.values()] == [
        pytest.approx(1 / 24),
        pytest.approx(1 / 24),
    ]


def test_income_older_than_two_years_is_not_looked_at():
    old = {"member_id": "head", "source": "wage", "amount": 1.0, "occurred_on": date(2023, 12, 1)}
    assert household(income=[old])["n_months_with_wage"] is None


def test_a_household_that_nobody_belongs_to_any_more_has_no_shares_of_needs():
    gone = [{**one, "valid_to": date(2025, 7, 1)} for one in people(HEAD, CHILD)]
    paid = {"source": "wage", "amount": 900.0, "occurred_on": date(2025, 6, 1)}
    features = household(members=gone, income=[paid])
    assert (features["resources_over_line"], features["wage_income"], features["household_size"]) == (
        None,
        None,
        None,
    )


def test_members_who_need_nothing_give_no_infinite_share():
    """A survey may give a newborn 0 equivalents; a household of only such has no needs."""
    paid = {"source": "wage", "amount": 900.0, "occurred_on": date(2025, 6, 1)}
    features = household(members=[one | {"equivalents": 0.0} for one in people(HEAD)], income=[paid])
    assert (features["resources_over_line"], features["wage_income"]) == (None, None)
