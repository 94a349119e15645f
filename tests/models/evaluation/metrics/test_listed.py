"""What a list is worth: the declared metrics of a list."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.declaration import metrics_of
from models.evaluation.listing import listing
from models.evaluation.metrics.listed import Aftermath, lift, precision, recall
from models.evaluation.metrics.ranking import Ranking
from models.resampling import Resampling

#: Rows of (score, label).
rows_of_list = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), min_size=1, max_size=40)
LABEL = np.array([1, 0, 1, 0, 0, 0, 0, 1, 0, 0])
TWO = np.array([1.0, 1, 0, 0, 0, 0, 0, 0, 0, 0])


def aftermath(label, gap=0.0, lead=np.nan, before=np.nan):
    fell = np.asarray(label, dtype=float)
    return Aftermath(fell, *(np.broadcast_to(one, fell.shape) for one in (gap, lead, before)))


def values(listed):
    return {one.name: one.formula(listed).value for one in metrics_of("list")}


def test_the_figures_of_a_list_of_two():
    """Ten households, three fell; the list holds two, one of whom fell, half a line deep, after 3 months."""
    gap, lead, before = np.zeros(10), np.full(10, np.nan), np.zeros(10)
    gap[[0, 2, 7]], lead[[0, 2, 7]], before[1] = [0.2, 0.5, 0.1], [3, 6, 12], 1
    assert values(aftermath(LABEL, gap, lead, before).as_handed_out(TWO)) == pytest.approx(
        {
            "precision": 0.5,
            "recall": 1 / 3,
            "lift": 0.5 / 0.3,
            "exclusion_error": 2 / 3,
            "inclusion_error": 1 / 2,
            "omission_rate": 2 / 8,
            "gap_weighted_exclusion": 0.6 / 0.8,
            "lead_months": 3,
            "list_overlap": 1 / 2,
            "share": 2 / 10,
        }
    )


def test_a_hit_whose_fall_nobody_saw_has_no_lead_time():
    found = values(aftermath(LABEL).as_handed_out(TWO))
    assert np.isnan(found["lead_months"])
    assert np.isnan(found["gap_weighted_exclusion"])
    assert np.isnan(found["list_overlap"])


def test_the_influence_of_a_row_on_lift_is_what_its_weight_does():
    figure, step = lift(aftermath(LABEL).as_handed_out(TWO)), 1e-6
    for row in range(10):
        weight = np.ones(10)
        weight[row] += step
        base = (weight * LABEL).sum() / weight.sum()
        moved = (weight * TWO * LABEL).sum() / (weight * TWO).sum() / base
        assert figure.part[row] == pytest.approx(10 * (moved - figure.value) / step, abs=1e-3)


@given(rows_of_list)
def test_a_list_of_a_share_is_worth_the_same_however_its_end_moves(rows):
    """Only what a redrawn list is worth depends on the households about its end."""
    score, label = (np.array(column) for column in zip(*rows, strict=True))
    half = listing(score.astype(float), label, np.zeros(len(rows), int), np.full(len(rows), len(rows) / 2))
    after = aftermath(label)
    fixed, moving = after.as_handed_out(half.mean), after.drawn_up_anew(half.mean, 0.5, 0.3)
    assert values(moving) == pytest.approx(values(fixed), nan_ok=True)


def test_a_list_of_a_share_is_drawn_up_anew_with_every_draw():
    """Whole villages stand high or low: a draw with many high ones ends its list sooner."""
    generator = np.random.default_rng(0)
    village = np.repeat(np.arange(150), 20)
    score = generator.normal(-1, 0.6, 3000) + generator.normal(0, 1, 150)[village]
    label = (generator.random(3000) < 1 / (1 + np.exp(-score))).astype(np.int64)
    ranking, after = Ranking(score, label), aftermath(label)
    draws = np.random.default_rng(1)
    again = [np.bincount(draws.integers(0, 150, 150), minlength=150)[village] for _ in range(300)]
    plain = ranking.metrics(np.array(again, dtype=float), [10])
    listed = listing(score, label, np.zeros(3000, int), np.full(3000, 300.0)).mean
    drawn = Resampling(pl.Series(village), 300, 1)
    moving = after.drawn_up_anew(listed, 0.1, ranking.marginal_precision(10))
    fixed = after.as_handed_out(listed)
    for formula in (precision, recall):
        spread = drawn.spread({"moving": formula(moving), "fixed": formula(fixed)})
        wanted = plain[f"{formula.__name__}_at_10"]
        assert np.std(spread["moving"]) == pytest.approx(np.std(wanted), rel=0.1)
        assert np.std(spread["moving"] - wanted) < np.std(spread["fixed"] - wanted)
