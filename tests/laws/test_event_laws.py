"""An event never lowers its own cause: the features of the cause move towards risk, and so does its part."""

from functools import cache
from random import Random

import numpy as np
import pandas as pd
import polars as pl
import pytest

from features.declaration import CAUSES, declared_features, feature_groups
from features.engine import build_features
from models.attribution.attribute import attribute_change
from models.risk.model import RiskModel
from models.risk.training_set import monotone_directions
from tests.laws.events import DAY, HAPPENED, with_events
from tests.laws.registers import DATES, Tables, random_tables, shard_of

#: Found standing, never by an event; no direction is sure.
FREE = {"was_poor_through_labour", "is_in_cooperative", "n_rooms", "is_tenant"}
NAMES = [one.name for one in declared_features()]
DIRECTIONS = monotone_directions(declared_features())
#: An event in one of these tables is a fact of one cause alone.
OF_ONE_CAUSE = ("accident", "disaster", "schooling", "housing", "water")


@cache
def _before() -> tuple[Tables, pd.DataFrame]:
    """Build households; only those whose needs are known, as without no loss is a share of them."""
    tables = random_tables(1, households=40)
    members = tables["members"].with_columns(pl.col("equivalents").fill_null(1.0))
    rows = _rows(tables | {"members": members})
    return tables | {"members": members}, rows[rows["household_size"] > 0]


@cache
def _pairs(cause: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build households without and with an event of the cause, all else equal."""
    (tables, plain), before, after = _before(), [], []
    for says in HAPPENED[cause][1]:
        struck, homes = with_events(tables, cause, says, Random(1))
        rows = _rows(struck)
        there = [home for home in homes if home in plain.index and home in rows.index]
        before.append(plain.loc[there])
        after.append(rows.loc[there])
    return pd.concat(before), pd.concat(after)


def _rows(tables) -> pd.DataFrame:
    built = build_features(shard_of(tables), DATES, 12)
    frame = built.to_pandas().set_index("household_id")
    return frame.loc[frame["as_of_date"].dt.date == DAY, NAMES].astype(np.float64)


def test_a_feature_of_a_cause_has_a_direction_unless_no_event_moves_it():
    assert {one.name for one in declared_features() if one.group in CAUSES and not one.direction} == FREE


@pytest.mark.parametrize("cause", CAUSES)
def test_an_event_moves_the_features_of_its_cause_towards_risk_only(cause):
    before, after = _pairs(cause)
    moved = []
    for name in feature_groups()[cause]:
        change = (after[name] - before[name]).to_numpy()
        assert (before[name].isna() == after[name].isna()).all(), name
        assert not (change * DIRECTIONS[name] < -1e-9).any(), name
        assert name not in FREE or not np.nan_to_num(change).any(), name
        moved += [name] if np.nan_to_num(change).any() else []
    assert moved


@pytest.mark.parametrize("cause", OF_ONE_CAUSE)
def test_an_event_moves_no_feature_of_another_cause(cause):
    before, after = _pairs(cause)
    others = [name for other in CAUSES if other != cause for name in feature_groups()[other]]
    pd.testing.assert_frame_equal(before[others], after[others])


@cache
def _model() -> RiskModel:
    """Learn from labels that call every event harmless, as hard as they can."""
    frames = [half for cause in CAUSES for half in _pairs(cause)]
    label = np.concatenate([np.full(len(half), at % 2 == 0) for at, half in enumerate(frames)])
    noise = np.random.default_rng(1).random(len(label)) < 0.1
    rows = pd.concat(frames).reset_index(drop=True)
    model = RiskModel(members=1, rounds=60, min_data_in_leaf=5, feature_fraction=0.5, lambda_l2=0.1)
    return model.set_params(monotone_cst=DIRECTIONS).fit(rows, label ^ noise)


@pytest.mark.parametrize("logistic_share", [0.0, 0.5])
@pytest.mark.parametrize("cause", CAUSES)
def test_no_model_gives_an_event_a_part_that_lowers_its_cause(cause, logistic_share):
    before, after = _pairs(cause)
    parts = attribute_change(_model().blended(logistic_share), after, before, feature_groups())
    assert parts[cause].min() > -1e-9


def test_the_labels_were_against_it():
    """Without directions the same labels give events parts that lower their causes."""
    before, after = _pairs("accident")
    frames, label = (
        pd.concat([before, after]).reset_index(drop=True),
        np.arange(2 * len(before)) < len(before),
    )
    free = RiskModel(members=1, rounds=60, min_data_in_leaf=5, feature_fraction=0.5).fit(frames, label)
    assert attribute_change(free, after, before, feature_groups())["accident"].mean() < -1
