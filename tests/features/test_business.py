from datetime import date

import pytest

from tests.features.stories import DAY, household


def _money(source, amount, year=2025):
    return {"source": source, "amount": amount, "occurred_on": date(year, 6, 1)}


def test_pigs_that_cost_more_than_they_brought_are_a_loss():
    features = household(income=[_money("livestock", 6_000.0), _money("business_cost", 9_000.0)])
    assert (features["has_business_loss"], features["business_income"]) == (1, 0.25)


def test_half_of_the_income_comes_from_the_field():
    records = [_money("crop", 6_000.0), _money("wage", 6_000.0), _money("crop", 12_000.0, 2024)]
    features = household(income=records)
    assert features["business_share"] == 0.5
    assert features["business_change_1y"] == pytest.approx(-0.25)


def test_a_failed_venture_is_a_loss_of_business_and_no_disaster():
    lost = {"kind": "venture_failure", "loss": 2_400.0, "occurred_on": date(2025, 6, 1)}
    features = household(shocks=[lost])
    assert (features["n_business_losses_12m"], features["n_disasters_12m"]) == (1, 0)
    assert features["business_loss_over_needs_12m"] == pytest.approx(0.1)


def test_two_falls_of_prices_one_of_them_long_ago():
    records = [{"kind": "price_fall", "occurred_on": date(year, 6, 1)} for year in (2023, 2025)]
    assert household(shocks=records)["n_price_falls_12m"] == 1


def test_three_of_five_pigs_died_between_two_observations():
    herd = [
        {"occurred_on": day, "livestock_units": units}
        for day, units in ((date(2025, 1, 1), 5.0), (date(2025, 11, 1), 2.0))
    ]
    assert household(dates=(date(2025, 9, 30), DAY), land=herd)["livestock_change"] == -3
