"""Stage: label every cohort, train the season's model and those of the origins to judge by."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import polars as pl
from scipy.special import expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from features.declaration import declared_features
from features.storage import read_features
from models.causes.forecast import CauseForecast
from models.evaluation.untrained_baselines import income_over_line
from models.keys import KEYS
from models.labels.label_rules import LabelRules
from models.labels.labels import count_censored
from models.labels.line_scenarios import CAME
from models.risk.logistic import blend
from models.risk.model import RiskModel
from models.risk.parameters import AUTO, TRAINED
from models.risk.storage import save_model
from models.risk.training_set import feature_frame
from models.training.backtest import (
    most_positives,
    origins,
    outlook,
    refuse_unjudged,
    register_end,
    season_table,
)
from models.training.season_training import TrainedSeason, train_season
from models.training.selection import KINDS
from models.training.settings import ModelSettings
from pipelines.stages.canaries import watch_canaries
from pipelines.stages.cause_forecasts import causes_recorded, fit_forecast, judge_forecasts
from pipelines.stages.seasons import (
    Season,
    gathered,
    labelled_cohorts,
    last_recorded_on,
    rows_below_line,
    seasons_to_train,
)
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.shards import Part, dismiss, map_shards, parts
from pipelines.workspace.stage import run_stage
from pipelines.workspace.stage_code import code_of, digest
from pipelines.workspace.training_outputs import SCORES
from pipelines.workspace.workspace import HERE, Workspace, progress
from register.atomic import write_json, write_parquet
from register.seasons import season_end, season_of, seasons_between
from register.store import Register
from watchlists.label_wording import words_of


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the register, label, train, write the models and what they were trained on."""
    register, rules, dates = Register(workspace.register), params.label, _dates(params)
    end = register_end(last_recorded_on(register), params.season)
    judged = labelled_cohorts(register, dates, rules, params.cohort.categories, end, params.compute)
    write_parquet(workspace.cohort, judged)
    chosen = _origins(judged, params)
    final, forecast = _trained(workspace, register, judged, chosen, end, params) if chosen else (None, {})
    facts = _training_facts(judged, params.season, chosen, end, final.facts if final else {}, rules)
    held = {table: register.holds(table) for table in rules.tables}
    write_json(workspace.training, facts | {"label_seen_in": held, "cause_forecast": forecast})


def _dates(params: Parameters) -> list[date]:
    return [season_end(one) for one in seasons_between(params.features.first_season, params.season)]


def _origins(judged: pl.DataFrame, params: Parameters) -> list[str]:
    """Choose the seasons to judge; none where an order lists, or until there is something to judge."""
    kind, evaluation, is_asked = params.model.kind, params.evaluate, not params.model.of_another_place
    if kind not in (AUTO, TRAINED):
        return []
    chosen = origins(judged, params.season, evaluation.origins, evaluation.min_positives)
    if kind == TRAINED and is_asked and not chosen:
        positive = words_of(params.label.outcome).known_to_have
        refuse_unjudged(judged, params.season, evaluation.min_positives, positive)
    return chosen


def _trained(
    workspace: Workspace,
    register: Register,
    judged: pl.DataFrame,
    chosen: Sequence[str],
    end: date,
    params: Parameters,
) -> tuple[TrainedSeason, dict[str, Any]]:
    """Train for the origins and the season, write the models, and watch the season's training.

    Beside the season's training stands what is to be known of its forecast of causes.
    """
    rules, compute = params.label, params.compute
    # Trainings run side by side, each on one thread: quicker than one after the other on all.
    settings = ModelSettings.of(params.model, 1)
    folders = _folders(workspace, chosen, season_end(params.season))
    below = rows_below_line(register, _dates(params), rules, params.cohort, compute)
    seasons = seasons_to_train(register, judged, rules, settings, folders, end, compute, below)
    causes = causes_recorded(register, judged, rules, {*folders, end}, compute)
    dismiss()  # what they hold in memory is wanted for training
    seasons = [replace(one, rows=_drawn(one.rows)) for one in seasons]
    built = gathered(workspace, [*(one.rows for one in seasons), *causes.values()])
    train = partial(
        _train,
        causes=causes,
        built=built,
        params=params,
        settings=settings,
        code_sha256=digest(code_of("train")),
    )
    with ThreadPoolExecutor(compute.threads) as pool, threadpool_limits(1):
        submitted = [pool.submit(train, one, one is seasons[-1]) for one in seasons]
        pairs = [one.result() for one in progress(submitted, "models", "season")]
    trained, forecasts = [one for one, _ in pairs], [one for _, one in pairs]
    final, forecast = trained[-1], judge_forecasts(workspace, seasons, forecasts, causes, built, params)
    del built, train  # the rows trained on are wanted no more
    score_origins(workspace, judged, seasons, trained, params)
    final = replace(final, scored=judged.filter(pl.col("as_of_date") == seasons[-1].day).select(KEYS))
    watch_canaries(workspace, final, seasons[-1].known, register, chosen, params)
    return final, forecast


def _folders(workspace: Workspace, chosen: Sequence[str], last: date) -> dict[date, list[Path]]:
    """Say where the model of each training date is kept."""
    folders = {season_end(one): [workspace.origins / one] for one in chosen}
    return folders | {last: [*folders.get(last, []), workspace.final]}


def _train(
    season: Season,
    is_delivered: bool,
    causes: Mapping[date, pl.DataFrame],
    built: Sequence[pl.DataFrame],
    params: Parameters,
    settings: ModelSettings,
    code_sha256: str,
) -> tuple[TrainedSeason, CauseForecast | None]:
    """Train as of a season's end, keep the model, and learn its forecast of causes.

    The rows trained on are kept of the delivered season alone, whose training is watched.
    """
    trained = train_season(
        known=season.known,
        known_earlier=season.known_earlier,
        rows=season.rows,
        shards=built,
        features=declared_features(),
        day=season.day,
        label_months=params.label.months,
        settings=settings,
    )
    facts = {
        **trained.facts,
        "line_changes": [round(one, 6) for one in season.line_changes],
        "line_changes_came": [round(one, 6) for one in season.line_changes_came],
        "code_sha256": code_sha256,
    }
    trained = replace(trained, facts=facts)
    for folder in season.folders:
        save_model(trained.model, folder, trained.facts)
        if trained.selection:
            write_parquet(folder / "regrets.parquet", trained.selection.regrets)
    forecast = fit_forecast(causes[season.day], built, trained, params.model.forecast)
    return trained if is_delivered else trained.without_rows, forecast


def score_origins(
    workspace: Workspace,
    judged: pl.DataFrame,
    seasons: Sequence[Season],
    trained: Sequence[TrainedSeason],
    params: Parameters,
) -> None:
    """Score the cohort of every origin with the model trained for it, county by county."""
    folders = {
        one.day: folder for one in seasons for folder in one.folders if folder.parent == workspace.origins
    }
    judges = {
        one.day: _Judge(model.model, float(model.facts["base_rate"]))
        for one, model in zip(seasons, trained, strict=True)
        if one.day in folders
    }
    cohorts = judged.filter(pl.col("as_of_date").is_in(list(folders)))
    of_county = parts(cohorts, cohorts["county_id"].unique().sort())
    read = map_shards(_scored, of_county, "scores", params.compute, (workspace, judges))
    for day, folder in folders.items():
        write_parquet(folder / SCORES, pl.concat(one[day] for one in read).sort(KEYS))


class _Judge(NamedTuple):
    """What scores a season: its model, and the share that fell."""

    model: RiskModel
    base_rate: float


def _scored(part: Part, shared: tuple[Workspace, Mapping[date, _Judge]]) -> dict[date, pl.DataFrame]:
    workspace, judges = shared
    built = read_features(workspace.features / f"{part.county_id}.parquet", judges.keys())
    scores = {}
    for day, judge in judges.items():
        rows = part.rows.filter(pl.col("as_of_date") == day).select(*KEYS, "resources_over_line")
        scores[day] = _scores(judge, *feature_frame(rows, [built], judge.model.feature_names))
    return scores


def _drawn(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out the rows that are scored alone: they are read county by county, once there is a model."""
    return rows.filter(pl.any_horizontal(pl.col("weight", "calibrates", "trees_only").is_not_null()))


def _scores(judge: _Judge, rows: pl.DataFrame, frame: pd.DataFrame) -> pl.DataFrame:
    """Score a cohort: the model's risk, the log-odds of its kinds, the baselines."""
    model = judge.model
    members, logistic = model.raw_kinds(frame)
    trees = members.mean(axis=1)
    raw = model.read_by_class(frame, blend(trees, logistic, model.logistic_share_))
    return rows.with_columns(
        pl.Series("risk_model", expit(model.calibration_.margin(raw))),
        pl.Series("risk_came", expit(model.scenarios_.get(CAME, model.calibration_).margin(raw))),
        pl.Series("income_over_line", income_over_line(rows["resources_over_line"].to_numpy())),
        pl.Series("logistic", logistic),
        pl.lit(judge.base_rate).alias("base_rate"),
        pl.Series("single", members[:, 0]),
        pl.Series("trees", trees),
        pl.Series("blend", blend(trees, logistic, KINDS["blend"])),
    ).drop("resources_over_line")


def _training_facts(
    judged: pl.DataFrame,
    season: str,
    chosen: Sequence[str],
    end: date,
    facts: Mapping[str, Any],
    rules: LabelRules,
) -> dict[str, Any]:
    seasons = season_table(judged, rules.censored).with_columns(
        pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    )
    return {
        "register_end": end.isoformat(),
        "origins": list(chosen),
        "most_positives": most_positives(judged, season),
        "outlook": outlook(judged, rules.months, rules.settle_months),
        "final": dict(facts),
        "label": rules.written(),
        "censored": count_censored(judged, rules.censored),
        "seasons": seasons.drop("as_of_date").to_dicts(),
    }


if __name__ == "__main__":
    run_stage(main, HERE.model)
