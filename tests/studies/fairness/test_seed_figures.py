"""Both readings are judged on the same rows: what neither changes is nothing."""

import numpy as np
import polars as pl
import pytest

from models.names import POOLED
from studies.fairness.cohort import BY_RISK, DELIVERED
from studies.fairness.one_line import BY_ONE_LINE
from studies.fairness.seed_figures import AUC, CLASSES, GAP, LOSS, OWN_LINE_LOSS, PRECISION, changes_by_seed
from studies.fairness.seeds import DELIVERED_BY_ONE_LINE, ONE_LINE_RISK, SEED
from tests.parameters import parameters
from tests.studies.fairness.rows import judged_with_truth

EVALUATION = parameters({"evaluate.bootstrap": 40, "evaluate.risk_bands": 10}).evaluate


def of_seed(number, one_line="told_risk"):
    """The model halves the risk of families of four; by one line they would have had all of it."""
    rows = judged_with_truth().with_columns(pl.lit(number).alias(SEED), pl.col(one_line).alias(ONE_LINE_RISK))
    same = one_line == "risk_model"
    other = {BY_ONE_LINE: BY_RISK if same else "by_truth", DELIVERED_BY_ONE_LINE: DELIVERED}
    return rows.with_columns(pl.col(source).alias(name) for name, source in other.items())


@pytest.fixture(scope="module")
def table():
    return changes_by_seed([of_seed(1), of_seed(2)], EVALUATION)


def line(table, seed, **named):
    return table.filter(seed=seed, **named).row(0, named=True)


def test_every_figure_stands_for_each_seed_and_for_all(table):
    assert table[SEED].unique(maintain_order=True).to_list() == ["1", "2", POOLED]
    assert set(table.group_by(SEED).len()["len"]) == {3 + 2 * (1 + len(CLASSES))}
    assert line(table, POOLED, figure=LOSS)["n"] == 2 * line(table, "1", figure=LOSS)["n"]


def test_seeds_that_are_alike_pool_to_the_same_with_less_doubt(table):
    one, both = (line(table, name, figure=PRECISION, list=BY_RISK) for name in ("1", POOLED))
    assert both["change"] == pytest.approx(one["change"])
    assert both["change_high"] - both["change_low"] < one["change_high"] - one["change_low"]


def test_a_reading_that_misses_a_group_shows_it(table):
    gap = line(table, "1", figure=GAP, list=BY_RISK, group="household_size", value="4-5")
    assert gap["change"] == pytest.approx(gap["by_class"] - gap["one_line"])
    assert gap["change_low"] <= gap["change"] <= gap["change_high"] < 0
    assert gap["further"] == pytest.approx(abs(gap["by_class"]) - abs(gap["one_line"]))
    assert gap["further_low"] > 0
    assert gap["by_class_low"] <= gap["by_class"] <= gap["by_class_high"] < 0
    assert line(table, "1", figure=LOSS)["change"] != 0


def test_readings_that_are_the_same_differ_by_exactly_nothing():
    alike = changes_by_seed([of_seed(1, one_line="risk_model")], EVALUATION)
    assert POOLED not in alike[SEED]
    known = alike.filter(pl.col("change").is_finite())
    assert set(known["figure"]) == {LOSS, OWN_LINE_LOSS, AUC, PRECISION, GAP}
    assert (known.select("^(change|further).*$").to_numpy() == 0).all()


def test_its_own_line_takes_out_what_a_level_does():
    """Half of every odds is another level, and no other order: each season's own line undoes it."""
    odds = pl.col("risk_model") / (1 - pl.col("risk_model")) / 2
    shifted = of_seed(1, one_line="risk_model").with_columns((odds / (1 + odds)).alias(ONE_LINE_RISK))
    table = changes_by_seed([shifted], EVALUATION)
    assert abs(line(table, "1", figure=LOSS)["change"]) > 1
    assert line(table, "1", figure=OWN_LINE_LOSS)["change"] == pytest.approx(0, abs=1e-3)
    assert line(table, "1", figure=AUC)["change"] == 0


def test_villages_of_two_seeds_are_not_one():
    table = changes_by_seed([of_seed(1), of_seed(1).with_columns(pl.lit(2).alias(SEED))], EVALUATION)
    ends = [line(table, name, figure=AUC) for name in ("1", "2")]
    assert ends[0]["change_low"] == ends[1]["change_low"]
    assert np.isfinite(line(table, POOLED, figure=AUC)["change_low"])
