"""Fidelity in the simulated prefecture: does the main cause match what made a household fall.

A household is explained on the last day of a season by the model trained as of that day;
its true cause is the one without which the fall recorded within the next 12 months would
not have been recorded (`simulator.truth`), the one that took most if there are several.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import GroupKFold

from features.declaration import CAUSES, declared_features, feature_groups
from features.storage import read_features
from models.arrays import Flags, Floats
from models.attribution.attribute import attribute, attribute_change, attribute_interventional
from models.keys import KEYS
from models.risk.storage import load_model
from models.risk.training_set import feature_frame
from models.training.selection import KINDS
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.seasons import months_later, season_end
from studies.fidelity.entrants import BACKGROUND, SUMMED
from studies.fidelity.scores import BLEND, CAUSE, LOGISTIC
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import read_truth, require_falls

MONTHS, SEED, N_BACKGROUND = 12, 20260101, 64
COMMONEST, STANDARDISED = "commonest true cause, for everybody", "largest standardised feature"
CHANGED, LIKELY = "what changed in a year", "what changed, times how common each cause is"
LEARNED = "learned from the true causes of other villages"
#: A guarantee lost outweighs any loss of income, in shares of the needs.
BREACH = 10.0


@dataclass(frozen=True)
class Fallen:
    """Households that fell after a season, in every array in the same order.

    Attributes
    ----------
    frame : pandas.DataFrame
        Their features on the day.
    rows : DataFrame
        ``as_of_date, fell_on, village_id, struck_on`` (of the first true cause).
    truth : ndarray, shape (n_households, n_causes)
        How much each necessary cause took, 0 where it was not necessary.
    ways : mapping of str to ndarray, shape (n_households, n_causes)
        What each way gives the causes.
    """

    frame: pd.DataFrame
    rows: pl.DataFrame
    truth: Floats
    ways: Mapping[str, Floats]


def prefecture(threads: int = 1) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Judge the main causes of all origins of the last run; None where there was none.

    Returns
    -------
    tuple of (DataFrame, DataFrame)
        One row a way of naming, one column the households judged, the first row counts them;
        and one row a cause: how often it is the true one, could be known, and is named.
    """
    if not (HERE.training).is_file() or not HERE.truth.is_dir():
        return None
    training = json.loads((HERE.training).read_text(encoding="utf-8"))
    require_falls(training["label"])
    origins = training["origins"]
    falls = true_causes(read_truth(HERE.truth, "falls", pseudonym()))
    seasons = [_season(season, falls, threads) for season in origins]
    truth, rows = np.concatenate([one.truth for one in seasons]), pl.concat(one.rows for one in seasons)
    first = truth >= truth.max(axis=1, keepdims=True) - 1e-12
    ways = {way: np.concatenate([one.ways[way] for one in seasons]) for way in seasons[0].ways}
    ways[COMMONEST] = np.broadcast_to(first.mean(axis=0), truth.shape)
    ways[LIKELY] = np.log(first.mean(axis=0) + 0.5 / len(first)) + ways[CHANGED]
    ways[LEARNED] = _learned(pd.concat([one.frame for one in seasons]), first, rows["village_id"])
    judged = judged_apart(rows)
    table = {way: _row(values, first, judged) for way, values in ways.items()}
    counted = {"households": {f"top-1, {name}": kept.sum() for name, kept in judged.items()}, **table}
    return pd.DataFrame(counted).T, _by_cause(first, judged, {way: ways[way] for way in (CAUSE, CHANGED)})


def _by_cause(first: Flags, judged: Mapping[str, Flags], ways: Mapping[str, Floats]) -> pd.DataFrame:
    """Say of each cause how often it is the first true one, came later, and is named first."""
    true = first.argmax(axis=1)
    rows = {
        cause: {
            "first true cause": (true == at).mean(),
            "of these at work by then": judged["at work by then"][true == at].mean(),
            **{f"named by {way}": (parts.argmax(axis=1) == at).mean() for way, parts in ways.items()},
        }
        for at, cause in enumerate(CAUSES)
        if (true == at).any()
    }
    return pd.DataFrame(rows).T


def judged_apart(rows: pl.DataFrame) -> dict[str, Flags]:
    """Group households by whether the true cause could be known on the day, and by months to the fall."""
    at_work = (pl.col("struck_on") <= pl.col("as_of_date")).fill_null(value=False)
    later = (pl.col("struck_on") > pl.col("as_of_date")).fill_null(value=False)
    ahead = ((pl.col("fell_on") - pl.col("as_of_date")).dt.total_days() / 30.44).round()
    groups = {
        "all": pl.col("fell_on").is_not_null(),
        "at work by then": at_work,
        "came later": later,
        "without a shock": pl.col("struck_on").is_null(),
        **{f"fell {n} months later": ahead == n for n in (3, 6, 9, 12)},
    }
    return {name: rows.select(one).to_series().to_numpy() for name, one in groups.items()}


def true_causes(falls: pl.DataFrame) -> pl.DataFrame:
    """Weigh the causes of each recorded fall, one column a cause, 0 where it was not necessary.

    ``struck_on`` is the first cause's.
    """
    taken = pl.col("told_over_needs_without") - pl.col("told_over_needs")
    lost = (pl.col("has_breach") & ~pl.col("has_breach_without")).cast(pl.Float64) * BREACH
    necessary = falls.filter("is_necessary_as_told").with_columns(weight=taken.clip(0) + lost)
    keys = ["household_id", "fell_on"]
    wide = necessary.pivot(  # noqa: PD010 - polars
        "cause", index=keys, values="weight", aggregate_function="max"
    )
    absent = [pl.lit(0.0).alias(cause) for cause in CAUSES if cause not in wide.columns]
    heaviest = necessary.sort("weight", "cause", descending=[True, False]).unique(
        keys, keep="first", maintain_order=True
    )
    causes = wide.with_columns(*absent).select(*keys, *CAUSES).with_columns(pl.col(*CAUSES).fill_null(0.0))
    return causes.join(heaviest.select(*keys, "struck_on"), on=keys, how="left")


def _season(season: str, falls: pl.DataFrame, threads: int) -> Fallen:
    day = season_end(season)
    cohort = read_parquet(HERE.cohort).filter(pl.col("as_of_date") == day)
    after = falls.filter(pl.col("fell_on") > day, pl.col("fell_on") <= months_later(day, MONTHS))
    first = after.sort("fell_on").unique("household_id", keep="first", maintain_order=True)
    rows = cohort.filter("label").join(first, on="household_id", how="inner")
    shards = [read_features(path) for path in sorted(HERE.features.glob("*.parquet"))]
    names = [one.name for one in declared_features()]
    fell, frame = feature_frame(rows, shards, names)
    _, everybody = feature_frame(cohort.select(KEYS), shards, names)
    then = _a_year_before(fell, shards, frame)
    facts = fell.select("as_of_date", "fell_on", "village_id", "struck_on")
    return Fallen(
        frame, facts, fell.select(CAUSES).to_numpy(), _ways(season, frame, then, everybody, threads)
    )


def _a_year_before(fell: pl.DataFrame, shards: Sequence[pl.DataFrame], frame: pd.DataFrame) -> pd.DataFrame:
    """Look up the same households' features a year before; unknown where there was none yet."""
    earlier = fell.select("household_id", pl.col("as_of_date").dt.offset_by("-12mo").dt.month_end())
    names = list(frame.columns)
    features = pl.concat(shard.join(earlier, on=KEYS, how="semi").select(*KEYS, *names) for shard in shards)
    then = earlier.join(features, on=KEYS, how="left", maintain_order="left")
    return pd.DataFrame(then.select(names).cast(pl.Float64).to_numpy(), index=frame.index, columns=names)


def _ways(
    season: str, frame: pd.DataFrame, then: pd.DataFrame, everybody: pd.DataFrame, threads: int
) -> dict[str, Floats]:
    model, groups = load_model(HERE.origins / season, threads), feature_groups()
    kinds = dict(zip((CAUSE, BLEND, LOGISTIC), KINDS.values(), strict=True))
    trees, named = model.blended(KINDS["trees"]), list(CAUSES)
    background = everybody.sample(N_BACKGROUND, random_state=SEED)
    singles = attribute(trees, frame, {name: [name] for name in frame.columns})[1]
    return {
        **{
            way: attribute(model.blended(share), frame, groups)[1][named].to_numpy()
            for way, share in kinds.items()
        },
        BACKGROUND: attribute_interventional(trees, frame, groups, background)[1][named].to_numpy(),
        SUMMED: np.column_stack([singles[groups[cause]].sum(axis=1) for cause in CAUSES]),
        CHANGED: attribute_change(trees, frame, then, groups)[named].to_numpy(),
        STANDARDISED: _standardised(frame, everybody, groups),
    }


def _standardised(
    frame: pd.DataFrame, everybody: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> Floats:
    """Give each cause its feature that stands out most towards risk, in standard deviations."""
    known = {one.name: one.direction for one in declared_features() if one.direction}
    scaled = (frame - everybody.mean()) / everybody.std().where(lambda spread: spread > 0, 1.0)
    turned = scaled[list(known)] * pd.Series(known)
    chosen = {cause: [name for name in groups[cause] if name in known] for cause in CAUSES}
    return np.column_stack([turned[names].max(axis=1).fillna(0) for names in chosen.values()])


def _learned(frame: pd.DataFrame, first: Flags, villages: pl.Series) -> Floats:
    """Let trees learn the true cause from the other villages' falls: what the features could tell at best."""
    matrix, cause = frame.to_numpy(), first.argmax(axis=1)
    chance = np.zeros(first.shape)
    for learned, held_out in GroupKFold(5).split(matrix, cause, villages.to_numpy()):
        trees = lgb.LGBMClassifier(
            n_estimators=60, num_leaves=7, learning_rate=0.08, colsample_bytree=0.3, reg_lambda=10.0,
            random_state=1, n_jobs=1, verbosity=-1,
        )  # fmt: skip
        trees.fit(matrix[learned], cause[learned])
        chance[np.ix_(held_out, trees.classes_)] = trees.predict_proba(matrix[held_out])
    return chance


def _row(parts: Floats, first: Flags, judged: Mapping[str, Flags]) -> dict[str, float]:
    order = np.argsort(-parts, axis=1, kind="stable")
    top1, top2 = (np.asarray(np.take_along_axis(first, order[:, :n], axis=1).any(axis=1)) for n in (1, 2))
    return {
        **{f"top-1, {name}": top1[kept].mean() for name, kept in judged.items()},
        "top-2, all": top2.mean(),
    }
