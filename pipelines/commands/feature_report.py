"""`huitou feature-report`: coverage, drift, redundancy and worth of every feature."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from features.declaration import declared_features, feature_groups
from features.storage import read_features
from models.evaluation.feature_statistics import coverage, drift, families, redundancy
from models.evaluation.feature_worth import ablated, permuted_worth, summary
from models.keys import KEYS
from models.labels.labels import labels
from models.risk.sampling import household_lot
from models.risk.storage import load_model
from models.risk.training_set import (
    TrainingSet,
    feature_frame,
    monotone_directions,
    sample_by_label,
    sample_households,
    training_set_of,
)
from models.training.settings import ModelSettings
from pipelines.stages.seasons import KNOWN, rows_below_line
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.sections import FeatureReportParameters
from pipelines.workspace.settings import parameters
from pipelines.workspace.workspace import HERE, progress
from register.atomic import atomic_path, read_parquet, write_text
from register.errors import StoreError
from register.seasons import months_later, season_end, season_of
from register.store import Register
from watchlists.pages.pages import page

REPORT = HERE.artifacts / "feature_report"


def main(assignments: Sequence[str] = ()) -> Path:
    """Write one CSV a table and ``features.html``; return the page's path.

    Parameters
    ----------
    assignments : sequence of str
        ``name=value`` as the run was given.

    Raises
    ------
    StoreError
        When no run has left features and models.
    """
    params = parameters(assignments)
    report, names = params.feature_report, [one.name for one in declared_features()]
    judged = _labelled()
    seasons = sorted(path.name for path in HERE.origins.glob("*") if path.is_dir())
    tables = _statistics(report, names)
    groups = families(names, tables["redundancy"])
    tables["worth"] = summary(
        pl.concat([_worth(one, judged, groups, params) for one in progress(seasons, "worth", "season")])
    )
    tables["ablation"] = _ablation(seasons[-1], judged, params)
    for name, table in tables.items():
        with atomic_path(REPORT / f"{name}.csv") as aside:
            table.write_csv(aside)
    write_text(REPORT / "features.html", page("features.html", _context(tables, seasons, params)))
    return REPORT / "features.html"


def _labelled() -> pl.DataFrame:
    path = HERE.cohort
    if not path.is_file() or not any(HERE.origins.glob("*/")):
        raise StoreError(f"{path}: no trained seasons found; run the pipeline first (huitou run)")
    return read_parquet(path).drop_nulls("label")


def _statistics(report: FeatureReportParameters, names: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Walk the counties once, keeping the households of a fixed draw."""
    parts = [_drawn(path, report.households) for path in sorted(HERE.features.glob("*.parquet"))]
    frame = pl.concat(parts).sort(KEYS)
    last = frame["as_of_date"].max()
    return {
        "coverage": coverage(frame, names),
        "drift": _drifts(frame, names, report.bins),
        "redundancy": redundancy(frame.filter(pl.col("as_of_date") == last), names, report.redundant),
    }


def _drawn(path: Path, share: float) -> pl.DataFrame:
    county = read_features(path)
    return county.filter(pl.Series(household_lot(county["household_id"], "feature report") < share))


def _drifts(frame: pl.DataFrame, names: Sequence[str], bins: int) -> pl.DataFrame:
    """Compare each season with the same one a year before, so that seasonality is no drift."""
    by_date = {day: part for (day,), part in frame.partition_by("as_of_date", as_dict=True).items()}
    pairs = [(months_later(day, -12), day) for day in sorted(by_date)]
    drifts = [
        drift(by_date[before], by_date[after], names, bins).select(
            pl.lit(season_of(after)).alias("season"), pl.all()
        )
        for before, after in pairs
        if before in by_date
    ]
    schema = {"season": pl.String, "feature": pl.String, "psi": pl.Float64, "wasserstein": pl.Float64}
    return pl.concat([pl.DataFrame(schema=schema), *drifts])


def _worth(
    season: str, judged: pl.DataFrame, groups: Sequence[Sequence[str]], params: Parameters
) -> pl.DataFrame:
    model = load_model(HERE.origins / season, params.compute.threads)
    report = params.feature_report
    rows = _rows(judged, pl.col("as_of_date") == season_end(season), report.rows)
    return permuted_worth(model, rows, groups, report.repeats, report.seed)


def _ablation(season: str, judged: pl.DataFrame, params: Parameters) -> pl.DataFrame:
    """Train on the labels whose day had come by the season, as they stand now."""
    report, day = params.feature_report, season_end(season)
    training = _rows(
        judged, pl.col("label_known_on") <= day, report.training_rows, _below(judged, day, params)
    )
    tried = _rows(judged, pl.col("as_of_date") == day, report.rows)
    settings = ModelSettings.of(params.model, params.compute.threads)
    directions = monotone_directions(declared_features())
    return ablated(training, tried, feature_groups(), directions, {**settings.trees, "members": 1})


def _below(judged: pl.DataFrame, day: date, params: Parameters) -> pl.DataFrame | None:
    """Label the rows below the line as known at `day`, where the trees learn from them too."""
    register = Register(HERE.register)
    dates = judged["as_of_date"].unique().sort().to_list()
    below = rows_below_line(register, dates, params.label, params.cohort, params.compute)
    if below is None:
        return None
    labelled = (
        labels(register.shard(one), below.filter(pl.col("county_id") == one), params.label, day)
        for one in register.counties
    )
    return pl.concat(labelled).drop_nulls("label").select(KNOWN)


def _rows(judged: pl.DataFrame, chosen: pl.Expr, most: int, below: pl.DataFrame | None = None) -> TrainingSet:
    """Take the chosen rows with their features, all who fell and about `most` who did not.

    Of rows `below` the line, which teach the trees alone, about `most` come on top.
    """
    sampled = sample_by_label(judged.filter(chosen), most)
    if below is not None:
        outside = sample_households(below, most, "below line").with_columns(trees_only=pl.lit(value=True))
        sampled = pl.concat([sampled, outside], how="diagonal")
    names, dates = [one.name for one in declared_features()], sampled["as_of_date"].unique().to_list()
    counties = (read_features(path, dates, names) for path in sorted(HERE.features.glob("*.parquet")))
    rows, frame = feature_frame(sampled, counties, names)
    return training_set_of(rows, frame, pl.Series([True] * len(rows)))


def _context(tables: dict[str, pl.DataFrame], seasons: Sequence[str], params: Parameters) -> dict[str, Any]:
    """Put the tables in words: what an evaluator looks for first."""
    by_name = {one.name: one for one in declared_features()}
    worth, drifts = tables["worth"], tables["drift"]
    nothing = worth.filter("is_worth_nothing")["family"].str.split(" ").explode().to_list()
    moving = drifts.filter(pl.col("season") == drifts["season"].max()).sort("psi", descending=True).head(20)
    last: date | None = tables["coverage"]["as_of_date"].max()  # type: ignore[assignment]
    thin = tables["coverage"].filter(pl.col("as_of_date") == last).sort("coverage").head(20)
    return {
        "season": params.season,
        "seasons": list(seasons),
        "simulated": params.source.kind == "simulator",
        "n_features": len(by_name),
        "nothing": [by_name[name] for name in nothing],
        "redundant": params.feature_report.redundant,
        "tables": {
            "价值 worth": _table(worth),
            "去掉一类原因 without one cause": _table(tables["ablation"]),
            "漂移最大 largest drift against a year before": _table(moving),
            "覆盖最低 lowest coverage": _table(thin),
            "冗余 redundant pairs": _table(tables["redundancy"]),
        },
    }


def _table(table: pl.DataFrame) -> dict[str, Any]:
    cells = [[f"{one:.4g}" if isinstance(one, float) else one for one in row] for row in table.rows()]
    return {"columns": table.columns, "rows": cells}
