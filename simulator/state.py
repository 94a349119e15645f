"""The state of households at a season end: all that their futures start from."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from simulator import labour, schooling
from simulator.consequences import TAKES, spread_payments
from simulator.monitoring import NEVER_YET
from simulator.population import leaving_hazard
from simulator.settings import SimulatorParameters
from simulator.story import Story, has_upper_student
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

#: Months looked ahead, and the season ends among them.
AHEAD, ENDS = 12, np.array([3, 6, 9, 12])
#: A chronic visit a month: how likely it is, for the variance of what they cost.
VISIT = 0.2


@dataclass(frozen=True)
class State:
    """What is settled at a season end, for n households.

    Attributes
    ----------
    past, told_past : arrays of shape (n, 4)
        Resources of the months that each of the next four windows has behind it.
    planned, told_planned : arrays of shape (n, 4)
        Income of each coming quarter before the persistent part, strikes at work taken off.
    sure : array of shape (n, 4)
        Help that runs less payments that are due, up to each end.
    luck_sd : array of shape (n, 4)
        Standard deviation of a quarter's income about its plan.
    cumulated : dict of str to array of shape (n, 13)
        Planned ``wage`` and ``business`` from now on, the persistent part as it stands.
    persistent, persistent_sd : arrays of shape (n,)
        Log distance of earnings from their lasting level; standard deviation of its step a month.
    told_factor, told_over, needs, workers : arrays of shape (n,)
        Recorded over true income; recorded resources over needs; a year's needs; workers.
    size, line : arrays of shape (n, 4) and (4,)
        Persons, but for births and deaths, and the line in force at each end.
    monitored : array of shape (n,)
        Whether the household is monitored.
    chances : dict of str to array of shape (n, 12)
        Chance of every kind of strike, of births and of deaths, in each coming month.
    breaches : array of shape (n,)
        Expected losses of a guarantee in the coming year.
    """

    past: Floats
    told_past: Floats
    planned: Floats
    told_planned: Floats
    sure: Floats
    luck_sd: Floats
    cumulated: dict[str, Floats]
    persistent: Floats
    persistent_sd: Floats
    told_factor: Floats
    told_over: Floats
    needs: Floats
    workers: Floats
    size: Floats
    line: Floats
    monitored: Bools
    chances: dict[str, Floats]
    breaches: Floats

    def of_rows(self, rows: Ints) -> "State":
        """Keep some households."""
        kept: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, dict):
                kept[one.name] = {name: matrix[rows] for name, matrix in value.items()}
            else:
                kept[one.name] = value if one.name == "line" else value[rows]
        return State(**kept)


def state_at(
    story: Story, rows: Ints, month: int, settings: SimulatorParameters, timeline: Timeline
) -> State:
    """Read the state of some households at the end of a month."""
    coming = slice(month + 1, month + 1 + AHEAD)
    plan = _planned(story, rows, month, coming)
    factor = _factors(story, rows, month, timeline)
    total = plan["wage"] + plan["business"] + plan["other"]
    persistent = np.exp(story.potential.persistent[rows, month])
    watch = story.watch
    helped = watch.help_paid[rows]
    chronic = story.population.count(story.visits)[rows].mean(axis=1)
    luck = story.potential.luck_variance[rows, coming] * (persistent**2)[:, None]
    luck += (chronic**2 / VISIT)[:, None]
    running = running_help(story, rows, month, settings) - _due(story, rows, month, settings)[:, coming]
    return State(
        past=_past(story.situation.true_net[rows] + helped, month),
        told_past=_past(story.situation.told_net[rows] + helped, month),
        planned=_quarterly(total),
        told_planned=_quarterly(total * factor),
        sure=np.cumsum(running - chronic[:, None], axis=1)[:, ENDS - 1],
        luck_sd=np.sqrt(_quarterly(luck)),
        cumulated={name: _cumulated(plan[name] * persistent[:, None]) for name in ("wage", "business")},
        persistent=story.potential.persistent[rows, month],
        persistent_sd=settings.yearly_log_sd / np.sqrt(12) * np.sqrt(story.potential.unstable[rows]),
        told_factor=factor.mean(axis=1),
        told_over=watch.told_over_needs[rows, month],
        needs=story.situation.needs[rows, month],
        workers=story.n_workers[rows, BURN_IN],
        size=_sizes(story, rows, month, timeline),
        line=story.line[month + ENDS],
        monitored=watch.help_until[rows, month] == NEVER_YET,
        chances=_chances(story, rows, month, coming, settings, timeline),
        breaches=_breaches(story, rows, coming, settings),
    )


def _past(net: Floats, month: int) -> Floats:
    """Add up what lies behind in the windows that end 3, 6, 9 and 12 months on."""
    return np.column_stack([net[:, month + end - 11 : month + 1].sum(axis=1) for end in ENDS.tolist()])


def _quarterly(monthly: Floats) -> Floats:
    return np.asarray(monthly.reshape(len(monthly), len(ENDS), 3).sum(axis=2))


def _cumulated(monthly: Floats) -> Floats:
    return np.hstack([np.zeros((len(monthly), 1)), np.cumsum(monthly, axis=1)])


def _planned(story: Story, rows: Ints, month: int, coming: slice) -> dict[str, Floats]:
    """Give the coming months' plan less what strikes already at work will take."""
    plan = {name: matrix[rows, coming] for name, matrix in story.potential.plan.items()}
    n, months = story.needs.shape
    for stream, streams in (("wage", ("wage",)), ("business", TAKES["business"])):
        share = np.zeros((len(rows), months))
        for kind, struck in story.strikes.items():
            if TAKES.get(kind) == streams:
                begun = struck.where(struck.month <= month).of_rows(rows, n)
                share += begun.losses(np.ones_like(share))
        plan[stream] = plan[stream] * (1 - np.clip(share[:, coming], 0, 1))
    return plan


def _factors(story: Story, rows: Ints, month: int, timeline: Timeline) -> Floats:
    """Give what will be recorded of a yuan in the coming months, earnings as they stand."""
    years = timeline.years[month + 1 : month + 1 + AHEAD]
    factor = np.repeat(story.told_over_true[rows, month][:, None], AHEAD, axis=1)
    later = years > timeline.years[month]
    of_year = np.flatnonzero(timeline.years == years[-1])
    potential = story.potential.of_rows(rows)
    next_year = story.reporting.of_rows(rows).of_year(
        potential, story.needs[rows], of_year, potential.persistent[:, month]
    )
    return np.asarray(np.where(later, next_year[:, None], factor))


def running_help(story: Story, rows: Ints, month: int, settings: SimulatorParameters) -> Floats:
    """Give the help of the coming months as it stands."""
    until = story.watch.help_until[rows, month][:, None]
    full = until > month + np.arange(AHEAD)
    kept = np.where(until > 0, settings.lasting_help_share, 0.0)
    unit = settings.help_per_person_month * story.situation.size[rows, month]
    return np.asarray(unit[:, None] * np.where(full, 1.0, kept))


def _due(story: Story, rows: Ints, month: int, settings: SimulatorParameters) -> Floats:
    """Give the payments of every month that were settled by now, shape (n, n_months)."""
    n, months = story.needs.shape
    due = np.zeros((len(rows), months))
    for cause in ("illness", "accident", "disability"):
        begun = story.strikes[cause].where(story.strikes[cause].month <= month).of_rows(rows, n)
        due += spread_payments(begun, due.shape, settings.instalments)
    return due


def _sizes(story: Story, rows: Ints, month: int, timeline: Timeline) -> Floats:
    """Count persons at each end: those here now or sure to come, less those sure to go on."""
    people = story.population
    newborn = people.birth >= timeline.starts[0]
    sure = (people.leaves > month) & ~(newborn & (people.joins > month))
    counts = []
    for end in (month + ENDS).tolist():
        gone_on = people.goes_on & (people.leaves <= end)
        counts.append(people.count((sure & (people.joins <= end) & ~gone_on).astype(np.float64))[rows])
    return np.maximum(np.column_stack(counts), 1)


def _chances(
    story: Story, rows: Ints, month: int, coming: slice, settings: SimulatorParameters, timeline: Timeline
) -> dict[str, Floats]:
    hazards, n = story.hazards, len(rows)
    chances = {
        kind: np.outer(hazards.household[kind][rows], hazards.month[kind][coming])
        for kind in hazards.household
        if kind not in ("housing", "water")
    }
    chances["disaster"] = chances["disaster"] * settings.disaster_hit_share
    chances["schooling"] = (
        chances["schooling"] * has_upper_student(story.population, story.stage)[rows, coming]
    )
    chances["price"] = np.full((n, AHEAD), settings.shocks["price"].a_year / 12)
    for kind, rate in _departures(story, month, settings, timeline).items():
        chances[kind] = np.repeat(rate[rows][:, None], AHEAD, axis=1)
    return chances


def _departures(
    story: Story, month: int, settings: SimulatorParameters, timeline: Timeline
) -> dict[str, Floats]:
    """Give the chance a month that a worker, and that another member, dies or leaves for good; of a birth."""
    people = story.population
    years = (timeline.starts[0] - people.birth).astype(np.float64) / 365.25
    rate = leaving_hazard(years, people.relation == "head", people.relation == "spouse", settings)
    here = (people.joins <= month) & (people.leaves > month)
    works = labour.can_work(story.ability[:, month])
    born = people.count((here & (years < 0)).astype(np.int64)) > 0
    return {
        "labour": people.count(rate * (here & works)),
        "death": people.count(rate * (here & ~works)),
        "birth": settings.birth_rate / 12 * (people.may_bear & ~born),
    }


def _breaches(story: Story, rows: Ints, coming: slice, settings: SimulatorParameters) -> Floats:
    hazards, people = story.hazards, story.population
    unsafe = sum(
        hazards.household[cause][rows] * hazards.month[cause][coming].sum() for cause in ("housing", "water")
    )
    pupils = people.count((story.stage == schooling.COMPULSORY_TO).astype(np.int64))[rows, coming].sum(axis=1)
    return np.asarray(unsafe + pupils * schooling.dropout_chance(people, settings)[rows])
