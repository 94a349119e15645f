"""The forecast of causes: its laws, and what it learns of households that fell ill or lost their work."""

import json

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from features.declaration import CAUSES
from models.causes.forecast import CauseForecast
from register.atomic import json_text
from tests.models.recorded import DECLARED, NAMES, first_raising, recorded

ILLNESS, EMPLOYMENT = CAUSES.index("illness"), CAUSES.index("employment")


def fitted(frame, cause, weight=None, ridge=10.0):
    weight = np.ones(len(frame)) if weight is None else weight
    return CauseForecast.fit(frame, cause, weight, DECLARED, ridge, 300.0)


@pytest.fixture(scope="module")
def learned():
    return fitted(*recorded())


def test_it_tells_the_ill_from_those_who_lost_their_work(learned):
    frame, cause = recorded(seed=1)
    assert (learned.chances(frame).argmax(axis=1) == cause).mean() > 0.85


def test_chances_lie_between_0_and_1_and_sum_to_1(learned):
    chances = learned.chances(recorded(seed=2)[0] * 1e6)
    assert chances.shape == (400, len(CAUSES))
    assert (chances >= 0).all()
    assert np.abs(chances.sum(axis=1) - 1).max() < 1e-12


def test_a_cause_nobody_recorded_stays_possible_and_unlikely(learned):
    water = learned.chances(recorded(seed=2)[0])[:, CAUSES.index("water")]
    assert water.min() > 0
    assert water.mean() < 0.02


def test_chances_are_a_households_own_whoever_stands_beside_it(learned):
    frame, _ = recorded(seed=3)
    whole, order = learned.chances(frame), np.random.default_rng(0).permutation(len(frame))
    assert_array_equal(learned.chances(frame.iloc[order]), whole[order])
    assert_array_equal(learned.chances(frame.iloc[7:8]), whole[7:8])


def test_columns_in_another_order_are_the_same_columns(learned):
    frame, _ = recorded(seed=3)
    assert_array_equal(learned.chances(frame[NAMES[::-1]]), learned.chances(frame))


def test_json_and_back_gives_the_same_bits(learned):
    frame, _ = recorded(seed=4)
    back = CauseForecast.from_dict(json.loads(json_text(learned.to_dict())))
    assert_array_equal(back.chances(frame), learned.chances(frame))
    assert back.n_records == learned.n_records == 400


def test_the_order_of_the_rows_learned_from_changes_no_chance_worth_naming():
    frame, cause = recorded(200)
    order = np.random.default_rng(0).permutation(len(frame))
    straight, shuffled = fitted(frame, cause), fitted(frame.iloc[order], cause[order])
    assert np.abs(straight.chances(frame) - shuffled.chances(frame)).max() < 1e-3


def test_a_row_of_weight_two_is_two_rows():
    frame, cause = recorded(100)
    doubled = fitted(frame, cause, np.full(100, 2.0))
    twice = fitted(frame.iloc[[*range(100)] * 2], np.tile(cause, 2))
    assert np.abs(doubled.chances(frame) - twice.chances(frame)).max() < 1e-3


def test_more_of_what_raises_a_cause_never_lowers_its_chance(learned):
    frame, _ = recorded(seed=5)
    for group, place in (("illness", ILLNESS), ("employment", EMPLOYMENT)):
        for one in DECLARED:
            if one.group == group and one.direction > 0:
                more = frame.assign(**{one.name: frame[one.name] + 1})
                assert (learned.chances(more)[:, place] >= learned.chances(frame)[:, place] - 1e-12).all()


def test_a_fact_of_one_cause_moves_the_score_of_no_other(learned):
    at = NAMES.index(first_raising("illness"))
    assert np.flatnonzero(learned.coefficient[at]).tolist() == [ILLNESS]


def test_a_household_of_which_nothing_is_known_gets_what_is_usual(learned):
    frame, _ = recorded(seed=6)
    chances = learned.chances(frame.iloc[:1] * np.nan)[0]
    assert chances[[ILLNESS, EMPLOYMENT]].sum() > 0.9


def test_a_column_without_a_value_and_one_that_never_changes_are_borne():
    frame, cause = recorded(100)
    frame = frame.assign(**{NAMES[0]: np.nan, NAMES[1]: 3.0})
    assert np.isfinite(fitted(frame, cause).chances(frame)).all()
