"""Naming ordered by the forecast of causes, as delivered, and with some recorded causes written by habit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from models.arrays import Floats
from models.attribution.naming import names_of
from models.causes.forecast import CauseForecast
from models.causes.forecast_columns import SHARES, with_confidence, with_shares
from models.keys import KEYS
from models.labels.recorded_causes import MONITORING
from models.risk.sampling import household_lot
from models.risk.training_set import feature_frame, sample_by_label, training_set_of
from models.training.season_training import TrainedSeason
from pipelines.stages.cause_forecasts import causes_recorded, fit_forecast
from pipelines.stages.seasons import gathered
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.store import Register
from studies.fidelity.naming import Named
from studies.fidelity.naming_cohorts import JudgedCohort
from studies.fidelity.naming_ways import one_each, places

FORECAST = "**the product, ordered by the forecast**"
FORECAST_ALONE = "forecast alone (of all causes the likeliest)"
BY_HABIT = "the product, {:.0%} of the records by habit"
#: Shares of the records that are replaced, and what habit writes (illness and labour are written first).
REPLACED = (0.3, 0.5)
HABIT = {"illness": 0.4, "labour": 0.24, "disability": 0.12, "employment": 0.12, "schooling": 0.12}
SEED = 20260101


@dataclass(frozen=True)
class Forecasted:
    """What the product says of a cohort with a forecast.

    Attributes
    ----------
    named : Named
        By the product, ordered by the forecast.
    alone : Named
        The likeliest of all causes, event or not; its board adds up risk times share.
    step : Series
        How sure the named cause is (`models.causes.gate.STEPS`).
    share : ndarray, shape (n_households,)
        The named cause's share that the step is read off.
    """

    named: Named
    alone: Named
    step: pl.Series
    share: Floats


def forecasted(cohort: JudgedCohort, forecast: CauseForecast, params: Parameters) -> Forecasted:
    """Name the causes of a cohort with a forecast, as the explain stage does."""
    settings = params.model.forecast
    explained = with_shares(cohort.explained, forecast, cohort.now)
    named = names_of(explained, cohort.features, params.watchlist.least_multiplier)
    step = with_confidence(named, settings)["main_cause_confidence"]
    cause, shares = places(named["main_cause"]), named.select(SHARES).to_numpy()
    share = shares[np.arange(len(cause)), cause]
    risk = named["risk"].to_numpy()
    alone = Named(shares.argmax(axis=1), shares * risk[:, np.newaxis])
    return Forecasted(one_each(cause, risk), alone, step, share)


def by_habit(records: pl.DataFrame, replaced: float) -> pl.DataFrame:
    """Replace what officials recorded of a share of the households by what habit writes."""
    written = np.random.default_rng(SEED).choice(list(HABIT), len(records), p=list(HABIT.values()))
    drawn = pl.Series(household_lot(records["household_id"], "by habit") < replaced)
    habit, by_official = pl.Series(written, dtype=pl.String), records["source"] == MONITORING
    return records.with_columns(cause=pl.when(drawn & by_official).then(habit).otherwise("cause"))


def refitted(
    cohorts: Sequence[JudgedCohort], params: Parameters, replaced: Sequence[float]
) -> dict[float, list[CauseForecast]]:
    """Learn every cohort's forecast again with some records by habit.

    Rows without a record are those of the cohorts whose label was known on the day; their
    labels are not read.
    """
    judged = read_parquet(HERE.cohort)
    days = [cohort.rows["as_of_date"][0] for cohort in cohorts]
    records = causes_recorded(Register(HERE.register), judged, params.label, days, params.compute)
    known = {
        day: sample_by_label(
            judged.filter(pl.col("label_known_on") <= day).drop_nulls("label"),
            params.model.max_negatives,
            params.model.max_positives,
        )
        for day in days
    }
    built = gathered(HERE, [*known.values(), *records.values()])
    trained = [_trained(cohort, known[day], built) for cohort, day in zip(cohorts, days, strict=True)]

    def learned(share: float) -> list[CauseForecast]:
        written = [by_habit(records[day], share) for day in days]
        fitted = [
            fit_forecast(causes, built, one, params.model.forecast)
            for causes, one in zip(written, trained, strict=True)
        ]
        return [one for one in fitted if one is not None]

    return {share: learned(share) for share in replaced}


def _trained(cohort: JudgedCohort, known: pl.DataFrame, built: Sequence[pl.DataFrame]) -> TrainedSeason:
    """Put the model beside the rows its causes might have been recorded of."""
    rows, frame = feature_frame(known, built, cohort.model.feature_names)
    training = training_set_of(rows, frame, pl.repeat(value=True, n=len(rows), eager=True))
    return TrainedSeason(cohort.model, training, rows.select(KEYS), frame, None, None, {})
