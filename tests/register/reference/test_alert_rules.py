"""The departments' alerts."""

import pytest

from features.declaration import declared_features
from register.errors import ParamsError
from register.reference import alert_rules, must_visit_rules
from tests.register.reference.spoilt import spoilt


def test_every_alert_rule_reads_declared_features():
    declared = {one.name for one in declared_features()}
    assert {name for rule in alert_rules() for name in rule.when} <= declared


def test_the_must_visit_rules_and_their_thresholds():
    assert {rule.code: rule.when for rule in must_visit_rules()} == {
        "dangerous_house": {"has_dangerous_house": 1},
        "unsafe_water": {"has_unsafe_water": 1},
        "dropout": {"n_dropouts": 1},
        "medical_payment": {"own_payment_over_rural_income_12m": 0.5, "is_lifted_out": 1},
        "medical_payment_any": {"own_payment_over_rural_income_12m": 1},
    }


def test_a_rule_without_a_threshold_does_not_load(tmp_path):
    path = spoilt(tmp_path, "alert_rules.yaml", 0, when={"has_dangerous_house": None})
    with pytest.raises(ParamsError) as caught:
        alert_rules(path)
    assert str(caught.value) == (
        "alert_rules.yaml entry 1: when.has_dangerous_house: found null, allowed is a number; mend it"
    )
