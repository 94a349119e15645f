"""A prefecture of another seed is read by class and by one line, as a training without classes would."""

import shutil

import polars as pl
import pytest

from models.risk.storage import model_facts
from pipelines.stages.policy_tables import past_cohorts
from pipelines.workspace.parameters.files import write
from pipelines.workspace.workspace import Workspace
from studies.fairness.cohort import BY_RISK, DELIVERED
from studies.fairness.one_line import BY_ONE_LINE
from studies.fairness.seeds import (
    DELIVERED_BY_ONE_LINE,
    ONE_LINE_RISK,
    SEASONS,
    SEED,
    Seed,
    delivered_by_one_line,
    judged_of_seed,
    one_line_risks,
)
from studies.oracle_gap.runs import run_stages
from tests.parameters import parameters

SMALL = {
    "simulator.counties": 1,
    "simulator.households_per_county": 1500,
    "simulator.villages_per_county": 20,
    "simulator.futures": 20,
    "model.rounds": 20,
    "model.min_calibration_positives": 5,
    "evaluate.origins": 2,
    "evaluate.min_positives": 5,
    "promotion.canaries.single_feature_auc": 1.0,
    "compute.scheduler": "local",
    "compute.threads": 1,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("seeds") / "seed7"


@pytest.fixture(scope="module")
def rows(folder):
    return judged_of_seed(7, folder, parameters(SMALL))


def test_a_seed_changes_the_prefecture_and_no_choice():
    before, after = (one.written() for one in (parameters(SMALL), Seed(7).params(parameters(SMALL))))
    changed = {name for name in before["simulator"] if before["simulator"][name] != after["simulator"][name]}
    assert changed == {"seed", "risk_seasons"}
    assert after["model"]["class_lines"]["by"] == "size_and_age"
    others = {"simulator": None, "model": before["model"] | {"class_lines": None}}
    assert before | others == after | {**others, "model": after["model"] | {"class_lines": None}}
    assert after["simulator"]["seed"] == 7


def test_every_judged_household_is_read_both_ways(rows, folder):
    seasons = rows["origin"].unique()
    assert set(seasons) <= set(SEASONS)
    assert rows.select("risk_model", ONE_LINE_RISK, "told_risk").null_count().row(0) == (0, 0, 0)
    assert rows[SEED].unique().to_list() == [7]
    assert any(model_facts(Workspace(folder).origins / one)["class_lines"] for one in seasons)
    assert not rows["risk_model"].equals(rows[ONE_LINE_RISK], check_names=False)


def test_by_risk_both_lists_have_as_many_visits(rows):
    assert rows[BY_RISK].sum() == pytest.approx(rows[BY_ONE_LINE].sum())
    assert not rows[BY_RISK].equals(rows[BY_ONE_LINE], check_names=False)


def test_the_risks_that_were_delivered_deliver_the_same_list(rows, folder):
    """Duties, visits and places are those in force: only the risk is another."""
    keys, workspace = ["origin", "household_id"], Workspace(folder)
    risks = pl.concat(
        past.select(pl.lit(season).alias("origin"), "household_id", pl.col("risk").alias(ONE_LINE_RISK))
        for season, past in past_cohorts(workspace).items()
    )
    again = delivered_by_one_line(workspace, parameters(SMALL), risks)
    both = rows.select(*keys, DELIVERED).join(again, on=keys, validate="1:1")
    assert both[DELIVERED].sum() > 0
    assert both[DELIVERED].equals(both[DELIVERED_BY_ONE_LINE], check_names=False)


def test_one_line_is_what_a_training_without_classes_gives(rows, folder, tmp_path):
    """The same delivery, trained again with no classes: every household's risk to the bit."""
    other = tmp_path / "none"
    shutil.copytree(folder, other)
    used = Seed(7).params(parameters(SMALL))
    lines = used.model.class_lines.model_copy(update={"by": "none"})
    model = used.model.model_copy(update={"class_lines": lines})
    write(used.model_copy(update={"model": model}), other)
    run_stages(other, ["train"])
    read = pl.concat(
        past.select(pl.lit(season).alias("origin"), "household_id", "risk")
        for season, past in past_cohorts(Workspace(other)).items()
    )
    both = read.join(one_line_risks(Workspace(folder)), on=["origin", "household_id"], validate="1:1")
    assert len(both) == len(read) > 0
    assert (both["risk"] == both[ONE_LINE_RISK]).all()
