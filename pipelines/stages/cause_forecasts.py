"""The forecasts of causes beside the models: fitted at each training date, judged on the origins, written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from features.declaration import CAUSES, declared_features
from models.causes.forecast import CauseForecast
from models.causes.gate import judge_forecast
from models.causes.storage import save_forecast
from models.causes.weights import n_records, record_weights
from models.keys import KEYS
from models.labels.label_rules import LabelRules
from models.labels.recorded_causes import LOOKBACK, OFF_LIST, recorded_causes
from models.risk.parameters import ForecastParameters
from models.risk.training_set import feature_frame
from models.training.season_training import TrainedSeason
from pipelines.stages.seasons import Season
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.training_outputs import PLACES
from pipelines.workspace.workspace import Workspace
from register.store import Register

#: What is judged by, of one origin after the other.
JUDGED = {
    "county_id": pl.String(),
    "village_id": pl.String(),
    "household_id": pl.String(),
    "cause": pl.String(),
    "named": pl.String(),
    "share": pl.Float64(),
    "commonest": pl.String(),
}


def causes_recorded(
    register: Register,
    judged: pl.DataFrame,
    rules: LabelRules,
    days: Collection[date],
    compute: ComputeParameters,
) -> dict[date, pl.DataFrame]:
    """Read the causes recorded of the cohorts in windows closed by each date, as known then.

    Returns
    -------
    dict of date to DataFrame
        `models.labels.recorded_causes.RECORDED` and where the household lives, by date.
    """
    of_county = parts(judged.select(*KEYS, "county_id"), register.counties)
    shared = _Shared(register, rules, tuple(days))
    read = map_shards(_recorded, of_county, "recorded causes", compute, shared)
    places = judged.select(*KEYS, *PLACES)
    return {day: pl.concat(one[day] for one in read).join(places, on=KEYS).sort(KEYS) for day in days}


class _Shared(NamedTuple):
    """What is read of a county's records, and known when."""

    register: Register
    rules: LabelRules
    days: Collection[date]


def _recorded(part: Part, shared: _Shared) -> dict[date, pl.DataFrame]:
    shard, rules = shared.register.shard(part.county_id), shared.rules
    return {
        day: recorded_causes(shard, part.rows, rules.months, day, with_breaches=rules.has_breaches)
        for day in shared.days
    }


def with_features(records: pl.DataFrame) -> pl.DataFrame:
    """Keep the records of causes that have features: nothing can be learned of the others."""
    return records.filter(pl.col("cause").is_in(CAUSES))


def judge_forecasts(
    workspace: Workspace,
    seasons: Sequence[Season],
    forecasts: Sequence[CauseForecast | None],
    records: Mapping[date, pl.DataFrame],
    built: Sequence[pl.DataFrame],
    params: Parameters,
) -> dict[str, Any]:
    """Judge the forecasts of the origins, and write every training's beside its model.

    Parameters
    ----------
    workspace : Workspace
    seasons, forecasts : sequence
        What was trained for, the delivered season last, and what `fit_forecast` gave for each.
    records : mapping of date to DataFrame
        `causes_recorded` at each season's day and, the latest, at the register's end.
    built : sequence of DataFrame
        Features of all rows that are looked at.
    params : Parameters

    Returns
    -------
    dict
        What `models.causes.gate.judge_forecast` says, and of the delivered forecast's records how
        many visits to a list and off it brought (``from_lookbacks``, ``from_off_list``) and how many
        records were left out because their cause has no features (``left_out``).
    """
    settings = params.model.forecast
    beside = [(season, one) for season, one in zip(seasons, forecasts, strict=True) if one]
    later = records[max(records)]
    origins = [
        judged_rows(later, records[season.day], season.day, built, forecast)
        for season, forecast in beside
        if any(folder.parent == workspace.origins for folder in season.folders)
    ]
    rows = pl.concat([pl.DataFrame(schema=JUDGED), *origins])
    counted = _counted(records[seasons[-1].day])
    verdict = judge_forecast(rows, counted["records"], settings, params.promotion.paired) | counted
    for season, forecast in beside:
        for folder in season.folders:
            save_forecast(forecast, folder, verdict if folder == workspace.final else {})
    return verdict


def _counted(records: pl.DataFrame) -> dict[str, int]:
    known = with_features(records)
    return {
        "records": n_records(known),
        "from_lookbacks": n_records(known.filter(pl.col("source") == LOOKBACK)),
        "from_off_list": n_records(known.filter(pl.col("source") == OFF_LIST)),
        "left_out": n_records(records) - n_records(known),
    }


def fit_forecast(
    records: pl.DataFrame, built: Sequence[pl.DataFrame], trained: TrainedSeason, settings: ForecastParameters
) -> CauseForecast | None:
    """Fit with the records known at a training's date; None where there are too few."""
    known = with_features(records)
    if n_records(known) < settings.records:
        return None
    rows, frame = feature_frame(known, built, trained.model.feature_names)
    weight = record_weights(rows, frame, trained.model, trained.training, settings.power, settings.most)
    declared = {one.name: one for one in declared_features()}
    return CauseForecast.fit(
        frame,
        rows["cause"].replace_strict(CAUSES, range(len(CAUSES)), return_dtype=pl.Int64).to_numpy(),
        weight,
        [declared[name] for name in frame.columns],
        settings.ridge,
        settings.ridge_of_circumstances,
    )


def judged_rows(
    later: pl.DataFrame,
    known: pl.DataFrame,
    day: date,
    built: Sequence[pl.DataFrame],
    forecast: CauseForecast,
) -> pl.DataFrame:
    """Set what was recorded in the window after `day` beside what was forecast on it.

    Parameters
    ----------
    later : DataFrame
        `causes_recorded` at the register's end.
    known : DataFrame
        The same at `day`: of these the commonest cause is taken.
    day : date
        A judged season's.
    built : sequence of DataFrame
        Features.
    forecast : CauseForecast
        Fitted with `known`.

    Returns
    -------
    DataFrame
        `JUDGED`.
    """
    rows, frame = feature_frame(
        with_features(later).filter(pl.col("as_of_date") == day), built, list(forecast.features)
    )
    chances = forecast.chances(frame)
    once = with_features(known).unique(["household_id", "cause_on"])
    commonest = once["cause"].value_counts().sort("count", "cause", descending=[True, False])["cause"][0]
    return rows.with_columns(
        pl.Series("named", [CAUSES[at] for at in chances.argmax(axis=1)], dtype=pl.String),
        pl.Series("share", chances.max(axis=1, initial=0.0)),
        pl.lit(commonest).alias("commonest"),
    ).select(*JUDGED)
