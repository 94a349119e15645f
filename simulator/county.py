"""One county from its story to the tables of text that it would deliver."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from register.tables import TABLES
from simulator import earnings, labour, monitored, place, relief, schooling, sickness
from simulator.exports import SURVEYED, yearly_exports
from simulator.opening import since_opening
from simulator.recording import as_text, record, record_spells, with_corrections
from simulator.restating import restated
from simulator.settings import SimulatorParameters
from simulator.story import Story, tell
from simulator.timeline import BURN_IN, Floats, Timeline, rolling_year


@dataclass(frozen=True)
class County:
    """A county as it happened and as it is delivered.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Tables of text in contract order; none for look-backs.
    story : Story
        What happened, which no household register has (`simulator.truth.truth_of`).
    timeline : Timeline
        Its months.
    rng : Generator
        Chance, as far as it was drawn: futures go on from here.
    """

    tables: Mapping[str, pl.DataFrame]
    story: Story
    timeline: Timeline
    rng: np.random.Generator


def simulate_county(index: int, settings: SimulatorParameters) -> County:
    """Simulate a county.

    Parameters
    ----------
    index : int
        Number of the county, from 0; with the seed it decides everything.
    settings : SimulatorParameters
        Sizes, rates and habits of recording.
    """
    rng = np.random.default_rng(np.random.SeedSequence([settings.seed, index]))
    timeline = Timeline(settings.first_month, settings.months)
    story = tell(index, settings, timeline, rng)
    tables = _written_down(story, settings, timeline, rng)
    text = {name: _as_text(tables[name], name, settings, rng) for name in TABLES if name in tables}
    return County(text, story, timeline, rng)


def _written_down(
    story: Story, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> dict[str, pl.DataFrame]:
    late = np.where(story.population.minority_home, settings.minority_late_ratio, 1.0)
    register = timeline.last_years(settings.office.years)
    states, spells, happened = _tables(story, settings, timeline, rng)
    lived = {
        name: _lived(name, rows, story, settings, timeline)
        for name, rows in {**happened, **spells, **states}.items()
    }
    written = {
        name: record(lived[name], "occurred_on", _late(lived[name], late), settings, register, rng)
        for name in happened
    }
    for begins, ends, tables in (("started_on", "ended_on", spells), ("valid_from", "valid_to", states)):
        for name in tables:
            written[name] = record_spells(
                lived[name], begins, ends, _late(lived[name], late), settings, register, rng
            )
    written["income"] = with_corrections(written["income"], "amount", settings, register, rng)
    if settings.office.exports_yearly:
        written |= yearly_exports(lived, register.year_ends)
    known = {name: _known_from_the_beginning(rows, story, timeline) for name, rows in written.items()}
    return {"villages": place.village_rows(story.population, settings, register, rng), **known}


def _lived(
    name: str, rows: pl.DataFrame, story: Story, settings: SimulatorParameters, timeline: Timeline
) -> pl.DataFrame:
    """Keep what an office writes down: what it sees of a household's life, some of it anew each year."""
    register = timeline.last_years(settings.office.years)
    kept = _within_life(name, rows, story, timeline)
    if settings.office.years:
        kept = since_opening(name, kept, register)
    if settings.office.restates:
        kept = _within_life(name, restated(name, kept, register.year_ends), story, timeline)
    return kept


def _tables(
    story: Story, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """List the rows of states, of spells and of events, as they were."""
    people, strikes, watch = story.population, story.strikes, story.watch
    causes = monitored.recorded_causes(story, settings, rng)
    out = earnings.times_out_of_work(strikes, story.worker, story.working.shape)
    wages = story.potential.streams["wage"] * _written(story, settings)
    per_worker = rolling_year(wages) / 12 / np.maximum(story.n_workers, 1)
    streams = _streams(story, settings, timeline)
    states = {
        "members": labour.member_rows(
            people, story.ability, story.strikes["disability"], story.worker, timeline, rng
        ),
        "households": place.household_rows(
            people, story.potential.poor, ~story.situation.able, timeline, rng
        ),
    }
    spells = {
        "employment": earnings.employment_rows(
            people, story.working, out, per_worker, story.potential.unstable, timeline, rng
        ),
        "schooling": schooling.schooling_rows(people, story.stage, timeline, rng),
        "assistance": relief.assistance_rows(people, watch, causes[:, 0], timeline, rng),
    }
    happened = {
        "income": earnings.income_rows(people, streams, settings, timeline, rng),
        "health": sickness.health_rows(
            people, story.visits, strikes, story.sick, story.worker, settings, timeline, rng
        ),
        "relocation": place.relocation_rows(people, timeline, rng),
        "housing": place.housing_rows(people, strikes["housing"], settings, timeline, rng),
        "water": place.water_rows(people, strikes["water"], timeline, rng),
        "land": place.land_rows(people, timeline, rng),
        "shocks": sickness.shock_rows(people, strikes, settings, timeline, rng),
        "monitoring": monitored.monitoring_rows(story, causes, settings, timeline, rng),
    }
    return states, spells, happened


def _written(story: Story, settings: SimulatorParameters) -> Floats:
    """Give what is written down of a yuan: as it is told, unless incomes are to be written as they are."""
    return np.ones_like(story.told_over_true) if settings.true_incomes else story.told_over_true


def _streams(story: Story, settings: SimulatorParameters, timeline: Timeline) -> dict[str, Floats]:
    """Give income as it is written down, with help on top: claims and help come from departments."""
    written = _written(story, settings)
    streams = {
        name: amount if name == "claim" else amount * written
        for name, amount in story.consequences.streams.items()
    }
    for name, amount in relief.help_streams(story.watch.help_paid, story.situation.able, timeline).items():
        streams[name] = streams.get(name, 0) + amount
    return streams


def _rows_of(frame: pl.DataFrame) -> np.ndarray:
    """Give the household row of every line."""
    return frame["household_id"].str.slice(-6).cast(pl.Int64).to_numpy() - 1


def _late(frame: pl.DataFrame, by_household: Floats) -> Floats:
    return np.asarray(by_household[_rows_of(frame)])


def _within_life(name: str, frame: pl.DataFrame, story: Story, timeline: Timeline) -> pl.DataFrame:
    """Leave out what a household would have had before it began or after its end.

    Income is asked for twelve months back when a household begins, and what it has is found
    then.
    """
    event = next(one for one in ("occurred_on", "started_on", "valid_from") if one in frame.columns)
    rows, days = _rows_of(frame), frame[event].to_numpy().astype("datetime64[D]")
    begins, ends = story.population.begins[rows], story.population.ends[rows]
    new = begins > 0
    starts = timeline.starts[np.minimum(begins, timeline.n_months)]
    if name in SURVEYED:
        days = np.where(new, np.maximum(days, starts), days)
    since = timeline.starts[np.maximum(begins - (12 if name == "income" else 0), 0)]
    over = timeline.starts[np.minimum(ends, timeline.n_months)]
    kept = (~new | (days >= since)) & ((ends >= timeline.n_months) | (days <= over))
    return frame.with_columns(pl.Series(event, days, dtype=pl.Date)).filter(pl.Series(kept))


def _known_from_the_beginning(frame: pl.DataFrame, story: Story, timeline: Timeline) -> pl.DataFrame:
    """Let nothing be recorded of a household before it begins."""
    begins = story.population.begins[_rows_of(frame)]
    first = timeline.starts[np.minimum(begins, timeline.n_months)]
    days = frame["recorded_on"].to_numpy().astype("datetime64[D]")
    entered = np.where(begins > BURN_IN, np.maximum(days, first), days)
    return frame.with_columns(pl.Series("recorded_on", entered, dtype=pl.Date))


def _as_text(
    frame: pl.DataFrame, name: str, settings: SimulatorParameters, rng: np.random.Generator
) -> pl.DataFrame:
    table = TABLES[name]
    key = [column for column in table.key if column in frame.columns]
    ordered = frame.sort([*key, "recorded_on"], nulls_last=True, maintain_order=True)
    money = [column.name for column in table.columns if column.kind == "money"]
    amounts = pl.col([column for column in money if column in frame.columns])
    ordered = ordered.with_columns(amounts * settings.office.amounts_over_yuan)
    if name == "villages":  # a spoilt village would take its households out of the register
        return as_text(ordered, table, _clean(settings), rng)
    return as_text(ordered, table, settings, rng)


def _clean(settings: SimulatorParameters) -> SimulatorParameters:
    return settings.model_copy(update={"dirty_share": 0.0, "duplicate_share": 0.0})
