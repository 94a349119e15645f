"""The whole measurement of named causes on the last run: read, name in every way, write."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from models.causes.forecast import CauseForecast
from models.causes.storage import load_forecast
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.workspace import HERE
from studies.fidelity.naming import Named, Truth, steps
from studies.fidelity.naming_cohorts import JudgedCohort, judged_cohorts
from studies.fidelity.naming_figures import write_figures
from studies.fidelity.naming_forecast import (
    BY_HABIT,
    FORECAST,
    FORECAST_ALONE,
    REPLACED,
    Forecasted,
    forecasted,
    refitted,
)
from studies.fidelity.naming_page import Judged, write_page
from studies.fidelity.naming_ways import LEARNED, taught, ways_of

PAGE = Path("docs/naming.md")


def study_naming() -> None:
    """Measure, and write docs/naming.md and what pages quote of it."""
    started, day = time.process_time(), date.today()  # noqa: DTZ011 - the day it was run
    judged = judge_naming(list(judged_cohorts()), load_params())
    table = write_page(PAGE, judged, time.process_time() - started, day)
    write_figures(judged, table, day)


def judge_naming(cohorts: Sequence[JudgedCohort], params: Parameters) -> Judged:
    """Name the causes of all cohorts in every way."""
    truth = Truth(pl.concat(one.rows for one in cohorts), np.concatenate([one.first for one in cohorts]))
    risk = np.concatenate([one.explained["risk"].to_numpy() for one in cohorts])
    each = [ways_of(one, truth.often, params.watchlist.least_multiplier) for one in cohorts]
    ways = {way: _pooled([one[way] for one in each]) for way in each[0]}
    ways[LEARNED] = taught(
        pd.concat([one.now for one in cohorts]), truth.first, truth.rows["village_id"], risk
    )
    forecasts = [load_forecast(HERE.origins / one.season) for one in cohorts]
    delivered = [one[0] for one in forecasts if one is not None]
    if len(delivered) < len(cohorts):
        return Judged(truth, ways, None)
    by_forecast = _forecasted(cohorts, delivered, params)
    ways |= {FORECAST: _pooled([one.named for one in by_forecast])}
    ways |= {FORECAST_ALONE: _pooled([one.alone for one in by_forecast])}
    ways |= _by_habit(cohorts, params)
    step, share = (
        pl.concat(one.step for one in by_forecast),
        np.concatenate([one.share for one in by_forecast]),
    )
    return Judged(truth, ways, steps(ways[FORECAST], step, share, truth, params.model.forecast))


def _by_habit(cohorts: Sequence[JudgedCohort], params: Parameters) -> dict[str, Named]:
    learned = refitted(cohorts, params, REPLACED)
    return {
        BY_HABIT.format(share): _pooled([one.named for one in _forecasted(cohorts, forecasts, params)])
        for share, forecasts in learned.items()
    }


def _forecasted(
    cohorts: Sequence[JudgedCohort], forecasts: Sequence[CauseForecast], params: Parameters
) -> list[Forecasted]:
    return [forecasted(cohort, one, params) for cohort, one in zip(cohorts, forecasts, strict=True)]


def _pooled(parts: Sequence[Named]) -> Named:
    causes, boards = zip(*parts, strict=True)
    return Named(np.concatenate(causes), np.concatenate(boards))
