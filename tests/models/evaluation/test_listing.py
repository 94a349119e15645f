import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.listing import listing, own_listing
from models.evaluation.metrics.ranking import Ranking

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
    assert own_listing(np.array([0.0, 2.0, 1.0])).tolist() == [0, 1, 1]


def test_tied_households_about_the_end_of_a_list_count_alike():
    """Two of ten are listed first; the six tied behind them fell in one case of three."""
    score, label = np.array([9.0, 8, 5, 5, 5, 5, 5, 5, 1, 1]), np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert Ranking(score, label).marginal_precision(50) == pytest.approx(1 / 3)
