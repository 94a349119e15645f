import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from models.evaluation.declaration import measure
from models.evaluation.metrics.ranking import Ranking


def ranked(score, label, shares=(10, 20)):
    score, label = np.asarray(score, dtype=float), np.asarray(label)
    found = Ranking(score, label).metrics(np.ones((1, len(score))), shares)
    return {name: value[0] for name, value in found.items()}


pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1)), min_size=4, max_size=60).filter(
    lambda rows: 0 < sum(label for _, label in rows) < len(rows)
)


@given(pairs)
def test_auc_and_ap_are_those_of_scikit_learn_ties_included(rows):
    score, label = zip(*rows, strict=True)
    found = ranked(score, label)
    assert found["auc"] == pytest.approx(roc_auc_score(label, score))
    assert found["ap"] == pytest.approx(average_precision_score(label, score))


@given(pairs)
def test_a_weight_of_two_is_the_row_twice(rows):
    score, label = (np.array(column) for column in zip(*rows, strict=True))
    weight = 1.0 + (np.arange(len(rows)) % 2)
    weighed = Ranking(score.astype(float), label).metrics(weight[None, :], [10])
    twice = ranked(np.repeat(score, weight.astype(int)), np.repeat(label, weight.astype(int)), [10])
    assert {name: value[0] for name, value in weighed.items()} == pytest.approx(twice, nan_ok=True)


@given(pairs)
def test_the_mean_of_ties_lies_between_the_worst_and_the_best(rows):
    found = ranked(*zip(*rows, strict=True))
    worst, mean, best = (found[f"precision_at_20{tail}"] for tail in ("_worst", "", "_best"))
    assert worst - 1e-12 <= mean <= best + 1e-12


def test_precision_recall_and_lift_of_a_list_of_two():
    """Ten households, three fell; the two listed first hold one of them."""
    found = ranked([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    assert found["precision_at_20"] == pytest.approx(0.5)
    assert found["recall_at_20"] == pytest.approx(1 / 3)
    assert found["lift_at_20"] == pytest.approx(0.5 / 0.3)


def test_ties_at_the_end_of_the_list_are_given_for_every_order():
    """Four households tie for one place on the list of one; one of them fell."""
    found = ranked([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    assert [found[f"precision_at_10{tail}"] for tail in ("_worst", "", "_best")] == [0, 0.25, 1]


def test_a_constant_score_is_worth_the_base_rate():
    found = ranked(np.zeros(20), [1] * 5 + [0] * 15)
    assert (found["auc"], found["ap"], found["precision_at_10"]) == (0.5, 0.25, 0.25)


def moved(measure, n, row):
    """Give the derivative of every figure by the weight of one row, times the number of rows."""
    step = 1e-5
    weights = np.ones((2, n))
    weights[:, row] += [step, -step]
    return {name: n * (value[0] - value[1]) / (2 * step) for name, value in measure(weights).items()}


@settings(max_examples=25)
@given(pairs)
def test_the_influence_of_a_row_is_what_its_weight_does_to_auc_and_ap(rows):
    score, label = (np.array(column) for column in zip(*rows, strict=True))
    ranking = Ranking(score.astype(float), label)
    figures = measure("ranking", ranking)
    for row in range(len(rows)):
        plain = moved(lambda weights: ranking.metrics(weights, ()), len(rows), row)
        assert {name: figures[name].part[row] for name in plain} == pytest.approx(plain, abs=1e-4)


@pytest.mark.parametrize("label", [[0, 0, 0], [1, 1, 1]])
def test_one_class_gives_no_auc_and_no_crash(label):
    assert np.isnan(ranked([1, 2, 3], label)["auc"])


@given(pairs)
def test_figures_have_the_values_of_the_metrics(rows):
    score, label = (np.array(column) for column in zip(*rows, strict=True))
    ranking = Ranking(score.astype(float), label)
    figures = measure("ranking", ranking)
    for name, value in ranking.metrics(np.ones((1, len(rows))), ()).items():
        assert figures[name].value == pytest.approx(value[0]), name
