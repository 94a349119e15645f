import numpy as np
import polars as pl
import pytest

from models.evaluation.declaration import measure
from models.evaluation.metrics.ranking import Ranking
from models.figures import Figure, linear
from models.resampling import Resampling, interval


def mean_of(values):
    return {"mean": Figure(np.asarray(values, dtype=float), np.ones(len(values)))}


def test_rows_of_a_cluster_are_drawn_together():
    """Two villages of fifty equal rows: every resample is 0, one half or 1."""
    drawn = Resampling(pl.Series(["a"] * 50 + ["b"] * 50), 60, 1)
    assert drawn.n_clusters == 2
    assert set(np.unique(drawn.spread(mean_of(np.repeat([0.0, 1.0], 50)))["mean"])) == {0.0, 0.5, 1.0}


def test_the_interval_is_that_of_the_mean():
    values = np.random.default_rng(0).normal(size=400)
    spread = Resampling(pl.Series([f"H{i}" for i in range(400)]), 800, 1).spread(mean_of(values))["mean"]
    low, high = interval(spread)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)
    assert low < values.mean() < high


def test_clusters_that_hang_together_widen_the_interval():
    """Forty villages of ten households that all fall or all hold."""
    fell = np.repeat((np.arange(40) % 4 == 0).astype(float), 10)
    villages, households = (pl.Series(np.arange(400) // width) for width in (10, 1))
    widths = [
        np.ptp(interval(Resampling(clusters, 400, 1).spread(mean_of(fell))["mean"]))
        for clusters in (villages, households)
    ]
    assert widths[0] > 2 * widths[1]


def test_a_linear_figure_spreads_as_if_it_were_worked_out_again_for_every_draw():
    generator = np.random.default_rng(0)
    score, village = generator.normal(-1, 1, 3000), np.arange(3000) // 20
    label = (generator.random(3000) < 1 / (1 + np.exp(-score))).astype(np.int64)
    ranking = Ranking(score, label)
    spread = Resampling(pl.Series(village), 300, 1).spread(measure("ranking", ranking))
    draws = np.random.default_rng(1)
    again = [np.bincount(draws.integers(0, 150, 150), minlength=150)[village] for _ in range(300)]
    plain = ranking.metrics(np.array(again, dtype=float), ())
    for name in ("auc", "ap"):
        assert spread[name] == pytest.approx(plain[name], abs=0.006), name


def test_sums_by_village_are_all_that_draws_need():
    """Four villages, a share and a linear figure: the draws have the same bits from their sums alone."""
    generator = np.random.default_rng(3)
    clusters = pl.Series([f"V{one}" for one in generator.integers(0, 4, 50)])
    listed, fell = generator.random(50), generator.integers(0, 2, 50).astype(float)
    figures = {"precision": Figure(listed * fell, listed), "auc": linear(0.8, fell - fell.mean())}
    drawn = Resampling(clusters, 30, 1)
    sums = {name: drawn.summed(one) for name, one in figures.items()}
    assert {len(one.part) for one in sums.values()} == {4}
    assert {name: one.value for name, one in sums.items()} == {
        name: one.value for name, one in figures.items()
    }
    spread, of_sums = drawn.spread(figures), drawn.spread_of_sums(sums)
    for name in figures:
        np.testing.assert_array_equal(of_sums[name], spread[name])


def test_blocks_change_no_resample(monkeypatch):
    ids = pl.Series([f"H{i % 10}" for i in range(30)])
    whole = Resampling(ids, 20, 1).spread(mean_of(np.arange(30.0)))["mean"]
    monkeypatch.setattr("models.resampling.BLOCK", 30)
    assert Resampling(ids, 20, 1).spread(mean_of(np.arange(30.0)))["mean"] == pytest.approx(whole, abs=1e-12)


def test_without_resamples_there_is_no_interval():
    spread = Resampling(pl.Series(["a", "b", "c"]), 0, 1).spread(mean_of([1, 2, 3]))["mean"]
    assert interval(spread) == (None, None)


def test_a_figure_that_is_mostly_missing_has_no_interval():
    assert interval(np.array([np.nan] * 50 + [1.0] * 50)) == (None, None)
