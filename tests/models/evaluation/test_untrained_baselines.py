import math
from datetime import date

import numpy as np
import polars as pl
import pytest

from features.declaration import declared_features
from models.evaluation.untrained_baselines import (
    RULES,
    UNTRAINED,
    RulesInForce,
    features_scored,
    income_over_line,
    untrained_scores,
)
from register.reference import alert_rules, priority_visits

DAY = date(2024, 9, 30)
RULES_IN_FORCE = RulesInForce(alert_rules(), priority_visits(), 1.5, 0.5)
PLAIN = {one.name: 0.0 for one in declared_features()} | {"resources_over_line": 3.0, "household_size": 3.0}


def scores_of(*households, ago=None):
    """Score households that differ from a plain one as given; `ago` a year before."""
    now = [
        {**PLAIN, **given, "household_id": f"H{number}", "as_of_date": DAY}
        for number, given in enumerate(households)
    ]
    earlier = [{**PLAIN, **(ago or {}), "household_id": "H0", "as_of_date": date(2023, 9, 30)}] if ago else []
    schema = {name: pl.Float64() for name in PLAIN} | {"household_id": pl.String(), "as_of_date": pl.Date()}
    built = pl.DataFrame([*now, *earlier], schema=schema)
    read = built.select("household_id", "as_of_date", *features_scored(RULES_IN_FORCE))
    return untrained_scores(read, DAY, RULES_IN_FORCE)


def test_the_nearest_to_the_line_come_first():
    assert np.argsort(-income_over_line(np.array([3.0, 1.1, 2.0]))).tolist() == [1, 2, 0]


def test_every_baseline_scores_every_household_once():
    found = scores_of({}, {"n_accidents_12m": 1})
    assert found.columns == ["household_id", "as_of_date", *UNTRAINED]
    assert found["household_id"].to_list() == ["H0", "H1"]


def test_few_features_are_read():
    assert {"resources_over_line", "n_past_falls", "n_dropouts"} < {*features_scored(RULES_IN_FORCE)}
    assert len(features_scored(RULES_IN_FORCE)) < len(declared_features()) / 4


def test_no_rule_speaks_for_a_plain_household():
    assert scores_of({}).select(RULES).row(0) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("story", "spoken"),
    [
        ({"resources_over_line": 1.4}, {"line_rule", "eight_visits"}),
        ({"own_payment_over_rural_income_12m": 0.6, "is_lifted_out": 1}, {"medical_rule", "alerts"}),
        ({"own_payment_over_rural_income_12m": 0.6}, set()),
        ({"own_payment_over_rural_income_12m": 1.2}, {"medical_rule", "alerts"}),
        ({"n_dropouts": 1}, {"alerts"}),
        ({"n_disasters_12m": 1}, {"alerts", "eight_visits"}),
        ({"income_change_1y": -1.2}, {"eight_visits"}),
        ({"is_elderly_only": 1, "household_size": 1}, {"eight_visits"}),
        ({"n_under_18": 3}, {"eight_visits"}),
    ],
)
def test_a_rule_speaks_for_whom_it_was_written(story, spoken):
    row = scores_of(story).row(0, named=True)
    assert {rule for rule in RULES if row[rule] > 0} == spoken


def test_kinds_of_priority_visits_are_counted_once_each():
    """A major illness twice over is one kind; the accident is another."""
    row = scores_of({"n_major_illness_members": 2, "n_chronic_members": 1, "n_accidents_12m": 1})
    assert row["eight_visits"].item() == 2


def test_what_is_not_recorded_triggers_nothing():
    assert scores_of(dict.fromkeys(PLAIN)).select(RULES).row(0) == (0, 0, 0, 0)


def test_incomes_rank_the_poorest_first_and_fall_back_on_what_is_known():
    """H0 has an income of a year ago, H1 an earlier one, H2 only its present, H3 none at all."""
    earlier = {"earlier_resources": None, "mean_earlier_resources": None}
    found = scores_of(
        {},
        {"earlier_resources": 2.0},
        {**earlier, "resources_over_line": 1.5},
        {**earlier, "resources_over_line": None},
        ago={"resources_over_line": 1.2},
    )
    assert found["lagged_income"].to_list() == [-1.2, -2.0, -1.5, -math.inf]
    assert found["mean_past_income"].to_list()[2:] == [-1.5, -math.inf]


def test_the_poorer_the_neighbours_and_the_more_past_falls_the_sooner():
    found = scores_of({"neighbours_resources": 1.1, "n_past_falls": 2}, {"neighbours_resources": 2.2})
    assert found["village_mean"].to_list() == [-1.1, -2.2]
    assert found["past_falls"].to_list() == [2, 0]
