"""One county from people to text: the order in which things happen."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from register.reference import income_lines
from register.simulator import earnings, labour, place, relief, schooling, sickness
from register.simulator.consequences import Consequences, main_worker, sickest, suffer, workers_lost
from register.simulator.events import Strikes, strike_all
from register.simulator.monitoring import Watch, watch_over
from register.simulator.population import Population, make_population
from register.simulator.recording import as_text, record, record_spells, with_corrections
from register.simulator.settings import REGION, Settings
from register.simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline, rolling_year
from register.simulator.work import Potential, earn
from register.tables import TABLES

#: Share of households that dissolve or move away in a year.
DISSOLVED_A_YEAR = 0.002


@dataclass(frozen=True)
class Story:
    """All that happened in a county, before anybody wrote it down."""

    population: Population
    stage: Ints
    ability: Ints
    working: Bools
    n_workers: Floats
    potential: Potential
    strikes: dict[str, Strikes]
    visits: Floats
    sick: Ints
    worker: Ints
    consequences: Consequences
    dissolves: Ints
    watch: Watch
    true_cause: np.ndarray
    size: Floats
    line: Floats


def simulate_county(index: int, settings: Settings) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Simulate a county.

    Parameters
    ----------
    index : int
        Number of the county, from 0; with the seed it decides everything.
    settings : Settings
        Sizes, rates and habits of recording.

    Returns
    -------
    tuple of dict and DataFrame
        Tables of text in contract order (none for look-backs), and the truth: household
        and month with a shock at work, its largest cause, resources over needs and what
        that cause took of them.
    """
    rng = np.random.default_rng(np.random.SeedSequence([settings.seed, index]))
    timeline = Timeline(settings.first_month, settings.months)
    story = _tell(index, settings, timeline, rng)
    tables = _written_down(story, settings, timeline, rng)
    text = {name: _as_text(tables[name], name, settings, rng) for name in TABLES if name in tables}
    return text, _truth(story, timeline)


def _tell(index: int, settings: Settings, timeline: Timeline, rng: np.random.Generator) -> Story:
    population = make_population(index, settings, timeline, rng)
    stage = schooling.school_stages(population, settings, timeline, rng)
    ability = labour.abilities(population, schooling.is_student(stage), timeline, rng)
    # Whoever leaves is a shock of its own, so the potential counts them as if they had stayed.
    born = population.joins[:, None] <= np.arange(timeline.n_months)
    hands = population.count((labour.can_work(ability) & born).astype(np.float64))
    potential = earn(population, hands, settings, timeline, rng)
    working = labour.can_work(ability) & population.present(timeline)
    strikes = strike_all(population, hands[:, BURN_IN], potential.unstable, settings, timeline, rng)
    strikes["labour"] = workers_lost(population, labour.can_work(ability) & born, timeline, hands)
    strikes["schooling"] = _only_students(strikes["schooling"], population, stage)
    visits = sickness.chronic_visits(population, timeline, rng)
    consequences = suffer(potential, strikes, population.count(visits))
    worker = main_worker(population, working[:, BURN_IN], rng)
    disabled = strikes["disability"]
    ability = labour.lose_ability(ability, worker[disabled.household], disabled.month)
    dissolves = BURN_IN + rng.geometric(DISSOLVED_A_YEAR / 12, population.n_households).astype(np.int64)
    size = population.count(population.present(timeline).astype(np.float64))
    line = _lines(timeline)
    net = sum(consequences.streams.values()) - consequences.payments
    watch = watch_over(
        np.asarray(net), size, line, _breaches(strikes, population, stage, timeline),
        hands[:, BURN_IN] > 0, settings, timeline, rng,
    )  # fmt: skip
    return Story(
        population, stage, ability, working, hands, potential, strikes, visits, sickest(population, rng),
        worker, consequences, dissolves, watch, _largest(consequences, size, line, strikes), size, line,
    )  # fmt: skip


def _only_students(strikes: Strikes, population: Population, stage: Ints) -> Strikes:
    upper = ((stage > schooling.COMPULSORY_TO) & (stage < len(schooling.STAGES) - 1)).astype(np.int64)
    has_student = population.count(upper) > 0
    kept = has_student[strikes.household, strikes.month]
    return strikes.where(kept)


def _lines(timeline: Timeline) -> Floats:
    lines = income_lines().filter(pl.col("region_id") == REGION)
    starts = lines["effective_from"].to_numpy().astype("datetime64[D]")
    found = np.searchsorted(starts, timeline.starts[:-1], side="right") - 1
    return np.asarray(lines["line_per_month"].to_numpy()[np.maximum(found, 0)] * 12)


def _breaches(strikes: dict[str, Strikes], population: Population, stage: Ints, timeline: Timeline) -> Bools:
    breached = np.zeros((population.n_households, timeline.n_months), dtype=bool)
    for cause in ("housing", "water"):
        breached[strikes[cause].household, strikes[cause].month] = True
    out = stage == schooling.STAGES.index("dropped_out")
    begins = out & ~np.hstack([np.zeros((len(out), 1), dtype=bool), out[:, :-1]])
    return np.asarray(breached | (population.count(begins.astype(np.int64)) > 0))


def _largest(
    consequences: Consequences, size: Floats, line: Floats, strikes: dict[str, Strikes]
) -> np.ndarray:
    """Name the cause with the largest loss of twelve months; below a tenth of needs none."""
    names = list(consequences.lost)
    needs = np.maximum(size, 1) * line
    stack = np.stack([rolling_year(consequences.lost[name]) / needs for name in names])
    cause = np.array(names)[stack.argmax(axis=0)].astype("<U10")
    cause[stack.max(axis=0) < 0.1] = "none"
    for name in ("housing", "water"):
        struck = strikes[name]
        quiet = cause[struck.household, struck.month] == "none"
        cause[struck.household[quiet], struck.month[quiet]] = name
    return cause


def _truth(story: Story, timeline: Timeline) -> pl.DataFrame:
    needs = np.maximum(story.size, 1) * story.line
    taken = np.zeros(needs.shape)
    for name, lost in story.consequences.lost.items():
        taken = np.where(story.true_cause == name, rolling_year(lost) / needs, taken)
    active = story.true_cause != "none"
    active[:, :BURN_IN] = False
    household, month = np.nonzero(active)
    return pl.DataFrame(
        {
            "household_id": story.population.household_ids()[household],
            "month": timeline.starts[month + 1] - np.timedelta64(1, "D"),
            "cause": story.true_cause[household, month],
            "resources_over_needs": np.round(story.watch.over_needs[household, month], 4),
            "taken_over_needs": np.round(taken[household, month], 4),
        }
    )


def _written_down(
    story: Story, settings: Settings, timeline: Timeline, rng: np.random.Generator
) -> dict[str, pl.DataFrame]:
    people, strikes = story.population, story.strikes
    able = story.n_workers[:, BURN_IN] > 0
    row, month = story.watch.identified[:, 0], story.watch.identified[:, 1]
    cause = relief.recorded_causes(story.true_cause[row, month], able[row], rng)
    goes = story.dissolves < timeline.n_months
    streams = _streams(story, able, timeline)
    out = earnings.times_out_of_work(strikes, story.worker, story.working.shape)
    per_worker = rolling_year(story.potential.streams["wage"]) / 12 / np.maximum(story.n_workers, 1)
    states = {
        "members": labour.member_rows(people, story.ability, timeline),
        "households": place.household_rows(people, story.potential.poor, story.dissolves, timeline, rng),
    }
    spells = {
        "employment": earnings.employment_rows(
            people, story.working, out, per_worker, story.potential.unstable, timeline, rng
        ),
        "schooling": schooling.schooling_rows(people, story.stage, timeline, rng),
        "assistance": relief.assistance_rows(people, story.watch, cause, timeline, rng),
    }
    happened = {
        "income": earnings.income_rows(people, streams, timeline, rng),
        "health": sickness.health_rows(
            people, story.visits, strikes, story.sick, story.worker, timeline, rng
        ),
        "relocation": place.relocation_rows(people, timeline, rng),
        "housing": place.housing_rows(people, strikes["housing"], timeline, rng),
        "water": place.water_rows(people, strikes["water"], timeline, rng),
        "land": place.land_rows(people, timeline, rng),
        "shocks": sickness.shock_rows(people, strikes, timeline, rng),
        "monitoring": relief.monitoring_rows(people, story.watch, cause, timeline, rng),
    }
    written = {name: record(rows, "occurred_on", settings, timeline, rng) for name, rows in happened.items()}
    for name, rows in spells.items():
        written[name] = record_spells(rows, "started_on", "ended_on", settings, timeline, rng)
    for name, rows in states.items():
        written[name] = record_spells(rows, "valid_from", "valid_to", settings, timeline, rng)
    written["income"] = with_corrections(written["income"], "amount", settings, timeline, rng)
    gone = people.household_ids()[goes]
    alive = {name: _until_gone(rows, gone, story, timeline) for name, rows in written.items()}
    return {"villages": place.village_rows(people, settings, timeline, rng), **alive}


def _streams(story: Story, able: Bools, timeline: Timeline) -> dict[str, Floats]:
    streams = dict(story.consequences.streams)
    for name, amount in relief.help_streams(story.watch.help_paid, able, timeline).items():
        streams[name] = streams.get(name, 0) + amount
    return streams


def _until_gone(rows: pl.DataFrame, gone: np.ndarray, story: Story, timeline: Timeline) -> pl.DataFrame:
    """Leave out what a dissolved household would have had afterwards."""
    days = timeline.starts[np.minimum(story.dissolves, timeline.n_months)]
    ends = pl.DataFrame({"household_id": story.population.household_ids(), "_gone_on": days}).filter(
        pl.col("household_id").is_in(gone.tolist())
    )
    event = next(name for name in ("occurred_on", "started_on", "valid_from") if name in rows.columns)
    kept = rows.join(ends, on="household_id", how="left", maintain_order="left")
    return kept.filter(pl.col("_gone_on").is_null() | (pl.col(event) <= pl.col("_gone_on"))).drop("_gone_on")


def _as_text(frame: pl.DataFrame, name: str, settings: Settings, rng: np.random.Generator) -> pl.DataFrame:
    table = TABLES[name]
    key = [column for column in table.key if column in frame.columns]
    ordered = frame.sort([*key, "recorded_on"], nulls_last=True, maintain_order=True)
    if name == "villages":  # a spoilt village would take its households out of the register
        return as_text(ordered, table, _clean(settings), rng)
    return as_text(ordered, table, settings, rng)


def _clean(settings: Settings) -> Settings:
    return replace(settings, dirty_share=0.0, duplicate_share=0.0)
