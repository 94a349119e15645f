"""The evaluation as data tells no count that the report hides, and no metric that nobody declared."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.board import SCHEMA
from models.evaluation.declaration import declared_metrics
from models.evaluation.disclosure import NEAREST, SMALL
from watchlists.contents.published import metric_rows, published_tables

FIGURE = {"origin": "pooled", "subgroup": "all", "model": "risk_model", "ties": "mean"}


def figures(**changes):
    rows = [{**dict.fromkeys(SCHEMA), **FIGURE, "metric": "auc", "value": 0.81234, **changes}]
    board = pl.DataFrame(rows, schema=SCHEMA)
    return published_tables({"leaderboard": board})["figures"].row(0, named=True)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_no_small_count_and_no_exact_one_is_told(fell, held):
    row = figures(n=fell + held, n_positive=fell)
    assert row["n"] is None or (row["n"] % NEAREST == 0 and fell + held > SMALL)
    assert (row["n_positive"] is not None) == (fell > SMALL and held > SMALL)
    assert row["n_positive"] is None or abs(row["n_positive"] - fell) <= NEAREST // 2 + 1


@pytest.mark.parametrize("one", declared_metrics(), ids=lambda one: one.name)
def test_a_figure_has_the_decimals_its_metric_is_shown_with(one):
    row = figures(metric=one.name, value=0.123456789, low=0.1, high=None)
    assert (row["value"], row["high"]) == (round(0.123456789, one.digits), None)


def test_a_figure_of_a_metric_that_nobody_declared_is_missing():
    assert figures(metric="shoe_size")["value"] is None


def test_without_an_evaluation_there_are_metrics_and_no_figure():
    tables = published_tables({})
    assert {name: len(rows) for name, rows in tables.items()} == {
        "metrics": len(declared_metrics()),
        "figures": 0,
        "bins": 0,
        "shares": 0,
    }


def test_a_table_that_no_rule_of_disclosure_goes_over_is_left_out():
    assert {*published_tables({"groups": pl.DataFrame({"n": [1]})})} == {
        "metrics",
        "figures",
        "bins",
        "shares",
    }


def test_metrics_are_told_in_both_languages():
    assert metric_rows().select("zh", "en", "definition").null_count().sum_horizontal().item() == 0
