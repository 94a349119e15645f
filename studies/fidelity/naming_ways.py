"""Ways to name the cause of a fall, or none.

Those with an event all go through the product's own `names_of`; they differ in what counts as fresh.
"""

import lightgbm as lgb
import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import GroupKFold

from features.declaration import CAUSES, declared_features, feature_groups
from models.arrays import Flags, Floats, Integers
from models.attribution.attribute import attribute, attribute_change
from models.attribution.naming import names_of
from register.reference import cause_events
from studies.fidelity.naming import NONE, Named
from studies.fidelity.naming_cohorts import JudgedCohort
from studies.fidelity.owen import is_fresh, owen_parts

TODAY = "largest positive part (before ADR 22)"
COMMONEST = "commonest true cause, for everybody"
ALERT = "department alert that speaks, else the commonest"
RECORD = "commonest cause with an event, else the commonest"
PHI = "event and part"
EVENT = "event, ordered by fresh part"
OWEN = "event and Owen's fresh part"
STRANGER = "event and a stranger's past (placebo)"
PRODUCT = "**the product: event and fresh part**"
LEARNED = "trees taught the true causes (bound)"

SEED = 20260101
#: A multiplier that every part passes.
ANY = 1e-12
#: The cause that a department's alert speaks of (register/reference/alert_rules.yaml).
ALERT_CAUSES = {
    "dangerous_house": "housing",
    "unsafe_water": "water",
    "dropout": "schooling",
    "medical_payment": "illness",
    "medical_payment_any": "illness",
    "major_illness": "illness",
    "disaster": "disaster",
    "accident": "accident",
    "severe_disability": "disability",
    "no_work": "employment",
}


def ways_of(cohort: JudgedCohort, often: Floats, least_multiplier: float) -> dict[str, Named]:
    """Name the causes of a cohort in every way that takes no teaching.

    The slow ways name those who are judged or listed, and so have no board.

    Parameters
    ----------
    cohort : JudgedCohort
        Of one season.
    often : ndarray, shape (n_causes,)
        How often each cause is the first true one.
    least_multiplier : float
        Of the odds, the least a fresh part is worth naming.
    """
    risk = cohort.explained["risk"].to_numpy()
    phi = attribute(cohort.model, cohort.now, feature_groups())[1][list(CAUSES)].to_numpy()
    commonest = np.full(len(risk), often.argmax())
    slow = {OWEN: _owen(cohort), STRANGER: _against_strangers(cohort)}
    named = {
        COMMONEST: commonest,
        ALERT: _else(alerted(cohort.rows["alerts"]), commonest),
        RECORD: _else(_named(cohort, np.broadcast_to(1 + often, phi.shape), ANY), commonest),
        PHI: _named(cohort, phi, least_multiplier),
        EVENT: _named(cohort, fresh_of(cohort.explained), ANY),
        PRODUCT: _named(cohort, fresh_of(cohort.explained), least_multiplier),
    }
    on_boards = {way: one_each(cause, risk) for way, cause in named.items()}
    judged_only = {
        way: one_each(_named(cohort, fresh, least_multiplier), np.zeros(len(risk)))
        for way, fresh in slow.items()
    }
    return {TODAY: _today(phi, risk), **on_boards, **judged_only}


def fresh_of(explained: pl.DataFrame) -> Floats:
    """Give the fresh parts of the causes, NaN where no year lies behind."""
    return explained.select(f"fresh_{cause}" for cause in CAUSES).to_numpy()


def places(causes: pl.Series) -> Integers:
    """Give the place of each cause in `CAUSES`, `NONE` where none is named."""
    known = {cause: at for at, cause in enumerate(CAUSES)}
    return causes.replace_strict(known, default=NONE, return_dtype=pl.Int64()).to_numpy()


def alerted(alerts: pl.Series) -> Integers:
    """Name the cause of the first alert that speaks."""
    return places(alerts.list.first().replace_strict(ALERT_CAUSES, return_dtype=pl.String()))


def one_each(cause: Integers, weight: Floats) -> Named:
    """Let every named household count with its weight for its cause on the board."""
    board = np.zeros((len(cause), len(CAUSES)))
    at = np.flatnonzero(cause != NONE)
    board[at, cause[at]] = weight[at]
    return Named(cause, board)


def _today(phi: Floats, risk: Floats) -> Named:
    """Name the largest part; the board shares each risk out by the parts that raise it."""
    raising = phi.clip(min=0)
    whole = raising.sum(axis=1, keepdims=True)
    return Named(
        np.where(whole[:, 0] > 0, phi.argmax(axis=1), NONE),
        risk[:, np.newaxis] * raising / np.where(whole > 0, whole, 1.0),
    )


def _named(cohort: JudgedCohort, fresh: Floats, least_multiplier: float) -> Integers:
    """Let the product name by other fresh parts than its own."""
    columns = [pl.Series(f"fresh_{cause}", fresh[:, at]).fill_nan(None) for at, cause in enumerate(CAUSES)]
    named = names_of(cohort.explained.with_columns(columns), cohort.features, least_multiplier)
    return places(named["main_cause"])


def _else(cause: Integers, other: Integers) -> Integers:
    return np.where(cause == NONE, other, cause)


def _judged(cohort: JudgedCohort) -> Integers:
    """Give the positions of those who are judged or listed."""
    return np.flatnonzero(cohort.first.any(axis=1) | cohort.rows["is_listed"].to_numpy())


def _owen(cohort: JudgedCohort) -> Floats:
    by_name = {one.name: one for one in declared_features()}
    features = [by_name[name] for name in cohort.model.feature_names]
    fresh = is_fresh(features, [name for event in cause_events() for name in event.at_least])
    return _spread(cohort, owen_parts(cohort.model, cohort.now.iloc[_judged(cohort)], fresh))


def _against_strangers(cohort: JudgedCohort) -> Floats:
    """Read the change against the past of another household of the cohort."""
    chosen = _judged(cohort)
    drawn = np.random.default_rng(SEED).choice(len(cohort.earlier), len(chosen))
    now = cohort.now.iloc[chosen]
    then = pd.DataFrame(cohort.earlier.to_numpy()[drawn], index=now.index, columns=now.columns)
    return _spread(cohort, attribute_change(cohort.model, now, then, feature_groups()).to_numpy())


def _spread(cohort: JudgedCohort, parts: Floats) -> Floats:
    """Put the parts of the judged in their places, NaN elsewhere."""
    spread = np.full((len(cohort.now), len(CAUSES)), np.nan)
    spread[_judged(cohort)] = parts[:, : len(CAUSES)]
    return spread


def taught(frame: pd.DataFrame, first: Flags, villages: pl.Series, risk: Floats) -> Named:
    """Let trees learn the true causes of other villages' falls: what the features could say at best."""
    falls, chance = np.asarray(first.any(axis=1)), np.zeros(first.shape)
    matrix = frame.to_numpy()
    for learned, held_out in GroupKFold(5).split(matrix, groups=villages.to_numpy()):
        known = learned[falls[learned]]
        trees = lgb.LGBMClassifier(
            n_estimators=60, num_leaves=7, learning_rate=0.08, colsample_bytree=0.3, reg_lambda=10.0,
            random_state=1, n_jobs=1, verbosity=-1,
        ).fit(matrix[known], first[known].argmax(axis=1))  # fmt: skip
        chance[np.ix_(held_out, trees.classes_)] = trees.predict_proba(matrix[held_out])
    return Named(chance.argmax(axis=1), chance * risk[:, np.newaxis])
