"""Stage: label every cohort, train the season's model and those of the origins to judge by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from scipy.special import expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from features.declaration import declared_features
from models.evaluation.untrained_baselines import income_over_line
from models.keys import KEYS
from models.labels.cohort import cohort
from models.labels.label_rules import LabelRules
from models.labels.labels import count_censored, labels
from models.labels.line_changes import last_change
from models.risk.logistic import blend
from models.risk.storage import MANIFEST, save_model
from models.training.backtest import origins, register_end, season_table
from models.training.season_training import ModelSettings, TrainedSeason, train_season, wanted_rows
from models.training.selection import KINDS
from pipelines.stages.canaries import watch_canaries
from pipelines.workspace.parameters import load_params
from pipelines.workspace.stage import run_stage
from pipelines.workspace.stage_code import code_of, digest
from pipelines.workspace.tracking import log_training, track
from pipelines.workspace.training_outputs import ORIGINS, SCORES, TRAINING
from pipelines.workspace.workspace import FEATURES, MODEL, REGISTER, progress
from register.atomic import read_parquet, sha256, write_json, write_parquet
from register.seasons import months_later, season_end, season_of, seasons_between
from register.store import Register
from watchlists.label_wording import words_of

Read = TypeVar("Read")

#: What a label says, with its rows' keys.
KNOWN = (*KEYS, "label", "label_known_on")


@dataclass(frozen=True)
class Season:
    """One date to train for: its labels, those of a label window earlier, and the rows to look at.

    A model is kept in `folders`; the last season of a panel may be judged and delivered too.
    `line_changes` are those the counties' labels were read with, new line over old; none where
    labels are read as the line was.
    """

    day: date
    known: pl.DataFrame
    known_earlier: pl.DataFrame
    rows: pl.DataFrame
    folders: Sequence[Path]
    line_changes: Sequence[float]


def main() -> None:
    """Read the register, label, train, write the models and what they were trained on."""
    params, code = load_params(), digest(code_of("train"))
    register = Register(REGISTER)
    rules, threads = params.label, params.compute.threads
    # Trainings run side by side, each on one thread: quicker than one after the other on all.
    settings = ModelSettings.of(params.model, 1)
    dates = [season_end(one) for one in seasons_between(params.features.first_season, params.season)]
    end = register_end(_last_recorded_on(register), params.season)
    judged = _judged(register, dates, rules, params.cohort.categories, end, threads)
    write_parquet(MODEL / "cohort.parquet", judged)
    evaluation = params.evaluate
    positive = words_of(rules.outcome).known_to_have
    chosen = origins(judged, params.season, evaluation.origins, evaluation.min_positives, positive)
    folders = _folders(chosen, dates[-1])
    seasons = seasons_to_train(register, judged, rules, settings, folders, threads)
    built = gathered(one.rows for one in seasons)
    train = partial(_train, judged=judged, built=built, rules=rules, settings=settings, code_sha256=code)
    with ThreadPoolExecutor(threads) as pool, threadpool_limits(1):
        submitted = [pool.submit(train, one) for one in seasons]
        trained = [one.result() for one in progress(submitted, "models", "season")]
    final = trained[-1]
    write_json(TRAINING, _training_facts(judged, chosen, end, final.facts, rules))
    watch_canaries(final, seasons[-1].known, register, chosen, params)
    facts = {name: value for name, value in final.facts.items() if isinstance(value, int | float)}
    track(log_training(params.written(), digests(register), MODEL / "final", facts))


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
    register: Register,
    dates: Sequence[date],
    rules: LabelRules,
    categories: Sequence[str],
    end: date,
    threads: int,
) -> pl.DataFrame:
    """List every county's cohorts with their labels as known at the register's end."""

    def of(county_id: str) -> pl.DataFrame:
        shard = register.shard(county_id)
        rows = cohort(shard, dates, rules.resources_months, categories, rules.outcome)
        return rows.join(labels(shard, rows, rules, end), on=KEYS, how="left")

    return pl.concat(_counties(register, of, "cohorts and labels", threads)).sort(KEYS)


def _counties(register: Register, read: Callable[[str], Read], title: str, threads: int) -> list[Read]:
    """Read the counties side by side: one county's tables are too small to keep two cores busy."""
    with ThreadPoolExecutor(threads) as pool:
        submitted = [pool.submit(read, county_id) for county_id in register.counties]
        return [one.result() for one in progress(submitted, title, "county")]


def _folders(chosen: Sequence[str], last: date) -> dict[date, list[Path]]:
    """Say where the model of each training date is kept."""
    folders = {season_end(one): [ORIGINS / one] for one in chosen}
    return folders | {last: [*folders.get(last, []), MODEL / "final"]}


def seasons_to_train(
    register: Register,
    judged: pl.DataFrame,
    rules: LabelRules,
    settings: ModelSettings,
    folders: Mapping[date, Sequence[Path]],
    threads: int,
) -> list[Season]:
    """Label the cohorts again as known at each training date, and a label window before it.

    Nothing recorded later is seen. Of the earlier labels only those new then are wanted. Both
    are read with the line as it is taken at the training date.
    """
    earlier = {day: months_later(day, -rules.months) for day in folders}
    back = -2 * rules.months - rules.settle_months
    since = {(day, day): date.min for day in folders}
    since |= {(day, known_on): months_later(known_on, back) for day, known_on in earlier.items()}

    def of(county_id: str) -> tuple[dict[date, float | None], dict[tuple[date, date], pl.DataFrame]]:
        shard = register.shard(county_id)
        rows = judged.filter(pl.col("county_id") == county_id)
        change = {day: last_change(shard, day) if rules.is_carried else None for day in folders}
        read = {}
        for (day, known_on), first in since.items():
            past = rows.filter(pl.col("as_of_date").is_between(first, known_on, closed="left"))
            known = labels(shard, past, rules, known_on, change[day]).drop_nulls("label")
            read[day, known_on] = known.select(KNOWN)
        return change, read

    read = _counties(register, of, "labels at training dates", threads)
    labelled = {dates: pl.concat(known[dates] for _, known in read).sort(KEYS) for dates in since}

    def season(day: date, kept: Sequence[Path]) -> Season:
        known, scored = labelled[day, day], judged.filter(pl.col("as_of_date") == day)
        rows = wanted_rows(known, scored, day, rules.months, settings)
        changes = {ratio for change, _ in read if (ratio := change[day])}
        return Season(day, known, labelled[day, earlier[day]], rows, kept, sorted(changes))

    return [season(day, kept) for day, kept in folders.items()]


def gathered(wanted: Iterable[pl.DataFrame]) -> list[pl.DataFrame]:
    """Read every county's features once, keeping the rows that some training looks at."""
    keys = pl.concat(rows.select(KEYS) for rows in wanted).unique()
    return [shard.join(keys, on=KEYS, how="semi") for shard in feature_shards()]


def _train(
    season: Season,
    judged: pl.DataFrame,
    built: Sequence[pl.DataFrame],
    rules: LabelRules,
    settings: ModelSettings,
    code_sha256: str,
) -> TrainedSeason:
    """Train as of a season's end, and score its cohort with the model and the baselines."""
    trained = train_season(
        known=season.known,
        known_earlier=season.known_earlier,
        rows=season.rows,
        shards=built,
        features=declared_features(),
        day=season.day,
        label_months=rules.months,
        settings=settings,
    )
    changes = [round(one, 4) for one in season.line_changes]
    facts = {**trained.facts, "line_changes": changes, "code_sha256": code_sha256}
    trained = replace(trained, facts=facts)
    for folder in season.folders:
        save_model(trained.model, folder, trained.facts)
        if trained.selection:
            write_parquet(folder / "regrets.parquet", trained.selection.regrets)
        if folder.parent == ORIGINS:
            write_parquet(folder / SCORES, _scores(trained, judged))
    return trained


def _scores(trained: TrainedSeason, judged: pl.DataFrame) -> pl.DataFrame:
    """Score the season's cohort: the model's risk, the log-odds of its kinds, the baselines."""
    model = trained.model
    members, logistic = model.raw_kinds(trained.scored_frame)
    trees = members.mean(axis=1)
    raw = blend(trees, logistic, model.logistic_share_)
    rows = trained.scored.join(judged.select(*KEYS, "resources_over_line"), on=KEYS, how="left")
    return rows.with_columns(
        pl.Series("risk_model", expit(model.calibration_.margin(raw))),
        pl.Series("income_over_line", income_over_line(rows["resources_over_line"].to_numpy())),
        pl.Series("logistic", logistic),
        pl.lit(float(trained.facts["base_rate"])).alias("base_rate"),
        pl.Series("single", members[:, 0]),
        pl.Series("trees", trees),
        pl.Series("blend", blend(trees, logistic, KINDS["blend"])),
    ).drop("resources_over_line")


def _training_facts(
    judged: pl.DataFrame, chosen: Sequence[str], end: date, facts: Mapping[str, Any], rules: LabelRules
) -> dict[str, Any]:
    seasons = season_table(judged, rules.censored).with_columns(
        pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    )
    return {
        "register_end": end.isoformat(),
        "origins": list(chosen),
        "final": dict(facts),
        "label": rules.written(),
        "censored": count_censored(judged, rules.censored),
        "seasons": seasons.drop("as_of_date").to_dicts(),
    }


def _last_recorded_on(register: Register) -> date:
    """Find the last date anything was recorded on households or income."""
    paths: list[Path] = [
        register.root / county_id / f"{name}.parquet"
        for county_id in register.counties
        for name in ("households", "income")
    ]
    latest = [pl.scan_parquet(path).select(pl.col("recorded_on").max()).collect() for path in paths]
    last: date = max(one.item() for one in latest)
    return last


if __name__ == "__main__":
    run_stage(main, MODEL)
