"""Stage: label every cohort, train the season's model and those of the origins to judge by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from scipy.special import expit

from features.declaration import declared_features
from models.backtest import origins, register_end, season_table
from models.baselines import LogisticBaseline, income_over_line
from models.cohort import cohort
from models.labels import CENSORED, LabelRules, count_censored, labels
from models.season_training import ModelSettings, TrainedSeason, train_season
from models.storage import MANIFEST, save_model
from models.training_set import KEYS
from pipelines.canaries import watch_canaries
from pipelines.stage import run_stage, tell
from pipelines.tracking import log_training, track
from pipelines.workspace import FEATURES, MODEL, REGISTER, load_params, progress, shards
from register.atomic import read_parquet, sha256, write_json, write_parquet
from register.seasons import season_end, season_of, seasons_between
from register.store import Register

#: What a label says, with its rows' keys.
KNOWN = (*KEYS, "label", "label_known_on")


def main() -> None:
    """Read the register, label, train, write the models and what they were trained on."""
    params = load_params()
    register = Register(REGISTER)
    rules = LabelRules(**params["label"])
    settings = ModelSettings.of(params["model"], params["compute"]["threads"])
    dates = [season_end(one) for one in seasons_between(params["features"]["first_season"], params["season"])]
    end = register_end(_last_recorded_on(register), params["season"])
    judged = _judged(register, dates, rules, params["cohort"]["categories"], end)
    write_parquet(MODEL / "cohort.parquet", judged)
    asked = params["evaluate"]
    chosen = origins(judged, params["season"], asked["origins"], asked["min_positives"])
    known = _known(register, judged, rules, [*(season_end(one) for one in chosen), dates[-1]])
    for season in progress(chosen, "models to judge by", "season"):
        _train_origin(season, judged, known[season_end(season)], rules, settings)
    tell(f"the model of {params['season']}: training")
    final = _train(dates[-1], judged, known[dates[-1]], rules, settings)
    save_model(final.model, MODEL / "final", final.facts)
    write_json(MODEL / "training.json", _told(judged, chosen, end, final.facts))
    watch_canaries(final, known[dates[-1]], register, chosen, params)
    facts = {name: value for name, value in final.facts.items() if isinstance(value, int | float)}
    track(log_training(params, digests(register), MODEL / "final", facts))


def digests(register: Register) -> dict[str, str]:
    """Name by hash what a training was made from and what it made."""
    return {
        "model": sha256(MODEL / "final" / MANIFEST),
        "register": register.digest,
        **{f"features.{path.stem}": sha256(path) for path in sorted(FEATURES.glob("*.parquet"))},
        "lock": sha256(Path("requirements.lock")),
    }


def feature_shards() -> Iterator[pl.DataFrame]:
    """Walk the counties' features, sorted by county."""
    for path in sorted(FEATURES.glob("*.parquet")):
        yield read_parquet(path)


def _judged(
    register: Register, dates: Sequence[date], rules: LabelRules, categories: Sequence[str], end: date
) -> pl.DataFrame:
    """List every county's cohorts with their labels as known at the register's end."""
    found = []
    for county_id in shards(register.counties, "cohorts and labels"):
        shard = register.shard(county_id)
        rows = cohort(shard, dates, rules.resources_months, categories)
        found.append(rows.join(labels(shard, rows, rules, end), on=KEYS, how="left"))
    return pl.concat(found).sort(KEYS)


def _known(
    register: Register, judged: pl.DataFrame, rules: LabelRules, days: Sequence[date]
) -> dict[date, pl.DataFrame]:
    """Label the cohorts again as known at each training date: nothing recorded later is seen."""
    found: dict[date, list[pl.DataFrame]] = {day: [] for day in days}
    for county_id in shards(register.counties, "labels at training dates"):
        shard = register.shard(county_id)
        rows = judged.filter(pl.col("county_id") == county_id)
        for day, parts in found.items():
            visible = labels(shard, rows.filter(pl.col("as_of_date") < day), rules, day)
            parts.append(visible.drop_nulls("label").select(KNOWN))
    return {day: pl.concat(parts).sort(KEYS) for day, parts in found.items()}


def _train_origin(
    season: str, judged: pl.DataFrame, known: pl.DataFrame, rules: LabelRules, settings: ModelSettings
) -> None:
    """Train as of a past season and score its cohort with the model and the baselines."""
    trained = _train(season_end(season), judged, known, rules, settings)
    folder = MODEL / "origins" / season
    save_model(trained.model, folder, trained.facts)
    write_parquet(folder / "scores.parquet", _scores(trained, judged))


def _train(
    day: date, judged: pl.DataFrame, known: pl.DataFrame, rules: LabelRules, settings: ModelSettings
) -> TrainedSeason:
    scored = judged.filter(pl.col("as_of_date") == day)
    return train_season(known, scored, feature_shards(), declared_features(), day, rules.months, settings)


def _scores(trained: TrainedSeason, judged: pl.DataFrame) -> pl.DataFrame:
    training = trained.training
    logistic = LogisticBaseline().fit(training.frame, training.label, training.weight)
    rows = trained.scored.join(judged.select(*KEYS, "resources_over_line"), on=KEYS, how="left")
    return rows.with_columns(
        pl.Series("risk_model", expit(trained.model.margin(trained.scored_frame))),
        pl.Series("income_over_line", income_over_line(rows["resources_over_line"].to_numpy())),
        pl.Series("logistic", logistic.margin(trained.scored_frame).round(6)),
        pl.lit(float(trained.facts["base_rate"])).alias("base_rate"),
    ).drop("resources_over_line")


def _told(judged: pl.DataFrame, chosen: Sequence[str], end: date, facts: Mapping[str, Any]) -> dict[str, Any]:
    seasons = season_table(judged, CENSORED).with_columns(
        pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    )
    return {
        "register_end": end.isoformat(),
        "origins": list(chosen),
        "final": dict(facts),
        "censored": count_censored(judged),
        "seasons": seasons.drop("as_of_date").to_dicts(),
    }


def _last_recorded_on(register: Register) -> date:
    """Find the last date anything was recorded on households or income."""
    paths: list[Path] = [
        register.root / county_id / f"{name}.parquet"
        for county_id in register.counties
        for name in ("households", "income")
    ]
    found = [pl.scan_parquet(path).select(pl.col("recorded_on").max()).collect() for path in paths]
    last: date = max(one.item() for one in found)
    return last


if __name__ == "__main__":
    run_stage(main)
