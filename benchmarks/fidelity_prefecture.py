"""Fidelity in the simulated prefecture: does the main cause match what made a household fall.

A household is explained on the last day of a season by the model trained as of that day;
its true cause is the one without which the fall recorded within the next 12 months would
not have been recorded (`register.simulator.truth`), the one that took most if there are several.
"""

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.fidelity import BACKGROUND, CAUSE, SUMMED
from features.declaration import CAUSES, declared_features, feature_groups
from models.attribution import attribute, attribute_interventional
from models.storage import load_model
from models.training_set import KEYS, feature_frame
from models.tree_text import Flags, Floats
from models.truth import read_truth, require_falls
from pipelines.oracle import pseudonym
from pipelines.workspace import FEATURES, MODEL, TRUTH
from register.atomic import read_parquet
from register.seasons import months_later, season_end

MONTHS, SEED, N_BACKGROUND = 12, 20260101, 64
COMMONEST, STANDARDISED = "commonest true cause, for everybody", "largest standardised feature"
#: A guarantee lost outweighs any loss of income, in shares of the needs.
BREACH = 10.0


def prefecture(threads: int = 1) -> pd.DataFrame | None:
    """Judge the main causes of all origins of the last run; None where there was none.

    Returns
    -------
    DataFrame
        One row a way of naming, one column the households judged; the first row counts them.
    """
    if not (MODEL / "training.json").is_file() or not (TRUTH / "manifest.json").is_file():
        return None
    training = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    require_falls(training["label"])
    origins = training["origins"]
    falls = true_causes(read_truth(TRUTH, "falls", pseudonym()))
    seasons = [_season(season, falls, threads) for season in origins]
    ways = {way: np.concatenate([one[0][way] for one in seasons]) for way in seasons[0][0]}
    truth, ahead = (np.concatenate([one[place] for one in seasons]) for place in (1, 2))
    first = truth >= truth.max(axis=1, keepdims=True) - 1e-12
    stood_out = (first & (ways[STANDARDISED] >= 1)).any(axis=1)
    ways[COMMONEST] = np.broadcast_to(first.mean(axis=0), truth.shape)
    judged = {
        "all": np.ones(len(truth), dtype=bool),
        "true cause stood out by then": stood_out,
        **{f"fell {n} months later": np.rint(ahead) == n for n in (3, 6, 9, 12)},
    }
    rows = {way: _row(values, first, judged) for way, values in ways.items()}
    return pd.DataFrame(
        {"households": {f"top-1, {name}": kept.sum() for name, kept in judged.items()}, **rows}
    ).T


def true_causes(falls: pl.DataFrame) -> pl.DataFrame:
    """Weigh the causes of each recorded fall, one column a cause, 0 where it was not necessary."""
    taken = pl.col("told_over_needs_without") - pl.col("told_over_needs")
    lost = (pl.col("has_breach") & ~pl.col("has_breach_without")).cast(pl.Float64) * BREACH
    necessary = falls.filter("is_necessary_as_told").with_columns(weight=taken.clip(0) + lost)
    wide = necessary.pivot(  # noqa: PD010 - polars
        "cause", index=["household_id", "fell_on"], values="weight", aggregate_function="max"
    )
    absent = [pl.lit(0.0).alias(cause) for cause in CAUSES if cause not in wide.columns]
    return wide.with_columns(*absent).select("household_id", "fell_on", *CAUSES).fill_null(0.0)


def _season(season: str, falls: pl.DataFrame, threads: int) -> tuple[dict[str, Floats], Floats, Floats]:
    day = season_end(season)
    cohort = read_parquet(MODEL / "cohort.parquet").filter(pl.col("as_of_date") == day)
    after = falls.filter(pl.col("fell_on") > day, pl.col("fell_on") <= months_later(day, MONTHS))
    first = after.sort("fell_on").unique("household_id", keep="first", maintain_order=True)
    rows = cohort.filter("label").join(first, on="household_id", how="inner")
    shards = [read_parquet(path) for path in sorted(FEATURES.glob("*.parquet"))]
    names = [one.name for one in declared_features()]
    fell, frame = feature_frame(rows, shards, names)
    _, everybody = feature_frame(cohort.select(KEYS), shards, names)
    ways = _ways(season, frame, everybody, threads)
    ahead = (fell["fell_on"] - fell["as_of_date"]).dt.total_days().to_numpy() / 30.44
    return ways, fell.select(CAUSES).to_numpy(), ahead


def _ways(season: str, frame: pd.DataFrame, everybody: pd.DataFrame, threads: int) -> dict[str, Floats]:
    model, groups = load_model(MODEL / "origins" / season, threads), feature_groups()
    background = everybody.sample(N_BACKGROUND, random_state=SEED)
    singles = attribute(model, frame, {name: [name] for name in frame.columns})[1]
    known = {one.name: one.direction for one in declared_features() if one.direction}
    scaled = (frame - everybody.mean()) / everybody.std().where(lambda spread: spread > 0, 1.0)
    turned = scaled[list(known)] * pd.Series(known)
    return {
        CAUSE: attribute(model, frame, groups)[1][list(CAUSES)].to_numpy(),
        BACKGROUND: attribute_interventional(model, frame, groups, background)[1][list(CAUSES)].to_numpy(),
        SUMMED: np.column_stack([singles[groups[cause]].sum(axis=1) for cause in CAUSES]),
        STANDARDISED: np.column_stack(
            [
                turned[[name for name in groups[cause] if name in known]].max(axis=1).fillna(0)
                for cause in CAUSES
            ]
        ),
    }


def _row(parts: Floats, first: Flags, judged: Mapping[str, Flags]) -> dict[str, float]:
    order = np.argsort(-parts, axis=1, kind="stable")
    top1, top2 = (np.take_along_axis(first, order[:, :n], axis=1).any(axis=1) for n in (1, 2))
    return {
        **{f"top-1, {name}": top1[kept].mean() for name, kept in judged.items()},
        "top-2, all": top2.mean(),
    }
