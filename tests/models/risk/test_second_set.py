"""Households poor before have members of their own beside everybody's: what that changes and what not."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from models.risk.model import RiskModel
from models.risk.second_set import POOR_BEFORE
from tests.models.numbers import invented

SMALL = {"members": 2, "rounds": 20, "min_data_in_leaf": 20}
HALF = {"part": 0.5, "least": 50}


def households(n=2000):
    """A third were below the line before; theirs is an illness that pays, so that they differ."""
    frame, label = invented(n, names=["income", "illness", POOR_BEFORE, "noise"])
    falls = frame[POOR_BEFORE].round().clip(lower=0)
    turned = (falls > 0) & (frame["illness"] > 0.5)
    return frame.assign(**{POOR_BEFORE: falls}), np.where(turned, 1 - label, label)


@pytest.fixture(scope="module")
def sets():
    frame, label = households()
    plain, both = RiskModel(**SMALL).fit(frame, label), RiskModel(**SMALL, second_set=HALF).fit(frame, label)
    before = (frame[POOR_BEFORE] > 0).to_numpy()
    own = RiskModel(**SMALL).fit(frame[before], label[before])
    return plain, both, own, frame, before


def test_whoever_was_not_poor_before_is_scored_to_the_bit_as_without_a_second_set(sets):
    plain, both, _, frame, before = sets
    assert_array_equal(both.raw_members(frame)[~before], plain.raw_members(frame)[~before])


def test_of_those_poor_before_half_is_said_by_members_that_learned_from_such_alone(sets):
    plain, both, own, frame, before = sets
    half = (plain.raw_members(frame) + own.raw_members(frame)) / 2
    np.testing.assert_allclose(both.raw_members(frame)[before], half[before], rtol=0, atol=1e-12)
    assert both.second_set_rows_ == before.sum()


def test_both_members_of_a_pair_left_out_the_same_households(sets):
    plain, both, own, frame, before = sets
    half = (plain.unseen_margin(frame) + own.unseen_margin(frame)) / 2
    np.testing.assert_allclose(both.unseen_margin(frame)[before], half[before], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("second_set", "column"),
    [({**HALF, "least": 5000}, POOR_BEFORE), ({**HALF, "part": 0.0}, POOR_BEFORE), (HALF, "falls")],
    ids=["too few", "no part", "another column"],
)
def test_there_is_no_second_set_and_no_bit_moves(sets, second_set, column):
    plain, _, _, frame, _ = sets
    named = frame.rename(columns={POOR_BEFORE: column})
    same = RiskModel(**SMALL, second_set=second_set).fit(named, households()[1])
    assert same.second_set_rows_ == 0
    assert_array_equal(same.raw_members(named), plain.raw_members(frame))


def test_the_least_number_of_rows_holds_for_either_class():
    frame, label = households()
    before = (frame[POOR_BEFORE] > 0).to_numpy()
    fewest = int(min(label[before].sum(), (1 - label[before]).sum()))
    rows = [
        RiskModel(**SMALL, second_set={**HALF, "least": least}).fit(frame, label).second_set_rows_
        for least in (fewest, fewest + 1)
    ]
    assert rows == [before.sum(), 0]


def test_households_below_the_line_now_teach_the_second_set_too(sets):
    """A tenth stands below the line now: taught by all of them, those poor before are scored otherwise."""
    frame, label = households()
    below = np.arange(len(frame)) % 10 == 0
    model = RiskModel(**SMALL, second_set=HALF).fit(frame, label, trees_only=below)
    before = sets[4]
    assert model.second_set_rows_ == (before | below).sum()
    kept = before | below
    own = RiskModel(**SMALL).fit(frame[kept], label[kept])
    half = (sets[0].raw_members(frame) + own.raw_members(frame)) / 2
    np.testing.assert_allclose(model.raw_members(frame)[before], half[before], rtol=0, atol=1e-12)


def test_neither_the_order_of_rows_nor_the_threads_change_a_bit(sets):
    _, both, _, frame, _ = sets
    label, order = households()[1], np.random.default_rng(3).permutation(len(frame))
    shuffled = RiskModel(**SMALL, second_set=HALF, threads=2).fit(frame.iloc[order], label[order])
    assert_array_equal(both.raw_members(frame), shuffled.raw_members(frame))


def test_directions_hold_on_either_side_of_the_switch():
    """From no fall to the first one the set changes: there alone no direction is promised."""
    frame, label = households()
    directions = {"income": -1, POOR_BEFORE: 1}
    model = RiskModel(**SMALL, second_set=HALF, monotone_cst=directions).fit(frame, label)
    rows = frame.head(300).fillna(0.0)
    for falls in (0.0, 1.0, 2.0):
        here = rows.assign(**{POOR_BEFORE: falls})
        assert (model.margin(here.assign(income=here["income"] + 1)) <= model.margin(here)).all()
    once, twice = (model.margin(rows.assign(**{POOR_BEFORE: falls})) for falls in (1.0, 2.0))
    assert (twice >= once).all()
