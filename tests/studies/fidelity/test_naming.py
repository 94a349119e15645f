"""A few invented households say what a name and a silence are worth."""

import numpy as np
import polars as pl
import pytest

from features.declaration import CAUSES
from models.causes.gate import FIRM, UNCERTAIN
from pipelines.workspace.parameters import load_params
from studies.fidelity.naming import (
    AT_WORK,
    FALLS,
    HITS,
    LATER,
    NONE,
    Named,
    Truth,
    board_distance,
    by_cause,
    figures,
    measured,
    paired,
    steps,
    where_both,
)

ILLNESS, WORK = CAUSES.index("illness"), CAUSES.index("employment")
STRUCK = (AT_WORK, AT_WORK, LATER, None, None)


def truth():
    """Ill (listed), out of work, ill next spring, fallen without a single cause, and one that stood."""
    first = np.zeros((5, len(CAUSES)), dtype=bool)
    first[[0, 2], ILLNESS], first[1, WORK] = True, True
    rows = pl.DataFrame(
        {
            "season": ["2024Q1"] * 5,
            "village_id": ["a", "a", "b", "b", "b"],
            "is_listed": [True, False, False, True, True],
            "fell": [True, True, True, True, False],
            "struck": pl.Series(STRUCK, dtype=pl.String),
        }
    )
    return Truth(rows, first)


def named(*causes):
    board = np.zeros((5, len(CAUSES)))
    for row, cause in enumerate(causes):
        board[row, cause] = cause != NONE
    return Named(np.array(causes), board)


def test_names_count_as_right_where_they_are_a_first_true_cause():
    values = {
        name: one.value for name, one in figures(named(ILLNESS, ILLNESS, NONE, WORK, NONE), truth()).items()
    }
    assert values[f"right, {FALLS}"] == 0.5
    assert values[f"right, {HITS}"] == 1
    assert values[f"named, {FALLS}"] == pytest.approx(2 / 3)
    assert values["named, the list"] == pytest.approx(2 / 3)
    assert values[f"named, {LATER}"] == 0
    assert values["named, no single cause"] == 1


def test_silence_is_true_where_no_first_cause_was_at_work():
    silent = figures(named(NONE, ILLNESS, NONE, NONE, NONE), truth())["silence true"]
    assert silent.value == 0.5  # ill by then, and ill next spring


def test_a_silence_of_the_other_way_is_wrong_unless_both_must_speak():
    one, other = named(ILLNESS, WORK, NONE, NONE, NONE), named(NONE, WORK, ILLNESS, NONE, NONE)
    assert paired(one, other, truth())[FALLS].value == 0.5
    assert paired(where_both(one, other), other, truth())[FALLS].value == 0


def test_a_board_that_says_what_falls_came_from_is_at_distance_nothing():
    alike = named(ILLNESS, WORK, ILLNESS, NONE, NONE)
    assert board_distance(alike, truth())[0] == pytest.approx(0)
    assert board_distance(named(*[WORK] * 5), truth())[0] == pytest.approx(2 / 3)
    assert board_distance(alike, truth(), AT_WORK)[0] == pytest.approx(2 / 3 - 1 / 2)


def test_falls_with_two_first_causes_count_half_to_each():
    both = truth()
    both.first[0, WORK] = True
    assert both.often[[ILLNESS, WORK]] == pytest.approx([0.5, 0.5])


def test_villages_bound_every_figure():
    table = measured({"way": figures(named(ILLNESS, ILLNESS, ILLNESS, NONE, NONE), truth())}, truth())
    value, low, high = table.loc[("way", f"right, {FALLS}")]
    assert value == pytest.approx(2 / 3)
    assert low == 0.5
    assert high == 1


def test_a_cause_says_how_often_it_was_named_when_at_work():
    table = by_cause(named(ILLNESS, ILLNESS, NONE, NONE, ILLNESS), truth())
    assert table.loc["illness", ["falls", "at work", "of these named", "right"]].tolist() == [2, 1, 1.0, 0.5]
    assert table.loc["illness", "named in the list"] == 2
    assert table.loc["employment", "of these named"] == 0


def test_a_step_is_held_against_how_often_its_names_are_right():
    step = pl.Series([FIRM, UNCERTAIN, None, None, None])
    shares = np.array([0.9, 0.4, np.nan, np.nan, np.nan])
    settings = load_params().model.forecast
    table = steps(named(ILLNESS, ILLNESS, NONE, NONE, NONE), step, shares, truth(), settings)
    assert table.loc[FIRM, [f"n, {FALLS}", f"share, {FALLS}", f"right, {FALLS}"]].tolist() == [1, 0.9, 1.0]
    assert table.loc[UNCERTAIN, f"right, {FALLS}"] == 0
