"""25 million households on paper and in simulation: what the stages come to, and what breaks first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from benchmarks.growth import Growth, growth
from benchmarks.record import Cell, Record, Table
from benchmarks.schedule import least, together, walks
from benchmarks.stages import COSTS, DISK, SUM, stages
from models.arrays import Floats

STATED = Path(__file__).with_name("nation.yaml")
#: What a register that is delivered needs not: the made-up prefecture, and what nobody knows of it.
INVENTED = ("simulate", "truth")
HOUR = 3600


@dataclass(frozen=True)
class Nation:
    """What the plan goes by (nation.yaml says unit and source of each)."""

    stated: object
    households: int
    counties: int
    county_log_sd: float
    largest_county: int
    workers: Sequence[int]
    workers_a_machine: int
    memory: float
    straggler_log_sd: float
    death_hours: float
    draws: int
    seed: int

    def sizes(self, generator: np.random.Generator) -> Floats:
        """Draw households of every shard, larger counties in equal parts; they add up to the nation."""
        drawn = generator.lognormal(0, self.county_log_sd, self.counties)
        counties = drawn / drawn.sum() * self.households
        parts = np.ceil(counties / self.largest_county).astype(np.int64)
        return np.repeat(counties / parts, parts)


def measured(record: Record, nation: Nation | None = None) -> tuple[list[Table], list[str]]:
    """Write the plan from what `benchmarks.stages` measured."""
    nation = nation or stated()
    measured_rows = _table(record, COSTS)
    of_stages = [one for one in stages() if one not in INVENTED]
    costs = {name: _growth(measured_rows, name, "CPU s") for name in of_stages}
    peaks = {name: _growth(measured_rows, name, "peak GiB") for name in of_stages}
    n_sizes = len({row["households"] for row in measured_rows})
    return [
        Table(f"By stage, {nation.households:,} households", [*_plan(costs, peaks, n_sizes, nation)]),
        Table("Simulated schedules of all stages, one after the other", [*_schedules(costs, nation)]),
        Table("What is left on disk", [_disk(record, nation)]),
    ], _notes(record, peaks, n_sizes, nation)


def stated() -> Nation:
    """Read nation.yaml."""
    return Nation(**yaml.safe_load(STATED.read_text(encoding="utf-8")))


def _table(record: Record, caption: str) -> Sequence[Mapping[str, Cell]]:
    return next(one.rows for one in record.tables if one.caption == caption)


def _growth(rows: Sequence[Mapping[str, Cell]], stage: str, column: str) -> Growth:
    own = [row for row in rows if row["stage"] == stage]
    return growth([float(row["households"] or 0) for row in own], [float(row[column] or 0) for row in own])


def _plan(
    costs: Mapping[str, Growth], peaks: Mapping[str, Growth], n_sizes: int, nation: Nation
) -> list[dict[str, Cell]]:
    """Tell each stage's hours, and from how many households on one machine's memory does not hold it."""
    limits: dict[str, Cell] = {name: _reached(one, n_sizes, nation.memory) for name, one in peaks.items()}
    whole = Growth(sum(one.fixed for one in costs.values()), sum(one.each for one in costs.values()))
    return [
        {
            "stage": name,
            "CPU ms a household": round(1000 * cost.each, 3),
            "fixed, CPU s": round(cost.fixed, 1),
            "CPU hours": round(cost.at(nation.households) / HOUR, 1),
            f"{nation.memory:.0f} GiB reached at, households": limits.get(name),
        }
        for name, cost in {**costs, SUM: whole}.items()
    ]


def _reached(peak: Growth, n_sizes: int, memory: float) -> Cell:
    limit = peak.reached(memory)
    return "one size measured" if n_sizes < 2 else "never" if limit is None else round(limit)


def _schedules(costs: Mapping[str, Growth], nation: Nation) -> list[dict[str, Cell]]:
    return [_simulated(list(costs.values()), nation, workers) for workers in nation.workers]


def _simulated(costs: Sequence[Growth], nation: Nation, workers: int) -> dict[str, Cell]:
    """Draw runs: shards, stragglers, deaths; with neither it is the plain dealing of the list."""
    generator = np.random.default_rng([nation.seed, workers])
    sizes, deaths = nation.sizes(generator), nation.death_hours * HOUR
    calm = together(walks(costs, sizes, workers, 0.0, np.inf, generator))
    runs = [
        together(walks(costs, sizes, workers, nation.straggler_log_sd, deaths, generator))
        for _ in range(nation.draws)
    ]
    ends = [one.end / HOUR for one in runs]
    return {
        "workers": workers,
        "machines": -(-workers // nation.workers_a_machine),
        "shards": len(sizes),
        "least possible h": round(least(costs, nation.households, workers) / HOUR, 2),
        "no straggler, none dies, h": round(calm.end / HOUR, 2),
        "middle run h": round(float(np.median(ends)), 2),
        "worst run h": round(max(ends), 2),
        "shards begun again a run": round(float(np.mean([one.begun_again for one in runs])), 1),
        "shards given up a run": round(float(np.mean([one.given_up for one in runs])), 1),
    }


def _disk(record: Record, nation: Nation) -> dict[str, Cell]:
    rows = _table(record, DISK)
    sizes = [float(row["households"] or 0) for row in rows]
    kept = [one for one in rows[-1] if one not in ("households", "simulated", "truth")]
    terabytes = {
        one: growth(sizes, [float(row[one] or 0) for row in rows]).at(nation.households) / 1e6 for one in kept
    }
    return {
        **{f"{one}, TB": round(size, 3) for one, size in terabytes.items()},
        "sum, TB": round(sum(terabytes.values()), 2),
    }


def _notes(record: Record, peaks: Mapping[str, Growth], n_sizes: int, nation: Nation) -> list[str]:
    return [
        f"Costs are those of the stages above, of {record.day}, commit {record.commit}, in a straight line.",
        "Nothing of this size was run.",
        _breaks_first(peaks, n_sizes, nation.memory),
        "What a stage does for every county is dealt to workers; what is fixed is done on one machine.",
        "Not in it: reading over a network, and that a stage gathers rows of all counties.",
        "benchmarks/nation.yaml states what was assumed: sizes of counties, stragglers, deaths.",
    ]


def _breaks_first(peaks: Mapping[str, Growth], n_sizes: int, memory: float) -> str:
    reached = {name: limit for name, one in peaks.items() if (limit := one.reached(memory)) is not None}
    if n_sizes < 2 or not reached:
        return "What breaks first is not known from one size; measure two (`--households`)."
    first = min(reached, key=reached.__getitem__)
    return f"What breaks first: memory of `{first}`, at {reached[first]:,.0f} households in {memory:.0f} GiB."
