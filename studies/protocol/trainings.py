"""The trainings of the protocol: every split of every origin, each with the same learner and parameters."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from features.declaration import declared_features
from models.keys import KEYS
from models.risk.logistic import blend
from models.risk.training_set import monotone_directions
from models.training.season_training import TrainedSeason, train_season
from models.training.selection import Selection
from pipelines.stages.seasons import gathered
from pipelines.workspace.workspace import HERE, progress
from register.errors import StoreError
from studies.protocol.calibration_comparison import past_readings, readings
from studies.protocol.learned_baselines import LEARNED, learned_scores
from studies.protocol.past import Past
from studies.protocol.splits import ROLLING, Fold

Done = TypeVar("Done")


@dataclass(frozen=True)
class Late:
    """What the rows an origin was calibrated on tell of other ways to calibrate, and of the kinds.

    Attributes
    ----------
    past, tested : DataFrame
        Calibration maps read on seasons closed by the origin, and on the origin's own cohort.
    regrets : DataFrame
        Of the kinds of model, by past season.
    """

    past: pl.DataFrame
    tested: pl.DataFrame
    regrets: pl.DataFrame


@dataclass(frozen=True)
class Trained:
    """What a training leaves: the risk of the rows judged; of a rolling one, more.

    Attributes
    ----------
    fold : Fold
        What was trained and judged.
    scores : DataFrame
        `KEYS` and the risk, named for the split.
    learned : DataFrame or None
        `KEYS` and a column of log-odds for every learned baseline.
    late : Late or None
        None too where too little was known to calibrate.
    """

    fold: Fold
    scores: pl.DataFrame
    learned: pl.DataFrame | None
    late: Late | None


def train_all(past: Past, folds: Sequence[Fold]) -> list[Trained]:
    """Train every fold, side by side, each on one thread, and show how far they are."""
    built = gathered(HERE, (one.rows for one in folds))
    threads = past.params.compute.threads
    with ThreadPoolExecutor(threads) as pool, threadpool_limits(1):
        begun = [pool.submit(_train, past, fold, built) for fold in folds]
        try:
            return [one.result() for one in progress(begun, "trainings of the splits", "training")]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # after an error nobody waits for the rest


def _train(past: Past, fold: Fold, built: Sequence[pl.DataFrame]) -> Trained:
    season = train_season(
        known=fold.known,
        known_earlier=fold.known_earlier,
        rows=fold.rows,
        shards=built,
        features=declared_features(),
        day=fold.day,
        label_months=past.rules.months,
        settings=past.splitting.settings,
    )
    risk = season.model.predict_proba(season.scored_frame)[:, 1]
    scores = season.scored.with_columns(pl.Series(fold.split, risk))
    if fold.split != ROLLING:
        return Trained(fold, scores, None, None)
    late = (
        _late(past, fold.origin, season, season.late, season.selection)
        if season.late is not None and season.selection
        else None
    )
    return Trained(fold, scores, _learned(past, season), late)


def _learned(past: Past, season: TrainedSeason) -> pl.DataFrame:
    directions = monotone_directions(declared_features())
    splines = past.params.protocol.splines
    scores = learned_scores(
        season.training, season.scored_frame, directions, past.splitting.settings, splines
    )
    return season.scored.with_columns(pl.Series(name, scores[name]) for name in LEARNED)


def _late(past: Past, origin: str, season: TrainedSeason, judged: pl.DataFrame, selection: Selection) -> Late:
    """Read what became known last, and the origin's cohort, with every calibration map."""
    named = pl.lit(origin).alias("origin")
    share = selection.logistic_share
    raw = blend(judged["boosted"].to_numpy(), judged["logistic"].to_numpy(), share)
    closed = past.placed(judged.with_columns(named, pl.Series("raw", raw)))
    margin = pl.Series("raw", season.model.raw_margin(season.scored_frame))
    labels = past.cohort.select(*KEYS, pl.col("label").cast(pl.Int64)).drop_nulls()
    cohort = past.placed(season.scored.with_columns(named, margin).join(labels, on=KEYS))
    least = past.splitting.settings.min_calibration_positives
    return Late(
        past_readings(closed, least), readings(closed, cohort), selection.regrets.select(named, pl.all())
    )


def by_split(done: Sequence[Trained]) -> pl.DataFrame:
    """Set the splits' risks of the same rows side by side: `KEYS` and a column a split."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for one in done:
        parts.setdefault(one.fold.split, []).append(one.scores)
    columns = [pl.concat(scores) for scores in parts.values()]
    first, *others = columns
    for other in others:
        first = first.join(other, on=KEYS, how="inner", validate="1:1")
    return first.sort(KEYS)


def refuse_stale(scores: pl.DataFrame, stored: pl.DataFrame) -> None:
    """Refuse to compare with scores that another training gave.

    Parameters
    ----------
    scores, stored : DataFrame
        `KEYS` and the risk of the judged rows, as trained now and as the run left it.

    Raises
    ------
    StoreError
        When a risk differs: code, parameters or data changed since the run.
    """
    both = stored.join(scores, on=KEYS, how="left")
    if not np.allclose(both["risk_model"].to_numpy(), both[ROLLING].to_numpy(), rtol=0, atol=1e-9):
        raise StoreError(
            f"{HERE.model}: training the judged seasons again gives other risks than the run left there; run "
            "huitou run with the same --set first"
        )
