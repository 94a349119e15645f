import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.disclosure import SMALL
from models.evaluation.groups import FALLEN_AS
from models.evaluation.leaderboard import SHARES
from models.evaluation.untrained_baselines import UNTRAINED
from tests.watchlists.judged import PARAMS, evaluated_in, judgement_in
from watchlists.report.figure_words import GROUPS, METRICS, MODELS, words_of
from watchlists.report.published_evaluation import bounds, count, figure, percent, publishable, read_judgement


def board(*rows):
    """A pooled board of (model, metric, value) over a thousand households, a hundred of whom fell."""
    line = {"origin": "pooled", "subgroup": "all", "low": 0.0, "high": 1.0, "n": 1000, "n_positive": 100}
    return pl.DataFrame([{**line, "model": m, "metric": k, "value": v} for m, k, v in rows]).select(
        "origin", "subgroup", "model", "metric", "value", "low", "high", "n", "n_positive"
    )


def shown(*rows, **counts):
    table = publishable(board(*rows).with_columns(**counts))
    return {(row["model"], row["metric"]): row["value"] for row in table.to_dicts()}


@pytest.mark.parametrize("counts", [{"n_positive": SMALL}, {"n": 100 + SMALL}])
def test_where_few_fell_or_few_did_not_nothing_is_shown(counts):
    assert shown(("risk_model", "auc", 0.8), **counts) == {("risk_model", "auc"): None}


@given(st.integers(1, 200), st.integers(0, 100))
def test_of_a_list_with_a_small_cell_no_figure_is_shown(listed, hits):
    """A list of so many with so many hits of a hundred: hits, misses and false alarms can be told from it."""
    hits = min(hits, listed)
    found = shown(
        ("alerts", "recall_at_5", hits / 100),
        ("alerts", "precision_at_5", hits / listed),
        ("alerts", "precision_at_5_worst", 0.1),
        ("risk_model-minus-alerts", "precision_at_5_difference", 0.2),
        ("alerts", "auc", 0.6),
    )
    small = min(hits, 100 - hits, listed - hits) <= SMALL
    assert found["alerts", "auc"] == 0.6
    assert all((value is None) == small for name, value in found.items() if name[1] != "auc")


def test_the_errors_at_capacity_go_with_the_list_at_capacity():
    found = shown(
        ("alerts", "recall_at_capacity", 0.05),
        ("alerts", "precision_at_capacity", 0.05),
        ("alerts", "exclusion_error", 0.95),
        ("risk_model-minus-alerts", "gap_weighted_exclusion_difference", -0.1),
    )
    assert set(found.values()) == {None}


def test_those_poor_before_are_not_shown_where_they_would_tell_of_the_few_others():
    of_all = board(("risk_model", "auc", 0.8), ("risk_model", "auc", 0.7))
    poor_before = pl.int_range(pl.len()) == 1
    both = of_all.with_columns(
        pl.when(poor_before).then(pl.lit("return")).otherwise("subgroup").alias("subgroup"),
        pl.when(poor_before).then(95).otherwise("n_positive").alias("n_positive"),
    )
    assert publishable(both)["value"].to_list() == [0.8, None]


def test_a_whole_evaluation_keeps_what_is_large_enough(tmp_path):
    judgement = read_judgement(evaluated_in(tmp_path), PARAMS.label.written())
    assert judgement.row("recall_at_capacity", "risk_model")["value"] is not None
    assert judgement.row("precision_at_1", "risk_model")["value"] is None  # a list of six


def test_models_are_shown_in_their_order_and_unknown_ones_last_under_their_own_name(tmp_path):
    line = "pooled,all,new_idea,auc,0.7,0.6,0.8,983,450\n" + "pooled,all,risk_model,auc,0.7,0.6,0.8,983,450\n"
    judgement = read_judgement(judgement_in(tmp_path, line), PARAMS.label.written())
    assert judgement.models == ["risk_model", "new_idea"]
    assert words_of(MODELS, "new_idea") == ("new_idea", "new idea")


def test_every_baseline_and_every_share_has_words():
    assert set(UNTRAINED) <= MODELS.keys()
    assert {f"precision_at_{share}" for share in SHARES} <= METRICS.keys()


def test_every_attribute_has_words():
    assert {*ATTRIBUTES, FALLEN_AS} == GROUPS.keys()


def test_numbers_are_written_with_the_minus_of_print_and_no_minus_zero():
    assert figure({"value": -0.0001}) == "0.000"
    assert bounds({"value": 0, "low": -0.25, "high": 0.5}, 2) == "[−0.25, 0.50]"
    assert percent({"value": None, "low": None, "high": None}) == "–"
    assert count(0) == count(7) == "≤7"
