from datetime import date

from tests.features.stories import household


def _wage(occurred_on, recorded_on, amount=100.0):
    return {"source": "wage", "amount": amount, "occurred_on": occurred_on, "recorded_on": recorded_on}


def test_a_year_filled_in_at_once_in_october():
    """Three months of wages, all entered on one day."""
    autumn = date(2025, 10, 31)
    features = household(income=[_wage(date(2025, month, 1), autumn) for month in (8, 9, 10)])
    assert (features["months_since_income_entry"], features["records_per_entry_month_12m"]) == (2, 3)
    assert features["mean_entry_lag_12m"] == (91 + 60 + 30) / 3


def test_a_wage_corrected_twice_counts_as_two_corrections():
    day = date(2025, 5, 1)
    records = [_wage(day, date(2025, month, 1), float(month)) for month in (5, 6, 7)]
    features = household(income=records)
    assert (features["n_corrections_12m"], features["records_per_entry_month_12m"]) == (2, 1)


def test_a_correction_that_is_not_known_yet_does_not_count():
    day = date(2025, 5, 1)
    assert household(income=[_wage(day, day), _wage(day, date(2026, 1, 5))])["n_corrections_12m"] == 0


def test_a_house_nobody_looked_at_for_two_years_counts_as_one_year_old():
    assert household(housing=[{"occurred_on": date(2023, 12, 1)}])["months_since_house_check"] == 12


def test_of_seven_tables_one_tells_of_the_household():
    assert household()["n_silent_tables"] == 7
    assert household(water=[{"occurred_on": date(2025, 1, 1), "status": "safe"}])["n_silent_tables"] == 6
