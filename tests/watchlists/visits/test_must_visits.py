import pytest

from register.errors import ParamsError
from register.reference import must_visit_rules
from tests.parameters import parameters
from watchlists.visits.must_visits import MustVisitParameters, must_visits, released_must_visits


def in_force(**tighter):
    section = MustVisitParameters.of({"tighter": tighter}, "watchlist.must_visit")
    return {rule.code: rule for rule in must_visits(section)}


def test_by_default_the_rules_are_those_of_the_reference_data():
    default = must_visits(parameters().watchlist.must_visit)
    assert [(one.code, one.when, one.zh, one.en) for one in default] == [
        (one.code, one.when, one.zh, one.en) for one in must_visit_rules()
    ]
    assert {one.resources_below for one in default} == {None}


def test_a_higher_threshold_is_in_force_and_said_in_words():
    rule = in_force(medical_payment_any={"least": {"own_payment_over_rural_income_12m": 1.5}})[
        "medical_payment_any"
    ]
    assert rule.when == {"own_payment_over_rural_income_12m": 1.5}
    assert "本县从严" in rule.zh
    assert rule.en.endswith("at least 1.5")


def test_a_ceiling_on_resources_is_said_in_words():
    rule = in_force(medical_payment={"resources_below": 2})["medical_payment"]
    assert rule.zh.endswith("且资源低于监测线的2倍")
    assert rule.en.endswith("only where resources are below 2 lines")


@pytest.mark.parametrize(
    ("tighter", "message"),
    [
        (
            {"big_bills": {"resources_below": 2}},
            (
                "watchlist.must_visit.tighter: found 'big_bills', allowed are dangerous_house, unsafe_water, "
                "dropout, medical_payment, medical_payment_any; mend it"
            ),
        ),
        (
            {"dropout": {"least": {"n_claims": 2}}},
            "watchlist.must_visit.tighter: found dropout.least.n_claims, allowed are n_dropouts; mend it",
        ),
        (
            {"medical_payment_any": {"least": {"own_payment_over_rural_income_12m": 0.4}}},
            (
                "watchlist.must_visit.tighter: found 0.4 for "
                "medical_payment_any.least.own_payment_over_rural_income_12m, allowed is 1 or more: an "
                "office tightens a rule, whoever set it loosens it; mend it"
            ),
        ),
        (
            {"dropout": {"resources_below": 0}},
            (
                "watchlist.must_visit.tighter.dropout.resources_below: found 0, allowed is a number above 0, "
                "or null; mend it"
            ),
        ),
    ],
)
def test_what_tightens_no_rule_is_refused(tighter, message):
    with pytest.raises(ParamsError) as refused:
        parameters({"watchlist.must_visit.tighter": tighter})
    assert str(refused.value) == message


def test_a_release_is_read_with_the_rules_it_was_made_by():
    """A release of before the parameter was made by the rules as they stood."""
    made = {"watchlist": {"must_visit": {"tighter": {"dropout": {"resources_below": 3}}}}}
    assert released_must_visits(made)["dropout"].resources_below == 3
    assert released_must_visits({})["dropout"].resources_below is None


def test_a_ceiling_is_tried_on_must_visit_rules_alone():
    with pytest.raises(ParamsError) as refused:
        parameters({"watchlist.must_visit.tried.rules": ["major_illness"]})
    assert str(refused.value) == (
        "watchlist.must_visit.tried.rules: found 'major_illness', allowed are dangerous_house, unsafe_water, "
        "dropout, medical_payment, medical_payment_any; mend it"
    )
