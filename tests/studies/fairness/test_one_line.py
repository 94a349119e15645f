import json

import polars as pl
import pytest

from pipelines.workspace.workspace import Workspace
from register.atomic import sha256
from studies.fairness.cohort import BY_RISK
from studies.fairness.one_line import (
    BY_ONE_LINE,
    PRECISION,
    change_by_classes,
    listed_by_kind,
    with_one_line,
)
from tests.parameters import parameters
from tests.studies.fairness.rows import judged_with_truth

EVALUATION = parameters({"evaluate.bootstrap": 40}).evaluate


@pytest.fixture(scope="module")
def rows():
    """The model halves the risk of families of four; what no class has read is the true risk."""
    known = judged_with_truth()
    return known.with_columns(trees="told_risk", logistic=-pl.col("told_risk"))


def stored(folder, rows, class_lines):
    """Keep of every season's model its facts alone."""
    for season in rows["origin"].unique():
        own = Workspace(folder).origins / season
        own.mkdir(parents=True)
        facts = {"kind": "trees", "class_lines": class_lines}
        (own / "model.json").write_text(json.dumps({"schema_version": 5, "facts": facts}))
        hashes = {"model.json": sha256(own / "model.json")}
        (own / "manifest.json").write_text(json.dumps({"sha256": hashes}))
    return Workspace(folder)


def test_as_many_are_listed_by_one_line(rows, tmp_path):
    lines = {"4-5": {"slope": 1.1, "intercept": 0.0}}
    listed = with_one_line(stored(tmp_path, rows, lines), rows)
    assert listed[BY_ONE_LINE].sum() == pytest.approx(rows[BY_RISK].sum())
    large = listed.filter(pl.col("household_size") == "4-5")
    assert large[BY_ONE_LINE].sum() > large[BY_RISK].sum()


def test_without_lines_of_classes_there_is_nothing_to_compare(rows, tmp_path):
    assert with_one_line(stored(tmp_path, rows, {}), rows) is None


def test_each_season_is_listed_by_the_kind_it_chose(rows):
    first = rows["origin"].min()
    kinds = {season: "logistic" if season == first else "trees" for season in rows["origin"].unique()}
    listed = listed_by_kind(rows, kinds).filter(origin=first)
    mean = {one: listed.filter((pl.col(BY_ONE_LINE) > 0) == one)["told_risk"].mean() for one in (True, False)}
    assert mean[True] < mean[False]


def test_a_group_listed_less_by_class_shows_it(rows):
    listed = listed_by_kind(rows, dict.fromkeys(rows["origin"].unique(), "trees"))
    table = change_by_classes(listed, EVALUATION)
    assert table.select("group", "value").row(0) == PRECISION
    large = table.filter(group="household_size", value="4-5").row(0, named=True)
    assert large["change"] == pytest.approx(large["by_class"] - large["one_line"])
    assert large["change_low"] <= large["change"] <= large["change_high"] < 0


def test_lists_that_are_the_same_differ_by_exactly_nothing(rows):
    listed = listed_by_kind(
        rows.with_columns(trees="risk_model"), dict.fromkeys(rows["origin"].unique(), "trees")
    )
    table = change_by_classes(listed, EVALUATION)
    assert (table["change"] == 0).all()
