import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation import declaration
from models.evaluation.board import SCHEMA
from models.evaluation.declaration import NO_LIST, declared_metrics, metric, metrics_of
from models.evaluation.disclosure import SMALL
from models.evaluation.publishable import publishable, publishable_bins, publishable_shares


def board(*rows):
    """A pooled board of (model, metric, list, value) over a thousand households, a hundred of whom fell.

    A model written as two is the first less the second.
    """
    line = {"origin": "pooled", "subgroup": "all", "ties": "mean", "low": 0.0, "high": 1.0}
    told = [
        {
            **dict(zip(("model", "compared_with"), f"{model} ".split(" "), strict=False)),
            "metric": metric,
            "list": on,
            "value": value,
            "n": 1000,
            "n_positive": 100,
            **line,
        }
        for model, metric, on, value in rows
    ]
    empty = pl.col("compared_with").replace("", None)
    return pl.DataFrame(told).select(*SCHEMA).cast(SCHEMA).with_columns(empty)


def shown(*rows, **counts):
    table = publishable(board(*rows).with_columns(**counts))
    return {row["metric"]: row["value"] for row in table.to_dicts()}


@pytest.mark.parametrize("counts", [{"n_positive": SMALL}, {"n": 100 + SMALL}])
def test_where_few_fell_or_few_did_not_nothing_is_shown(counts):
    assert shown(("risk_model", "auc", None, 0.8), **counts) == {"auc": None}


def a_list(listed, hits, on="capacity"):
    """Recall and precision of a list of so many with so many hits of a hundred."""
    return (("alerts", "recall", on, hits / 100), ("alerts", "precision", on, hits / listed))


@given(st.integers(1, 200), st.integers(0, 100), st.sampled_from([*metrics_of("list")]))
def test_of_a_list_with_a_small_cell_no_declared_figure_is_shown(listed, hits, metric):
    """Hits, misses and false alarms can be told from any of them, and from what the model is better by."""
    hits, on = min(hits, listed), metric.lists[-1]
    told = board(
        *a_list(listed, hits, on),
        *(("risk_model", *row[1:]) for row in a_list(200, 50, on)),
        ("alerts", metric.name, on, 0.3),
        ("risk_model alerts", metric.name, on, 0.2),
        ("alerts", "auc", None, 0.6),
    )
    found = publishable(told)["value"].to_list()
    small = min(hits, 100 - hits, listed - hits) <= SMALL
    assert found[-1] == 0.6
    assert [value is None for value in found[4:6]] == [small, small]


@pytest.mark.parametrize("metric", declared_metrics(), ids=lambda one: one.name)
def test_every_declared_metric_is_shown_where_every_count_is_large_and_only_there(metric):
    for on in metric.lists or NO_LIST:
        large = a_list(200, 50, on) if on else ()
        assert shown(*large, ("alerts", metric.name, on, 0.3))[metric.name] == 0.3
        assert shown(*large, ("alerts", metric.name, on, 0.3), n_positive=SMALL)[metric.name] is None
        if on and metric.name not in ("precision", "recall"):
            without_its_cells = shown(("alerts", metric.name, on, 0.3))
            assert without_its_cells[metric.name] is None


@pytest.mark.parametrize("on", ["capacity", "10", None])
def test_a_metric_nobody_declared_is_not_shown(on):
    """Two hits of a hundred: exclusion is hidden, and so is its new sister, whatever it is of."""
    sister = ("alerts", "weighted_exclusion", on, 0.98)
    assert shown(*a_list(50, 2), ("alerts", "exclusion_error", "capacity", 0.98), sister) == dict.fromkeys(
        ("recall", "precision", "exclusion_error", "weighted_exclusion")
    )
    assert shown(*a_list(200, 50, on), sister)["weighted_exclusion"] is None


def test_a_metric_that_declares_no_counts_is_not_shown(monkeypatch):
    monkeypatch.setattr(declaration, "_declared", dict(declaration._declared))

    @metric(zh="随便", en="whatever", of="ranking", citation="EVALUATION 2")
    def whatever(ranking):
        """Say nothing of what it rests on."""

    assert shown(("alerts", "whatever", None, 0.9), ("alerts", "auc", None, 0.6)) == {
        "whatever": None,
        "auc": 0.6,
    }


def test_a_list_of_a_share_with_a_small_cell_is_not_shown_at_all():
    shares = pl.DataFrame(
        {
            "subgroup": "all",
            "model": "alerts",
            "share_percent": [1.0, 20.0],
            "precision": [0.3, 0.25],
            "precision_worst": [0.2, 0.2],
            "recall": [0.03, 0.5],
        }
    )
    found = publishable_shares(shares, board(("alerts", "auc", None, 0.6)))
    assert found.drop("subgroup", "model").rows() == [(1.0, None, None, None), (20.0, 0.25, 0.2, 0.5)]


def test_those_poor_before_are_not_shown_where_they_would_tell_of_the_few_others():
    of_all = board(("risk_model", "auc", None, 0.8), ("risk_model", "auc", None, 0.7))
    poor_before = pl.int_range(pl.len()) == 1
    both = of_all.with_columns(
        pl.when(poor_before).then(pl.lit("return")).otherwise("subgroup").alias("subgroup"),
        pl.when(poor_before).then(95).otherwise("n_positive").alias("n_positive"),
    )
    assert publishable(both)["value"].to_list() == [0.8, None]


def test_a_bin_in_which_few_fell_tells_its_size_and_mean_risk_alone_and_so_does_the_next():
    """Three fell in the first bin: the total would tell them from the others."""
    figures = {"n": 100, "mean_risk": 0.1, "observed": 0.2, "relative_bias": -0.5}
    bins = pl.DataFrame([{"bin": one, "n_positive": n, **figures} for one, n in ((1, 3), (2, 40), (3, 60))])
    shown = publishable_bins(bins)
    assert shown.columns == bins.columns
    assert shown.select("n", "mean_risk").equals(bins.select("n", "mean_risk"))
    assert shown["n_positive"].to_list() == [None, None, 60]
    assert shown["relative_bias"].to_list() == [None, None, -0.5]


def test_a_bin_in_which_all_but_few_fell_is_hidden_too():
    bins = pl.DataFrame({"bin": [1, 2], "n": [50, 50], "n_positive": [45, 30], "mean_risk": 0.5, "low": 0.1})
    assert publishable_bins(bins)["low"].null_count() == len(bins)
