"""Naming ordered by the forecast of causes, as delivered, and with some recorded causes written by habit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from features.declaration import CAUSES
from models.arrays import Floats, Integers
from models.attribution.naming import names_of
from models.causes.forecast import CauseForecast
from models.causes.gate import confidence
from models.keys import KEYS
from models.risk.sampling import household_lot
from models.risk.training_set import feature_frame, sample_negatives, training_set_of
from models.training.season_training import TrainedSeason
from pipelines.stages.cause_forecasts import causes_recorded, fit_forecast
from pipelines.stages.seasons import gathered
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.store import Register
from studies.fidelity.naming import Named
from studies.fidelity.naming_cohorts import JudgedCohort
from studies.fidelity.naming_ways import places

FORECAST = "**the product, ordered by the forecast**"
FORECAST_ALONE = "forecast alone (of all causes the likeliest)"
BY_HABIT = "the product, {:.0%} of the records by habit"
#: Shares of the records that are replaced, and what habit writes (illness and labour are written first).
REPLACED = (0.3, 0.5)
HABIT = {"illness": 0.4, "labour": 0.24, "disability": 0.12, "employment": 0.12, "schooling": 0.12}
SEED = 20260101


@dataclass(frozen=True)
class Forecasted:
    """What a forecast says of a cohort: names by the gate, names without it, and how sure it is."""

    gated: Named
    alone: Named
    step: pl.Series
    said: Floats


def forecasted(cohort: JudgedCohort, forecast: CauseForecast, params: Parameters) -> Forecasted:
    """Name the causes of a cohort with a forecast."""
    chances = forecast.chances(cohort.now[list(forecast.features)])
    board = chances * cohort.explained["risk"].to_numpy()[:, np.newaxis]
    columns = [pl.Series(f"forecast_{cause}", chances[:, at]) for at, cause in enumerate(CAUSES)]
    explained = cohort.explained.with_columns(columns)
    said = names_of(explained, cohort.features, params.watchlist.least_multiplier)
    cause = places(said["main_cause"])
    share = share_among_events(said["events"], cause, chances)
    step = pl.select(confidence(pl.lit(pl.Series(share)).fill_nan(None), params.model.forecast)).to_series()
    return Forecasted(Named(cause, board), Named(chances.argmax(axis=1), board), step, share)


def share_among_events(events: pl.Series, cause: Integers, chances: Floats) -> Floats:
    """Give the named cause's chance among the causes with an event, NaN where none is named."""
    has_event = np.array([[name in causes for name in CAUSES] for causes in events.to_list()])
    whole = (chances * has_event).sum(axis=1)
    named = chances[np.arange(len(cause)), cause]
    return np.divide(named, whole, out=np.full(len(cause), np.nan), where=(cause >= 0) & (whole > 0))


def by_habit(records: pl.DataFrame, replaced: float) -> pl.DataFrame:
    """Replace the recorded causes of a share of the households by what habit writes."""
    written = np.random.default_rng(SEED).choice(list(HABIT), len(records), p=list(HABIT.values()))
    is_replaced = pl.Series(household_lot(records["household_id"], "by habit") < replaced)
    habit = pl.Series(written, dtype=pl.String)
    return records.with_columns(cause=pl.when(is_replaced).then(habit).otherwise("cause"))


def refitted(
    cohorts: Sequence[JudgedCohort], params: Parameters, replaced: Sequence[float]
) -> dict[float, list[CauseForecast | None]]:
    """Learn every cohort's forecast again with some records by habit.

    Rows without a record are those of the cohorts whose label was known on the day; their
    labels are not read.
    """
    judged = read_parquet(HERE.cohort)
    days = [cohort.rows["as_of_date"][0] for cohort in cohorts]
    records = causes_recorded(Register(HERE.register), judged, params.label.months, days, 1)
    known = {
        day: sample_negatives(
            judged.filter(pl.col("label_known_on") <= day).drop_nulls("label"), params.model.max_negatives
        )
        for day in days
    }
    built = gathered(HERE, [*known.values(), *records.values()])
    fitted: dict[float, list[CauseForecast | None]] = {one: [] for one in replaced}
    for cohort, day in zip(cohorts, days, strict=True):
        trained = _trained(cohort, known[day], built)
        for one in replaced:
            written = by_habit(records[day], one)
            fitted[one].append(fit_forecast(written, built, trained, params.model.forecast))
    return fitted


def _trained(cohort: JudgedCohort, known: pl.DataFrame, built: Sequence[pl.DataFrame]) -> TrainedSeason:
    """Put the model beside the rows its causes might have been recorded of."""
    rows, frame = feature_frame(known, built, cohort.model.feature_names)
    training = training_set_of(rows, frame, pl.repeat(value=True, n=len(rows), eager=True))
    return TrainedSeason(cohort.model, training, rows.select(KEYS), frame, None, None, {})
