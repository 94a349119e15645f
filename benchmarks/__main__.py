"""Measure what the project costs and write docs/performance.md: ``python -m benchmarks``."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import attribution, features, nation, one_county, stages, triage_job
from benchmarks.page import page
from benchmarks.prefecture import cost_of_stage, make_prefecture, sized
from benchmarks.record import Record, Table, read_records, recorded, write_records
from register.atomic import write_text

RECORDS, PAGE = "performance.json", "performance.md"
#: Households of the counties whose features are built.
HOUSEHOLDS = 15_000


class Benchmark(StrEnum):
    """What can be measured, in the order of the page."""

    stages = "stages"
    run = "run"
    features = "features"
    county = "county"
    attribution = "attribution"
    triage = "triage"
    nation = "nation"


TITLES: dict[str, str] = {
    Benchmark.stages: "Stages by the number of households 各阶段",
    Benchmark.run: "The whole command 整个命令",
    Benchmark.features: "Features beside pandas and the bare read 特征",
    Benchmark.county: "Features of a larger and larger county 更大的县",
    Benchmark.attribution: "Explanation by cause beside SHAP 归因",
    Benchmark.triage: "Triage's own kind of job 与 triage 同类的任务",
    Benchmark.nation: "A nation, on paper and in simulation 全国测算",
}
Measure = Callable[[], tuple[Sequence[Table], Sequence[str]]]


def main(
    only: Annotated[
        list[Benchmark] | None, typer.Option(help="Measure these; the others stay as they are.")
    ] = None,
    households: Annotated[
        list[int] | None,
        typer.Option(help="Sizes of stages, and the least of them of run; 40000 if none.", min=1),
    ] = None,
    elsewhere: Annotated[
        Path | None,
        typer.Option(help="Python of an environment with woodelf-explainer, grouptreeshap, xgboost."),
    ] = None,
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="Measure nothing; write the page of what is kept.")
    ] = False,
    docs: Annotated[Path, typer.Option(help=f"Folder of {RECORDS} and {PAGE}.")] = Path("docs"),
) -> None:
    """Measure in turn; each section is written as soon as it is known."""
    records = read_records(docs / RECORDS)
    for one in [] if rewrite else only or list(Benchmark):
        sys.stderr.write(f"{one.value} ...\n")
        records[one.value] = recorded(_measure(one, households or [40_000], elsewhere, records))
        write_records(docs / RECORDS, records)
        write_text(docs / PAGE, page(records, TITLES))
    write_text(docs / PAGE, page(records, TITLES))


def _measure(
    one: Benchmark, households: Sequence[int], elsewhere: Path | None, records: dict[str, Record]
) -> Measure:
    match one:
        case Benchmark.stages:
            return lambda: stages.measured(stages.Sizes(households))
        case Benchmark.run:
            return lambda: stages.measured_whole(stages.Sizes(households))
        case Benchmark.features:
            return lambda: _on_register(features.measured)
        case Benchmark.county:
            return lambda: _on_register(one_county.measured)
        case Benchmark.attribution:
            return lambda: attribution.measured(attribution.Sizes(elsewhere=elsewhere))
        case Benchmark.triage:
            return triage_job.measured
        case Benchmark.nation:
            return lambda: nation.measured(_of_stages(records))


def _on_register(
    measure: Callable[[Path], tuple[Sequence[Table], Sequence[str]]],
) -> tuple[Sequence[Table], Sequence[str]]:
    """Make a register to read, and measure on it; making it is not counted."""
    with tempfile.TemporaryDirectory() as above:
        workspace = make_prefecture(Path(above) / "prefecture", sized(HOUSEHOLDS))
        for stage in ("simulate", "ingest"):
            cost_of_stage(workspace, stage)
        return measure(workspace.register)


def _of_stages(records: dict[str, Record]) -> Record:
    if Benchmark.stages not in records:
        raise typer.BadParameter("nation rests on the stages, which were not measured; add --only stages")
    return records[Benchmark.stages]


if __name__ == "__main__":
    typer.run(main)
