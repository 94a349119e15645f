import pytest

from studies.fairness.study import groups_of, members, study
from tests.parameters import parameters
from tests.studies.fairness.rows import judged_with_truth

EVALUATION = parameters({"evaluate.bootstrap": 60, "evaluate.risk_bands": 10}).evaluate


@pytest.fixture(scope="module")
def findings():
    return study(judged_with_truth(), EVALUATION)


def of(findings, group, value):
    return findings.groups.filter(group=group, value=value).row(0, named=True)


def test_a_group_whose_risk_is_halved_is_missed_at_equal_true_risk(findings):
    row = of(findings, "household_size", "4-5")
    assert row["by_risk_high"] < 0
    assert row["risk_model_high"] < 0
    assert ("household_size", "4-5") in findings.missed


def test_a_list_by_the_true_risk_misses_nobody(findings):
    row = of(findings, "household_size", "4-5")
    assert row["by_truth_low"] < 0 < row["by_truth_high"]


def test_what_remains_without_elderly_households_is_measured_for_every_group_missed(findings):
    assert list(findings.without_elderly.select("group", "value").iter_rows()) == findings.missed


def test_falls_that_are_never_recorded_are_counted_against_those_that_are(findings):
    rows = judged_with_truth()
    everybody = findings.hidden.row(0, named=True)
    assert everybody["ratio"] == pytest.approx(rows["risk"].sum() / rows["told_risk"].sum())
    assert everybody["true_reached"] < everybody["told_reached"]


def test_who_merely_lacks_a_trait_is_no_group():
    rows = judged_with_truth()
    assert groups_of(rows) == [("elderly_only", "yes"), ("household_size", "2-3"), ("household_size", "4-5")]
    assert members(rows, ()).all()
    assert members(rows, (("elderly_only", "yes"), ("household_size", "4-5"))).sum() < len(rows) / 7


def test_pairs_are_of_two_attributes_and_none_is_small(findings):
    assert all(row["group"] != row["other_group"] for row in findings.pairs.to_dicts())
    small = study(judged_with_truth(160), EVALUATION)
    assert small.pairs.is_empty()
