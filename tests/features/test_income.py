from datetime import date

import polars as pl
import pytest

from register.seasons import months_later
from tests.features.stories import DAY, LINES, household


def _money(source, amount, day=date(2025, 12, 1)):
    return {"member_id": "head", "source": source, "amount": amount, "occurred_on": day}


def test_a_bonus_lifts_a_household_over_the_line_for_one_month():
    found = household(income=[_money("wage", 1_800.0), _money("bonus", 600.0)], months=1)
    assert found["resources_over_line"] == pytest.approx(1.2)
    assert found["resources_without_bonus"] == pytest.approx(0.9)
    assert found["unstable_share"] == 0.25
    assert (found["n_earners"], found["n_sources"]) == (1, 2)


def test_wages_for_half_a_year_leave_six_months_without():
    wages = [_money("wage", 2_000.0, months_later(DAY, -ago)) for ago in range(6)]
    found = household(income=wages)
    assert found["n_months_with_wage"] == 6
    assert found["recent_income_share"] == pytest.approx(0.5)
    assert found["lowest_quarter_share"] == 0
    assert found["largest_source_share"] == 1


def test_a_panel_household_below_the_line_two_interviews_ago():
    days = [date(2025, 3, 31), date(2025, 6, 30), DAY]
    paid = zip(days, (1_000.0, 4_000.0, 3_000.0), strict=True)
    told = [_money("wage", amount, day) for day, amount in paid]
    found = household(dates=days, months=1, income=told)
    assert (found["n_past_falls"], found["n_earlier_observations"]) == (1, 2)
    assert (found["months_since_below_line"], found["months_since_observation"]) == (9, 6)
    assert found["earlier_resources"] == pytest.approx(2)
    assert found["lowest_earlier_resources"] == pytest.approx(0.5)
    assert found["mean_earlier_resources"] == pytest.approx(1.25)
    assert found["wage_change"] == pytest.approx(-0.5)


def test_income_from_before_any_line_was_in_force_is_missing_not_zero(monkeypatch):
    later = LINES.with_columns(pl.lit(date(2025, 6, 1)).alias("effective_from"))
    monkeypatch.setattr("tests.features.stories.LINES", later)
    found = household(income=[_money("wage", 5_000.0, date(2025, 2, 1))])
    assert found["wage_income"] is None
    assert found["pension_income"] == 0


def test_a_harvest_household_lives_from_one_quarter():
    """All of the year's income came in November."""
    found = household(income=[_money("crop", 12_000.0, date(2025, 11, 1))])
    assert (found["all_income"], found["highest_quarter_share"]) == (0.5, 1)
    assert found["income_volatility"] == pytest.approx(0.75)


def test_equal_quarters_do_not_vary():
    found = household(income=[_money("wage", 2_000.0, months_later(DAY, -ago)) for ago in range(12)])
    assert (found["income_volatility"], found["highest_quarter_share"]) == pytest.approx((0, 0.25))


def test_a_year_without_the_wages_of_the_year_before():
    """12,000 came in 2024 and 6,000 in 2025, of 24,000 that two need."""
    told = [_money("wage", 12_000.0, date(2024, 6, 1)), _money("wage", 6_000.0, date(2025, 6, 1))]
    assert household(income=told)["income_change_1y"] == pytest.approx(-0.25)
