import pytest

from register.errors import ContractError
from register.reference import must_visit_rules
from tests.watchlists.lists import features
from watchlists.visits.must_visits import MustVisitParameters, must_visits
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


def test_a_ceiling_takes_out_who_is_known_to_have_more_and_nobody_else():
    """Three with the same bills: at 1.5 lines, at 2.5 lines, and nobody knows."""
    bill = {"own_payment_over_rural_income_12m": 1.2}
    frame = features(
        *(
            {"household_id": f"H{n}", "resources_over_line": over, **bill}
            for n, over in enumerate((1.5, 2.5, None))
        )
    )
    tighter = {"medical_payment_any": {"resources_below": 2.0}}
    spoken = triggered_rules(frame, must_visits(MustVisitParameters.of({"tighter": tighter})))
    assert spoken["rules"].to_list() == [["medical_payment_any"], [], ["medical_payment_any"]]


def test_a_ceiling_over_a_feature_that_is_not_built_is_refused():
    frame = features({"household_id": "H1"}).drop("resources_over_line")
    rules = must_visits(MustVisitParameters.of({"tighter": {"dropout": {"resources_below": 2.0}}}))
    with pytest.raises(ContractError, match="reads feature 'resources_over_line', which is not built"):
        triggered_rules(frame, rules)
