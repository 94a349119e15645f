from datetime import date

import polars as pl
import pytest

from register.seasons import months_later
from tests.features.stories import DAY, LINES, household


def _money(source, amount, day=date(2025, 12, 1)):
    return {"member_id": "head", "source": source, "amount": amount, "occurred_on": day}


def test_a_bonus_lifts_a_household_over_the_line_for_one_month():
    features = household(income=[_money("wage", 1_800.0), _money("bonus", 600.0)], months=1)
    assert features["resources_over_line"] == pytest.approx(1.2)
    assert features["resources_without_bonus"] == pytest.approx(0.9)
    assert features["unstable_share"] == 0.25
    assert (features["n_earners"], features["n_sources"]) == (1, 2)


def test_wages_for_half_a_year_leave_six_months_without():
    wages = [_money("wage", 2_000.0, months_later(DAY, -ago)) for ago in range(6)]
    features = household(income=wages)
    assert features["n_months_with_wage"] == 6
    assert features["recent_income_share"] == pytest.approx(0.5)
    assert features["lowest_quarter_share"] == 0
    assert features["largest_source_share"] == 1


def test_a_panel_household_below_the_line_two_interviews_ago():
    days = [date(2025, 3, 31), date(2025, 6, 30), DAY]
    paid = zip(days, (1_000.0, 4_000.0, 3_000.0), strict=True)
    records = [_money("wage", amount, day) for day, amount in paid]
    features = household(dates=days, months=1, income=records)
    assert (features["n_past_falls"], features["n_earlier_observations"]) == (1, 2)
    assert (features["months_since_below_line"], features["months_since_observation"]) == (9, 6)
    assert features["earlier_resources"] == pytest.approx(2)
    assert features["lowest_earlier_resources"] == pytest.approx(0.5)
    assert features["mean_earlier_resources"] == pytest.approx(1.25)
    assert features["wage_change"] == pytest.approx(-0.5)


def test_what_lies_more_than_four_observations_back_is_no_history():
    """Two quarters below the line, then four above it, then today."""
    days = [months_later(DAY, -3 * ago) for ago in range(6, -1, -1)]
    paid = zip(days, (500.0, 500.0, 4_000.0, 4_000.0, 4_000.0, 4_000.0, 4_000.0), strict=True)
    features = household(dates=days, months=1, income=[_money("wage", amount, day) for day, amount in paid])
    assert (features["n_past_falls"], features["n_earlier_observations"]) == (0, 4)
    assert features["lowest_earlier_resources"] == features["mean_earlier_resources"]


def test_income_from_before_any_line_was_in_force_is_missing_not_zero(monkeypatch):
    later = LINES.with_columns(pl.lit(date(2025, 6, 1)).alias("effective_from"))
    monkeypatch.setattr("tests.features.stories.LINES", later)
    features = household(income=[_money("wage", 5_000.0, date(2025, 2, 1))])
    assert features["wage_income"] is None
    assert features["pension_income"] == 0


def test_a_harvest_household_lives_from_one_quarter():
    """All of the year's income came in November."""
    features = household(income=[_money("crop", 12_000.0, date(2025, 11, 1))])
    assert (features["all_income"], features["highest_quarter_share"]) == (0.5, 1)
    assert features["income_volatility"] == pytest.approx(0.75)


def test_equal_quarters_do_not_vary():
    features = household(income=[_money("wage", 2_000.0, months_later(DAY, -ago)) for ago in range(12)])
    assert (features["income_volatility"], features["highest_quarter_share"]) == pytest.approx((0, 0.25))


def test_a_year_without_the_wages_of_the_year_before():
    """12,000 came in 2024 and 6,000 in 2025, of 24,000 that two need."""
    records = [_money("wage", 12_000.0, date(2024, 6, 1)), _money("wage", 6_000.0, date(2025, 6, 1))]
    assert household(income=records)["income_change_1y"] == pytest.approx(-0.25)


def test_one_of_two_earns_three_quarters_of_the_wages():
    job = {"started_on": date(2025, 1, 10), "activity": "employee"}
    jobs = [job | {"member_id": who, "monthly_wage": wage} for who, wage in (("head", 3.0), ("child", 1.0))]
    assert household(employment=jobs)["best_wage_share"] == 0.75


def test_what_insurance_paid_is_income():
    assert household(income=[_money("claim", 2_400.0, date(2025, 10, 1))])["claims"] == pytest.approx(0.1)
