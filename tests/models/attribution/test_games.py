import gc

import lightgbm as lgb
import numpy as np
import pytest
from numpy.testing import assert_array_equal

from models.attribution import games
from models.attribution.blocks import LANES
from models.attribution.games import LOOKED_UP, game_of, member_game, play, trees_of
from tests.models.attribution.test_cause_game import trained


def test_the_trees_of_a_booster_are_read_once_and_its_game_made_ready_once_a_grouping():
    booster, _ = trained(1, 3)
    assert trees_of(booster) is trees_of(booster)
    assert member_game(booster, [0, 1, 2]) is member_game(booster, (0, 1, 2))
    assert member_game(booster, [0, 1, 1]) is not member_game(booster, [0, 1, 2])


def test_another_booster_has_trees_of_its_own_and_one_that_is_gone_leaves_nothing():
    (one, _), (other, _) = trained(1, 3), trained(2, 3)
    again = lgb.Booster(model_str=one.model_to_string())
    assert trees_of(again) is not trees_of(one)
    assert len(trees_of(other)) == len(trees_of(one))
    n_kept = len(games._KEPT)
    del again
    gc.collect()
    assert len(games._KEPT) == n_kept - 1


@pytest.mark.parametrize("params", [{"max_depth": 4}, {"num_leaves": 24, "max_depth": 12}])
def test_rows_are_split_alike_in_any_block_and_on_any_number_of_threads(params):
    booster, rows = trained(5, 4, **params)
    many = np.tile(rows, (LOOKED_UP // len(rows) + 2, 1))
    game = game_of(trees_of(booster), [0, 1, 2, 0])
    assert game.lanes in (LANES, LOOKED_UP)
    whole = play([game], many, 3, 1)
    assert_array_equal(whole, play([game], many, 3, 2))
    assert_array_equal(whole[0][: len(rows)], play([game], rows, 3, 1)[0])
    assert_array_equal(whole[0][:1], play([game], rows[:1], 3, 1)[0])


def test_games_are_played_side_by_side_as_each_alone():
    shallow, rows = trained(5, 4, max_depth=3)
    deep, _ = trained(6, 4, num_leaves=24, max_depth=12)
    both = [game_of(trees_of(one), [0, 1, 2, 0]) for one in (shallow, deep)]
    parts = play(both, rows, 3, 1)
    for game, of_game in zip(both, parts, strict=True):
        assert_array_equal(play([game], rows, 3, 1)[0], of_game)
