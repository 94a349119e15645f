import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.bootstrap import Resampling
from models.evaluation.listing import (
    Listing,
    error_figures,
    list_figures,
    listing,
    own_listing,
    share_figures,
)
from models.evaluation.metrics import Ranking

#: Rows of (place, score, label); a place's visits are its number plus one.
places = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 1)), min_size=1, max_size=40)


def listed(rows, visits=None):
    place, score, label = (np.array(column) for column in zip(*rows, strict=True))
    given = (place + 1.0) if visits is None else np.full(len(rows), float(visits))
    return listing(score.astype(float), label, place, given)


def plain(rows, order):
    """List place by place, household by household."""
    found = np.zeros(len(rows))
    for place in {row[0] for row in rows}:
        of_place = [number for number, row in enumerate(rows) if row[0] == place]
        first = sorted(of_place, key=lambda number: (-rows[number][1], order * rows[number][2]))
        found[first[: place + 1]] = 1
    return found


@given(places)
def test_the_worst_and_the_best_list_are_those_of_sorting_ties_by_outcome(rows):
    label = np.array([row[2] for row in rows])
    found = listed(rows)
    assert (found.worst * label).sum() == pytest.approx((plain(rows, 1) * label).sum())
    assert (found.best * label).sum() == pytest.approx((plain(rows, -1) * label).sum())


@given(places)
def test_every_order_uses_the_same_visits_and_the_mean_lies_between(rows):
    label, found = np.array([row[2] for row in rows]), listed(rows)
    total = plain(rows, 1).sum()
    for share in (found.mean, found.worst, found.best):
        assert share.sum() == pytest.approx(total)
        assert ((share >= 0) & (share <= 1)).all()
    hits = [(share * label).sum() for share in (found.worst, found.mean, found.best)]
    assert hits == sorted(hits) or hits == pytest.approx(sorted(hits))


@given(places)
def test_tied_households_are_listed_alike_in_the_mean(rows):
    shares = {}
    for row, share in zip(rows, listed(rows).mean, strict=True):
        shares.setdefault(row[:2], set()).add(round(float(share), 12))
    assert all(len(of_tie) == 1 for of_tie in shares.values())


def test_a_place_with_more_visits_than_households_lists_all_and_one_without_nobody():
    assert listed([(0, 1, 0), (0, 2, 1)], visits=9).mean.tolist() == [1, 1]
    assert listed([(0, 1, 0), (0, 2, 1)], visits=0).mean.tolist() == [0, 0]


def test_a_rule_lists_whom_it_speaks_for():
    assert own_listing(np.array([0.0, 2.0, 1.0])).mean.tolist() == [0, 1, 1]


def values(figures):
    return {name: figure.value for name, figure in figures.items()}


LABEL = np.array([1, 0, 1, 0, 0, 0, 0, 1, 0, 0])
TWO = np.array([1.0, 1, 0, 0, 0, 0, 0, 0, 0, 0])


def test_the_figures_of_a_list_of_two():
    """Ten households, three fell; the list holds two, one of whom fell."""
    found = values(list_figures(Listing(TWO, TWO, TWO), LABEL, "capacity"))
    assert found == pytest.approx(
        {
            "precision_at_capacity": 0.5,
            "precision_at_capacity_worst": 0.5,
            "precision_at_capacity_best": 0.5,
            "recall_at_capacity": 1 / 3,
            "lift_at_capacity": 0.5 / 0.3,
        }
    )


def test_the_errors_of_a_list_of_two():
    """Two of three falls are missed, one of them half a line deep; the hit was seen after 3 months."""
    gap, lead = np.zeros(10), np.full(10, np.nan)
    gap[[0, 2, 7]], lead[[0, 2, 7]] = [0.2, 0.5, 0.1], [3, 6, 12]
    found = values(error_figures(Listing(TWO, TWO, TWO), LABEL, gap, lead))
    assert found == pytest.approx(
        {
            "exclusion_error": 2 / 3,
            "inclusion_error": 1 / 2,
            "omission_rate": 2 / 8,
            "gap_weighted_exclusion": 0.6 / 0.8,
            "lead_months": 3,
        }
    )


def test_a_hit_whose_fall_nobody_saw_has_no_lead_time():
    found = error_figures(Listing(TWO, TWO, TWO), LABEL, np.zeros(10), np.full(10, np.nan))
    assert np.isnan(found["lead_months"].value)
    assert np.isnan(found["gap_weighted_exclusion"].value)


def test_the_influence_of_a_row_on_lift_is_what_its_weight_does():
    figure, step = list_figures(Listing(TWO, TWO, TWO), LABEL, "x")["lift_at_x"], 1e-6
    for row in range(10):
        weight = np.ones(10)
        weight[row] += step
        base = (weight * LABEL).sum() / weight.sum()
        lift = (weight * TWO * LABEL).sum() / (weight * TWO).sum() / base
        assert figure.part[row] == pytest.approx(10 * (lift - figure.value) / step, abs=1e-3)


@given(places)
def test_a_list_of_a_share_is_worth_the_same_however_its_end_moves(rows):
    """Only what a redrawn list is worth depends on the households about its end."""
    score, label = (np.array(column) for column in list(zip(*rows, strict=True))[1:])
    half = listing(score.astype(float), label, np.zeros(len(rows), int), np.full(len(rows), len(rows) / 2))
    fixed, moving = list_figures(half, label, "50"), share_figures(half, label, "50", marginal=0.3)
    assert values(moving) == pytest.approx(values(fixed), nan_ok=True)


def test_a_list_of_a_share_is_drawn_up_anew_with_every_draw():
    """Whole villages stand high or low: a draw with many high ones ends its list sooner."""
    generator = np.random.default_rng(0)
    village = np.repeat(np.arange(150), 20)
    score = generator.normal(-1, 0.6, 3000) + generator.normal(0, 1, 150)[village]
    label = (generator.random(3000) < 1 / (1 + np.exp(-score))).astype(np.int64)
    ranking, first = Ranking(score, label), np.zeros(3000, int)
    draws = np.random.default_rng(1)
    again = [np.bincount(draws.integers(0, 150, 150), minlength=150)[village] for _ in range(300)]
    plain = ranking.metrics(np.array(again, dtype=float), [10])
    listed = listing(score, label, first, np.full(3000, 300.0))
    drawn = Resampling(pl.Series(village), 300, 1)
    moving = drawn.spread(share_figures(listed, label, "10", ranking.marginal_precision(10)))
    fixed = drawn.spread(list_figures(listed, label, "10"))
    for name in ("precision_at_10", "recall_at_10"):
        assert np.std(moving[name]) == pytest.approx(np.std(plain[name]), rel=0.1), name
        assert np.std(moving[name] - plain[name]) < np.std(fixed[name] - plain[name]), name


def test_tied_households_about_the_end_of_a_list_count_alike():
    """Two of ten are listed first; the six tied behind them fell in one case of three."""
    score, label = np.array([9.0, 8, 5, 5, 5, 5, 5, 5, 1, 1]), np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert Ranking(score, label).marginal_precision(50) == pytest.approx(1 / 3)
