import pytest

from register.errors import ContractError
from register.reference import must_visit_rules
from tests.watchlists.lists import features
from watchlists.visits.rules import triggered_rules


def test_a_household_over_two_thresholds_names_both_rules_in_their_order():
    frame = features({"household_id": "H1", "has_unsafe_water": 1.0, "has_dangerous_house": 1.0})
    assert triggered_rules(frame, must_visit_rules())["rules"].to_list() == [
        ["dangerous_house", "unsafe_water"]
    ]


def test_a_rule_for_lifted_out_households_is_silent_for_others():
    bill = {"own_payment_over_rural_income_12m": 0.6}
    frame = features(
        {"household_id": "H1", "is_lifted_out": 1.0, **bill},
        {"household_id": "H2", "is_lifted_out": 0.0, **bill},
    )
    assert triggered_rules(frame, must_visit_rules())["rules"].to_list() == [["medical_payment"], []]


def test_a_missing_record_triggers_nothing():
    frame = features({"household_id": "H1", "has_unsafe_water": None})
    assert triggered_rules(frame, must_visit_rules())["rules"].to_list() == [[]]


def test_a_rule_over_a_feature_that_is_not_built_is_refused():
    frame = features({"household_id": "H1"}).drop("has_unsafe_water")
    with pytest.raises(ContractError) as refused:
        triggered_rules(frame, must_visit_rules())
    assert str(refused.value) == (
        "alert_rules.yaml: rule 'unsafe_water' reads feature 'has_unsafe_water', which is not built; "
        "name a declared feature or drop the rule"
    )
