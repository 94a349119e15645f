"""One model's figures on one cell: what is measured of whom, and that little of it stands at once."""

import tracemalloc

import numpy as np
import polars as pl
import pytest

from models.evaluation.capacity_lists import capacity_list
from models.evaluation.declaration import CAPACITY, LISTS, OWN_LENGTH, metrics_of
from models.evaluation.measured import figures_of_model, figures_of_risks, is_risk
from tests.models.judged_rows import judged


def known():
    return judged().drop_nulls("label")


def keys(name):
    rows = known()
    return [key for key, _ in figures_of_model(rows, name, capacity_list(rows, name))]


@pytest.mark.parametrize(
    ("name", "score", "risky"),
    [
        ("trees", [0.1, 0.9], True),
        ("logistic", [-3.0, 0.2], False),
        ("alerts", [0.0, 1.0], False),
        ("trees", [], False),
    ],
)
def test_a_trained_score_within_zero_and_one_is_a_risk(name, score, risky):
    assert is_risk(name, np.array(score)) is risky


def test_a_risk_a_score_and_a_rule_are_measured_by_what_they_are():
    """Only probabilities have a bias, and only a rule has a list of all it names."""
    of_risk, of_score, of_rule = (keys(name) for name in ("risk_model", "logistic", "alerts"))
    risks = {one.name for one in metrics_of("risk")}
    assert risks <= {metric for metric, _, _ in of_risk}
    assert not risks & {metric for metric, _, _ in of_score}
    assert {on for _, on, _ in of_score} == {None, *LISTS} - {OWN_LENGTH}
    assert {on for _, on, _ in of_rule} == {None, *LISTS}


def test_no_figure_is_measured_twice():
    measured = keys("alerts")
    assert len(set(measured)) == len(measured)


def test_a_reading_of_risks_has_the_metrics_of_risks_alone():
    assert {metric for (metric, _, _), _ in figures_of_risks(known(), "risk_came")} == {
        one.name for one in metrics_of("risk")
    }


def test_figures_let_go_one_by_one_take_a_fraction_of_all_at_once():
    """A hundred figures of two columns each stood in memory beside each other, for every cell judged."""
    copies = [known().with_columns(pl.col("household_id") + f"-{one}") for one in range(200)]
    rows = pl.concat(copies)
    capacity = capacity_list(rows, "risk_model")
    (one_by_one, n_figures), (together, _) = (
        peak_of(lambda: sum(1 for _ in figures_of_model(rows, "risk_model", capacity))),
        peak_of(lambda: len(list(figures_of_model(rows, "risk_model", capacity)))),
    )
    assert n_figures > len(LISTS) * 3
    assert one_by_one < together / 2


def peak_of(work):
    tracemalloc.start()
    made = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, made


def test_a_list_at_the_real_visits_is_the_one_it_is_handed():
    """Nobody is visited, so nobody is found, whatever the scores say."""
    rows = known().with_columns(visits=pl.lit(0))
    figures = dict(figures_of_model(rows, "risk_model", capacity_list(rows, "risk_model")))
    assert figures["recall", CAPACITY, "mean"].value == 0
    assert np.isnan(figures["precision", CAPACITY, "mean"].value)
