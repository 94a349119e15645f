"""Weighted figures are those of a population in which every household stands for so many."""

import numpy as np
import polars as pl
import pytest

from models.evaluation.delivered_list import judged_lists
from models.evaluation.leaderboard import leaderboard
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.metrics.risk import Risks
from models.evaluation.weighted import FIGURES, has_weights, weighted_figures
from models.resampling import Bootstrap
from models.survey_weights import WEIGHT
from tests.models.listed_rows import listed

DRAWS = Bootstrap(100, 1)
SIDES = ("weighted", "weighted_low", "weighted_high")


def weighing(weights, n=600):
    """The households of `listed_rows`, each with its weight."""
    rows = listed(n)
    return rows.with_columns(pl.Series(WEIGHT, weights(len(rows)), dtype=pl.Float64))


def pooled(table):
    return {row["figure"]: row for row in table.filter(origin="pooled").to_dicts()}


def test_equal_weights_change_nothing_but_rounding():
    for row in weighted_figures(weighing(lambda n: [250.0] * n), DRAWS).to_dicts():
        plain = [row[name] for name in ("value", "value_low", "value_high")]
        assert [row[name] for name in SIDES] == pytest.approx(plain, abs=2e-6)


def test_figures_of_the_households_are_those_of_the_leaderboard_and_of_the_delivered_list():
    rows = weighing(lambda n: np.arange(1, n + 1))
    made = pooled(weighted_figures(rows, DRAWS))
    own = rows.select(pl.exclude("is_listed", "duties", "^listed_.*$", WEIGHT))
    board = leaderboard(own, DRAWS).filter(origin="pooled", subgroup="all", ties="mean")
    board = board.filter(pl.col("compared_with").is_null())
    for name, model in (("auc", "risk_model"), ("base_rate", "risk_came"), ("slope", "risk_came")):
        row = board.filter(metric=name, model=model).row(0, named=True)
        assert [made[name][f"value{end}"] for end in ("", "_low", "_high")] == pytest.approx(
            [row["value"], row["low"], row["high"]]
        )
    of_list = judged_lists(rows, DRAWS).filter(origin="pooled", list="delivered").row(0, named=True)
    for name in ("precision", "recall"):
        assert made[name]["value"] == pytest.approx(of_list[name])
        assert made[name]["value_low"] == pytest.approx(of_list[f"{name}_low"])


def test_a_household_that_stands_for_three_counts_like_three():
    """Weights of one and three, one season: as if every second row stood there three times."""
    rows = weighing(lambda n: [1.0 + 2 * (place % 2) for place in range(n)]).filter(origin="2024Q1")
    times = rows[WEIGHT].cast(pl.Int64).to_numpy()
    label = np.repeat(rows["label"].cast(pl.Int64).to_numpy(), times)
    risk, order = (np.repeat(rows[name].to_numpy(), times) for name in ("risk_came", "risk_model"))
    on_list = np.repeat(rows["is_listed"].cast(pl.Int64).to_numpy(), times)
    made = pooled(weighted_figures(rows, DRAWS))
    once = np.ones((1, len(label)))
    of_risk = Risks(risk, label).values
    expected = {
        "base_rate": label.mean(),
        "mean_risk": risk.mean(),
        "relative_bias": risk.mean() / label.mean() - 1,
        "slope": of_risk["slope"],
        "auc": Ranking(order, label).metrics(once, ())["auc"][0],
        "precision": (on_list * label).sum() / on_list.sum(),
        "recall": (on_list * label).sum() / label.sum(),
    }
    assert {name: made[name]["weighted"] for name in FIGURES} == pytest.approx(expected, abs=2e-6)


def test_the_scale_of_a_seasons_weights_does_not_matter():
    """One wave's weights sum to one, the next one's to the population."""
    rows = weighing(lambda n: np.random.default_rng(2).random(n) + 0.1)
    scaled = rows.with_columns(
        pl.when(pl.col("origin") == "2024Q2").then(1e4).otherwise(1.0) * pl.col(WEIGHT)
    )
    both = (weighted_figures(one, DRAWS).select(pl.selectors.numeric()).to_numpy() for one in (rows, scaled))
    np.testing.assert_allclose(*both, atol=2e-6)


def test_who_has_no_weight_is_left_out_of_what_is_weighted():
    some = weighing(lambda n: [None if place % 4 == 0 else 2.0 for place in range(n)])
    made = pooled(weighted_figures(some, DRAWS))["base_rate"]
    weighed = some.filter(pl.col(WEIGHT).is_not_null())
    of_season = weighed.group_by("origin").agg(pl.col("label").mean(), pl.len())
    assert made["n_weighted"] == len(weighed)
    assert made["weighted"] == pytest.approx(weighed["label"].mean(), abs=2e-3)
    assert len(of_season) == 2


def test_a_season_without_weights_has_no_weighted_figure():
    rows = weighing(lambda n: [1.0] * n)
    only_one = rows.with_columns(pl.when(pl.col("origin") == "2024Q1").then(WEIGHT).alias(WEIGHT))
    table = weighted_figures(only_one, DRAWS)
    assert table.filter(origin="2024Q2")["weighted"].null_count() == len(FIGURES)
    assert table["value"].null_count() == 0


def test_intervals_widen_where_few_households_stand_for_many():
    """One in twenty, drawn by lot, stands for fifty."""

    def width(many):
        lot = np.random.default_rng(3).random(600) < 0.05
        rows = weighing(lambda n: np.where(lot[:n], many, 1.0))
        row = pooled(weighted_figures(rows, DRAWS))["mean_risk"]
        return row["weighted_high"] - row["weighted_low"]

    assert width(50.0) > 1.5 * width(1.0)


def test_only_a_survey_has_weights():
    assert has_weights(weighing(lambda n: [1.0] * n))
    assert not has_weights(weighing(lambda n: [None] * n))


def test_the_order_of_rows_does_not_matter():
    rows = weighing(lambda n: np.random.default_rng(4).random(n) + 0.1)
    turned = rows.sample(fraction=1, shuffle=True, seed=1)
    assert weighted_figures(rows, DRAWS).equals(weighted_figures(turned, DRAWS))
