import polars as pl
import pytest

from models.evaluation.duties import ceiling_prices, duty_prices
from models.resampling import Bootstrap
from tests.models.listed_rows import listed

FEW = Bootstrap(40, 1)


def priced(rows):
    return {row["rule"]: row for row in duty_prices(rows, FEW).to_dicts()}


def test_a_rule_costs_the_falls_its_visits_would_have_found_elsewhere():
    rows = listed()
    own = rows["is_listed"].to_numpy() & (rows["duties"].list.len() > 0).to_numpy()
    without, fell = rows["listed_without_all"].to_numpy(), rows["label"].to_numpy()
    displaced = without & ~rows["is_listed"].to_numpy()
    row = priced(rows)["all"]
    assert (row["visits"], row["found"]) == (own.sum(), (own & fell).sum())
    assert (row["displaced"], row["displaced_found"]) == (displaced.sum(), (displaced & fell).sum())
    assert row["precision"] == pytest.approx(fell[own].mean(), abs=1e-6)
    assert row["cost"] == (without & fell).sum() - (rows["is_listed"].to_numpy() & fell).sum()
    assert row["cost_low"] <= row["cost"] <= row["cost_high"]


def test_the_only_rule_costs_what_all_rules_cost():
    row = priced(listed())
    assert {**row["all"], "rule": "heavy_bills"} == row["heavy_bills"]


def test_a_duty_that_nobody_is_under_costs_nothing_and_has_no_precision():
    nobody = listed().with_columns(is_listed="listed_without_all", duties=pl.lit([], pl.List(pl.String)))
    row = priced(nobody)["all"]
    assert (row["visits"], row["displaced"], row["cost"], row["precision"]) == (0, 0, 0.0, None)


def test_an_outcome_that_is_not_known_is_a_visit_and_nothing_else():
    """A house already dangerous at the date is a duty and no forecast."""
    unknown = listed().with_columns(pl.when(pl.col("duties").list.len() == 0).then("label").alias("label"))
    row = priced(unknown)["all"]
    assert row["visits"] == 60
    assert (row["known"], row["found"], row["precision"]) == (0, 0, None)


def test_a_ceiling_that_leaves_no_duty_costs_nothing_and_one_that_leaves_all_costs_the_same():
    rows = listed().with_columns(
        pl.col("listed_without_all").alias("listed_below_1.5"),
        pl.lit(value=False).alias("duty_below_1.5"),
        pl.col("is_listed").alias("listed_below_3"),
        (pl.col("duties").list.len() > 0).alias("duty_below_3"),
    )
    low, high = ceiling_prices(rows, FEW).to_dicts()
    assert (low["resources_below"], low["visits"], low["cost"]) == (1.5, 0, 0.0)
    assert {**high, "rule": "all"} == {**priced(rows)["all"], "resources_below": 3.0}
