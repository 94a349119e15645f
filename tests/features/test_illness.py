from datetime import date

import pytest

from tests.features.stories import household

STAY = {"member_id": "head", "kind": "inpatient", "occurred_on": date(2025, 3, 5), "own_payment": 6_000.0}


def test_a_hospital_bill_is_a_quarter_of_what_two_people_need_in_a_year():
    features = household(health=[STAY])
    assert features["own_payment_over_needs_12m"] == pytest.approx(0.25)
    assert features["own_payment_over_needs_3m"] == 0
    assert features["months_since_inpatient"] == 9


def test_a_hospital_bill_is_a_third_of_what_yunnan_villagers_earned_the_year_before():
    assert household(health=[STAY])["own_payment_over_rural_income_12m"] == pytest.approx(6_000 / 17_454)


def test_a_survey_of_one_month_gives_the_same_yearly_share():
    assert household(health=[STAY], months=1)["own_payment_over_needs_12m"] == pytest.approx(0.25)


def test_a_bill_entered_in_january_is_not_known_in_december():
    late = household(health=[STAY | {"recorded_on": date(2026, 1, 20)}])
    assert late["own_payment_over_needs_12m"] is None


def test_a_corrected_bill_counts_once():
    corrected = STAY | {"own_payment": 12_000.0, "recorded_on": date(2025, 6, 1)}
    assert household(health=[STAY, corrected])["own_payment_over_needs_12m"] == pytest.approx(0.5)


def test_an_illness_of_who_left_the_household_is_not_counted():
    ill = [
        {"member_id": one, "kind": "chronic", "occurred_on": date(2024, 1, 1)} for one in ("head", "stranger")
    ]
    assert household(health=ill)["n_chronic_members"] == 1


def test_one_of_two_is_uninsured():
    records = [("head", "none"), ("child", "resident")]
    cards = [
        {"member_id": who, "kind": "insurance", "insurance": what, "occurred_on": date(2025, 2, 1)}
        for who, what in records
    ]
    assert household(health=cards)["uninsured_share"] == 0.5


def test_a_bill_as_large_as_the_income():
    wage = {"member_id": "head", "source": "wage", "amount": 6_000.0, "occurred_on": date(2025, 3, 1)}
    assert household(health=[STAY], income=[wage])["own_payment_over_income_12m"] == pytest.approx(1)


def test_a_bill_without_income_has_no_share_of_it():
    assert household(health=[STAY])["own_payment_over_income_12m"] is None


def test_departments_look_at_the_largest_single_stay():
    second = STAY | {"occurred_on": date(2025, 8, 1), "own_payment": 9_000.0}
    visit = second | {"kind": "outpatient", "occurred_on": date(2025, 9, 1), "own_payment": 20_000.0}
    features = household(health=[STAY, second, visit])
    assert features["largest_stay_over_rural_income_12m"] == pytest.approx(9_000 / 17_454)
