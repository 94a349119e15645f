"""Every gate at its bound; who is compared with whom in the audit by group."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.registry.gates import CANARIES, Candidate, judge, recall_gaps, refusals
from models.registry.paired import Paired
from tests.parameters import parameters

LIMITS = parameters().promotion
FIGURES = {"auc": 0.8, "auc_return": 0.78, "slope": 1.0, "slope_came": 1.0, "n": 1000, "n_positive": 100}
FIGURES |= dict.fromkeys(("bias", "bias_came", "relative_bias", "relative_bias_came"), 0.0)


def groups(*rows):
    columns = ("group", "value", "recall_at_capacity", "n_positive")
    return pl.DataFrame(rows, schema=columns, orient="row")


def seasons(*biases):
    rows = [(f"2024Q{number}", bias) for number, bias in enumerate(biases, 1)]
    return pl.DataFrame(rows, {"season": pl.String(), "relative_bias_came": pl.Float64()}, orient="row")


EVEN = groups(("ethnicity", "minority", 0.4, 90), ("ethnicity", "other", 0.45, 200))


STEADY = seasons(0.1, -0.2)


def failed(
    signed=None, kind="simulator", audit=EVEN, by_season=STEADY, paired=None, has_champion=False, **figures
):
    """Name the gates that fail."""
    passed = dict.fromkeys(CANARIES, True)
    candidate = Candidate(FIGURES | figures, passed, audit, by_season, 8, kind, has_champion, paired)
    return [one.gate for one in judge(candidate, LIMITS, signed or {}) if not one.passed]


def test_a_sound_run_passes_every_gate():
    assert failed() == []


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("bias", 0.02, 0.0201),
        ("bias_came", -0.02, -0.0201),
        ("relative_bias_came", 0.1, 0.1001),
        ("relative_bias_came", -0.1, -0.1001),
        ("slope", 0.9, 0.899),
        ("slope", 1.1, 1.101),
        ("slope_came", 0.9, 0.899),
        ("slope_came", 1.1, 1.101),
    ],
)
def test_a_figure_may_reach_its_bound_and_no_further(name, allowed, refused):
    gate = "slope" if name.startswith("slope") else "bias"
    assert failed(**{name: allowed}) == []
    assert failed(**{name: refused}) == [gate]
    assert failed(**{name: None}) == [gate]


@given(st.floats(0.001, 0.999), st.floats(-1, 1))
def test_whatever_the_base_rate_no_bias_passes_that_the_old_gate_refused(base, bias):
    figures = {"bias": bias, "bias_came": bias, "relative_bias_came": bias / base}
    assert failed(**figures) == ([] if abs(bias) <= min(0.02, 0.1 * base) else ["bias"])


def test_how_the_line_was_guessed_is_told_and_held_to_the_old_bound_alone():
    """The line rose by less than at its last change: +16 % of a base rate of .03, .005 in all."""
    assert failed(relative_bias=0.16, bias=0.005) == []
    assert failed(relative_bias=0.72, bias=0.0252) == ["bias"]


@pytest.mark.parametrize("by_season", [None, STEADY.clear(), seasons(0.1, None), seasons(0.251, 0.0)])
def test_no_season_may_be_far_off_or_go_unjudged(by_season):
    assert failed(by_season=by_season) == ["seasons"]
    assert failed(by_season=seasons(0.25, -0.25)) == []


def test_the_seasons_that_are_too_far_off_are_named_the_worst_first():
    candidate = Candidate(
        FIGURES, dict.fromkeys(CANARIES, True), EVEN, seasons(0.3, 0.1, -0.5), 8, "sql", False, None
    )
    (line,) = refusals(judge(candidate, LIMITS, {}))
    assert line == (
        "seasons: found 2024Q3 mean risk -50.0% off; 2024Q1 mean risk +30.0% off; allowed: 25% either way in "
        "every season, for the rise of the line that came; mend the calibration"
    )


@pytest.mark.parametrize(
    ("kind", "figure", "bound"),
    [
        ("simulator", "auc_return", 0.93),
        ("eph", "auc_return", 0.85),
        ("eph", "auc", 0.93),
        ("sql", "auc", 0.93),
    ],
)
def test_an_auc_above_the_bound_of_its_task_is_a_leak_until_signed_off(kind, figure, bound):
    assert failed(kind=kind, **{figure: bound}) == []
    assert failed(kind=kind, **{figure: bound + 0.001}) == ["leak"]
    assert failed({"leak": "audit 7"}, kind=kind, **{figure: bound + 0.001}) == []


def test_an_auc_that_could_not_be_measured_does_not_pass_but_for_the_subgroup():
    assert failed(auc=None) == ["leak"]
    assert failed(auc_return=None) == []


def test_not_worse_means_that_the_interval_stays_above_the_margin():
    def paired(low):
        return Paired(("2024-03-31",), 1000, 200, 205, -0.005, low, 0.01)

    assert failed(paired=paired(-0.0199), has_champion=True) == []
    assert failed(paired=paired(-0.02), has_champion=True) == ["champion"]
    assert failed(has_champion=True) == ["champion"]


def test_the_recall_gaps_is_taken_within_one_group_among_values_large_enough():
    audit = groups(
        ("ethnicity", "minority", 0.40, 90),
        ("ethnicity", "other", 0.45, 200),
        ("household_size", "1", 0.1, 49),
        ("household_size", "2", None, 500),
        ("household_size", "3", 0.5, 60),
        ("household_size", "4", 0.56, 60),
        ("household_size", "5", None, None),
    )
    assert recall_gaps(audit, 50) == [
        ("household_size: 3 50.0% of 60, 4 56.0% of 60", 0.06),
        ("ethnicity: minority 40.0% of 90, other 45.0% of 200", 0.05),
    ]
    assert failed(audit=audit) == ["groups"]
    assert failed({"groups": "remedy begun"}, audit=audit) == []


def test_who_was_struck_by_a_sudden_hardship_is_reported_apart():
    struck = groups(("fallen_as", "sudden", 0.1, 90), ("fallen_as", "unstable", 0.6, 90))
    assert failed(audit=pl.concat([EVEN, struck])) == []
    assert failed(audit=struck) == ["groups"]


@pytest.mark.parametrize("audit", [None, EVEN.clear(), EVEN[:1], EVEN.with_columns(n_positive=pl.lit(3))])
def test_an_audit_that_compares_nobody_passes_nobody(audit):
    assert failed(audit=audit) == ["groups"]


def test_a_canary_that_was_not_tried_fails_the_gate():
    candidate = Candidate(FIGURES, {"oversampling": True}, EVEN, STEADY, 8, "eph", False, None)
    (line,) = refusals(judge(candidate, LIMITS, {}))
    assert line == (
        "canaries: found failed [], not tried ['decided_values', 'permuted_labels', 'scrambled_future', "
        "'single_feature']; allowed: all pass; read canaries.json in the run's folder and mend what it names"
    )


def test_a_signature_does_not_touch_a_gate_that_passes():
    candidate = Candidate(FIGURES, dict.fromkeys(CANARIES, True), EVEN, STEADY, 8, "eph", False, None)
    assert [one.signed for one in judge(candidate, LIMITS, {"leak": "just in case"})] == [""] * 8
