"""Ways to name the cause of a fall, or none."""

from collections.abc import Sequence
from math import log

import lightgbm as lgb
import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import GroupKFold

from features.declaration import CAUSES
from models.arrays import Flags, Floats, Integers
from studies.fidelity.naming import NONE, Named
from studies.fidelity.naming_parts import Parts

TODAY = "largest positive part"
COMMONEST = "commonest true cause, for everybody"
ALERT = "department alert that speaks, else the commonest"
PHI = "largest part with an event"
EVENT = "event, ordered by fresh part"
PRODUCT = "event and fresh part"
OWEN = "event and Owen's fresh part"
STRANGER = "event and a stranger's past (placebo)"
FORECAST = "event and fresh part, ordered by the forecast"
FORECAST_ALONE = "forecast alone"
LEARNED = "trees taught the true causes (bound)"

#: Least a part must be to be named (`watchlist.least_multiplier`).
LEAST = log(1.05)
#: The cause that a department's alert speaks of (register/reference/alert_rules.yaml).
ALERT_CAUSES = {
    "dangerous_house": "housing", "unsafe_water": "water", "dropout": "schooling", "medical_payment": "illness",
    "medical_payment_any": "illness", "major_illness": "illness", "disaster": "disaster", "accident": "accident",
    "severe_disability": "disability", "no_work": "employment",
}  # fmt: skip


def first_of(values: Floats, allowed: Flags) -> Integers:
    """Name the allowed cause of the largest value, `NONE` where none is allowed."""
    largest = np.where(allowed, values, -np.inf).argmax(axis=1)
    return np.where(allowed.any(axis=1), largest, NONE)


def one_each(cause: Integers, weight: Floats) -> Named:
    """Let every named household count with its weight on the board of its cause."""
    board = np.zeros((len(cause), len(CAUSES)))
    at = np.flatnonzero(cause != NONE)
    board[at, cause[at]] = weight[at]
    return Named(cause, board)


def ways_of(parts: Parts, risk: Floats, alerts: pl.Series, commonest: int) -> dict[str, Named]:
    """Name by what the model, the register and the departments say."""
    event = parts.has_event
    spoken = alerted(alerts)
    chosen = {
        COMMONEST: np.full(len(risk), commonest),
        ALERT: np.where(spoken == NONE, commonest, spoken),
        PHI: first_of(parts.phi, event & (parts.phi >= LEAST)),
        EVENT: first_of(parts.fresh, event & np.isfinite(parts.fresh)),
        PRODUCT: first_of(parts.fresh, event & (parts.fresh >= LEAST)),
        OWEN: first_of(parts.owen, event & (parts.owen >= LEAST)),
        STRANGER: first_of(parts.stranger, event & (parts.stranger >= LEAST)),
    }
    raising = parts.phi.clip(min=0)
    shares = raising / np.maximum(raising.sum(axis=1, keepdims=True), 1e-300)
    today = Named(first_of(parts.phi, parts.phi > 0), shares * risk[:, np.newaxis])
    return {TODAY: today, **{way: one_each(cause, risk) for way, cause in chosen.items()}}


def alerted(alerts: pl.Series) -> Integers:
    """Name the cause of the first alert that speaks, `NONE` where none does."""
    first = alerts.list.first().replace_strict(ALERT_CAUSES, return_dtype=pl.String())
    places = {cause: at for at, cause in enumerate(CAUSES)}
    return first.replace_strict(places, default=NONE, return_dtype=pl.Int64()).to_numpy()


def forecast_ways(parts: Parts, risk: Floats, forecast: Floats) -> dict[str, Named]:
    """Name by the forecast of causes (shares that sum to 1), with the product's gate and without."""
    board = forecast * risk[:, np.newaxis]
    gate = parts.has_event & (parts.fresh >= LEAST)
    return {
        FORECAST: Named(first_of(forecast, gate), board),
        FORECAST_ALONE: Named(forecast.argmax(axis=1), board),
    }


def taught(frame: pd.DataFrame, first: Flags, villages: pl.Series, risk: Floats) -> Named:
    """Let trees learn the true causes of other villages' falls: what the features could say at best."""
    falls, chance = first.any(axis=1), np.zeros(first.shape)
    matrix = frame.to_numpy()
    for learned, held_out in GroupKFold(5).split(matrix, groups=villages.to_numpy()):
        seen = learned[falls[learned]]
        trees = lgb.LGBMClassifier(
            n_estimators=60, num_leaves=7, learning_rate=0.08, colsample_bytree=0.3, reg_lambda=10.0,
            random_state=1, n_jobs=1, verbosity=-1,
        ).fit(matrix[seen], first[seen].argmax(axis=1))  # fmt: skip
        chance[np.ix_(held_out, trees.classes_)] = trees.predict_proba(matrix[held_out])
    return Named(chance.argmax(axis=1), chance * risk[:, np.newaxis])
