"""Triage's own kind of job: many dates, splits and models, few features, labels read once."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import yaml
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.cost import Cost, cost_of
from benchmarks.plain_pandas import NAMES
from benchmarks.prefecture import ROOT, cost_of_stage, make_prefecture, sized
from benchmarks.record import Cell, Table
from benchmarks.triage_splits import Grid, Judged, judged_splits
from features.declaration import Feature, declared_features
from features.engine import build_features
from models.keys import KEYS
from models.labels.cohort import cohort
from models.labels.labels import labels
from pipelines.workspace.parameters import Parameters, load_params
from register.seasons import months_later
from register.shard import Shard
from register.store import Register

TRIAGE = Path(__file__).with_name("triage.yaml")
#: The register of the simulated prefecture begins a year before.
FIRST = date(2021, 12, 31)
NOTES = (
    "One thread. Simulating and ingesting are not counted: triage began with its events in a database.",
    "Left out as in triage: labels as known at each training date, calibration, explanations, intervals.",
    "Triage (benchmarks/triage.yaml) was measured earlier, on another machine: the ratio tells an order.",
)


@dataclass(frozen=True)
class Job:
    """What is asked: every model of the grid at each of the last `splits` dates."""

    households: int = 20_000
    of_a_county: int = 5_000
    dates: int = 25
    splits: int = 12
    features: int = 35
    grid: Grid = field(default_factory=Grid)

    @property
    def days(self) -> list[date]:
        """Quarter ends, ascending; the register has a year of income before the first."""
        return [months_later(FIRST, 3 * number) for number in range(self.dates)]

    def months(self, params: Parameters) -> int:
        """Say how long a register must be for the labels of the last date to be known."""
        return 12 + 3 * (self.dates - 1) + params.label.months + params.label.settle_months

    @property
    def chosen(self) -> list[Feature]:
        """The features."""
        return [one for one in declared_features() if one.name in NAMES[: self.features]]


def measured(job: Job = Job()) -> tuple[list[Table], list[str]]:
    """Make the register, then time features, cohorts with labels, and models, each judged on its split."""
    with tempfile.TemporaryDirectory() as above:
        params = load_params(ROOT)
        size = {**sized(job.households, job.of_a_county), "simulator.months": job.months(params)}
        workspace = make_prefecture(Path(above) / "prefecture", {**size, "simulator.risk_seasons": []})
        for stage in ("simulate", "ingest"):
            cost_of_stage(workspace, stage)
        register = Register(workspace.register)
        with threadpool_limits(limits=1):
            return _timed(register, job, params)


def _timed(register: Register, job: Job, params: Parameters) -> tuple[list[Table], list[str]]:
    shards = [register.shard(one) for one in register.counties]
    features, built = cost_of(lambda: [build_features(one, job.days, 12, job.chosen) for one in shards])
    labelling, rows = cost_of(lambda: pl.concat(_labelled(one, job, params) for one in shards))
    prepared = features.processor + labelling.processor
    triage = yaml.safe_load(TRIAGE.read_text(encoding="utf-8"))
    lines = [_triage(triage)]
    for way, most in {
        "negatives sampled, as by default": params.model.max_negatives,
        "every row": len(rows),
    }.items():
        cost, models = cost_of(lambda: list(_models(rows, built, job, most)))  # noqa: B023 - called at once
        lines.append(_line(f"huitou, {way}", models, cost, prepared, triage))
    caption = (
        f"{job.households:,} households, {job.dates} dates, {job.splits} splits, {len(job.chosen)} features, "
        f"{len(rows):,} rows with a label; features {features.processor:.1f} CPU s, cohorts and labels "
        f"{labelling.processor:.1f}"
    )
    return [Table(caption, lines)], list(NOTES)


def _labelled(shard: Shard, job: Job, params: Parameters) -> pl.DataFrame:
    """List the cohorts with their labels as known when the last is, read once."""
    rules = params.label
    end = months_later(job.days[-1], rules.months + rules.settle_months)
    rows = cohort(shard, job.days, rules.resources_months, params.cohort.categories, rules.outcome)
    return rows.join(labels(shard, rows, rules, end), on=KEYS).drop_nulls("label")


def _models(rows: pl.DataFrame, built: Sequence[pl.DataFrame], job: Job, most: int) -> list[Judged]:
    return list(judged_splits(rows, built, job.days[-job.splits :], job.chosen, job.grid, most))


def _line(
    what: str, models: Sequence[Judged], cost: Cost, prepared: float, triage: dict[str, float]
) -> dict[str, Cell]:
    each = (prepared + cost.processor) / len(models)
    return {
        "": what,
        "models": len(models),
        "rows trained on, most": max(one.n_trained for one in models),
        "preparation s": round(prepared, 1),
        "s a model": round(cost.processor / len(models), 2),
        "s a model, preparation shared out": round(each, 2),
        "triage over it": f"{_shared_out(triage) / each:.0f} x",
        "precision in the first 5 %, mean": round(sum(one.precisions[2] for one in models) / len(models), 3),
    }


def _triage(triage: dict[str, float]) -> dict[str, Cell]:
    return {
        "": f"triage, {triage['models_done']} of {triage['models']} models in {triage['minutes']} min",
        "models": int(triage["models"]),
        "rows trained on, most": None,
        "preparation s": triage["preparation_s"],
        "s a model": triage["model_s"],
        "s a model, preparation shared out": round(_shared_out(triage), 2),
        "triage over it": "1 x",
        "precision in the first 5 %, mean": None,
    }


def _shared_out(triage: dict[str, float]) -> float:
    """Give triage's seconds a model, had it trained them all."""
    return triage["preparation_s"] / triage["models"] + triage["model_s"]
