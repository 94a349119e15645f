"""What no register holds: true resources, true risk, and each fall with every cause switched off."""

from dataclasses import replace

import numpy as np
import polars as pl

from simulator import schooling
from simulator.consequences import CAUSE_OF, COSTS, suffer
from simulator.county import County
from simulator.futures import true_risk
from simulator.monitoring import Watch, watch_over
from simulator.settings import SimulatorParameters
from simulator.story import Story, alerts, told_net
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

#: Causes that can be switched off, each with every strike that counts as it.
CAUSES = (
    "illness", "disability", "accident", "employment", "labour", "schooling", "business", "disaster",
    "housing", "water",
)  # fmt: skip


def truth_of(county: County, settings: SimulatorParameters) -> dict[str, pl.DataFrame]:
    """Tell the truth about a county, once: futures draw on from where its register ended.

    Returns
    -------
    dict of str to DataFrame
        ``resources``: household_id, as_of_date (season ends), over_needs (true reference
        resources of twelve months over needs), told_over_needs (as recorded on time and
        without error), has_breach (in the season), needs (a year's, yuan), help_paid (yuan
        of help so far: what of the resources is help can be told from its growth).
        ``falls``: one row a fall and cause: household_id, fell_on (season end), cause,
        struck_on (first day of the month of the cause's first strike that reaches the twelve
        months before; missing where none does: chronic illness, school costs, help that an
        older strike brought),
        over_needs, told_over_needs and has_breach as they were, the same with the cause
        switched off and all other luck the same (``.._without``), is_necessary and
        is_necessary_as_told: whether there is no fall then. Several causes of one fall can
        be necessary, or none.
        ``risk``: `simulator.futures.true_risk`.
    """
    story, timeline = county.story, county.timeline
    seasons = season_months(timeline)
    return {
        "resources": _resources(story, seasons, timeline),
        "falls": _falls(story, seasons, settings, timeline),
        "risk": true_risk(story, settings, timeline, county.rng),
    }


def season_months(timeline: Timeline) -> Ints:
    """Give the last month of every season of the register."""
    ends = timeline.calendar_month % 3 == 0
    ends[:BURN_IN] = False
    return np.flatnonzero(ends)


def _resources(story: Story, seasons: Ints, timeline: Timeline) -> pl.DataFrame:
    row, place = np.nonzero(story.situation.here[:, seasons])
    month = seasons[place]
    return pl.DataFrame(
        {
            "household_id": story.population.household_ids[row],
            "as_of_date": _last_day(month, timeline),
            "over_needs": np.round(story.watch.over_needs[row, month], 4),
            "told_over_needs": np.round(story.watch.told_over_needs[row, month], 4),
            "has_breach": _in_season(story.situation.breached, seasons)[row, place],
            "needs": np.round(story.situation.needs[row, month], 2),
            "help_paid": np.round(np.cumsum(story.watch.help_paid, axis=1)[row, month], 2),
        }
    )


def _last_day(month: Ints, timeline: Timeline) -> np.ndarray:
    return np.asarray(timeline.starts[month + 1] - np.timedelta64(1, "D"))


def _in_season(happened: Bools, seasons: Ints) -> Bools:
    return np.asarray(happened[:, seasons] | happened[:, seasons - 1] | happened[:, seasons - 2])


def _fallen(story: Story, seasons: Ints) -> tuple[Ints, Ints]:
    """Find the seasons in which a household is newly below the line, or without a guarantee."""
    fell = _in_season(story.situation.breached, seasons)
    for over in (story.watch.over_needs, story.watch.told_over_needs):
        below = over[:, seasons] < 1
        fell[:, 1:] |= below[:, 1:] & ~below[:, :-1]
    row, place = np.nonzero(fell & story.situation.here[:, seasons])
    return row, seasons[place]


def _falls(story: Story, seasons: Ints, settings: SimulatorParameters, timeline: Timeline) -> pl.DataFrame:
    row, month = _fallen(story, seasons)
    rows, at = np.unique(row, return_inverse=True)
    real = _state(story.watch, story.situation.breached, row, month)
    frames = []
    for cause in CAUSES:
        watch, breached = without(cause, story, rows, settings, timeline)
        other = _state(watch, breached, at, month)
        differs = np.any([abs(real[name] * 1.0 - other[name]) > 1e-9 for name in real], axis=0)
        fell, as_told = (_is_fall(real, name) for name in ("over_needs", "told_over_needs"))
        frame = pl.DataFrame(
            {
                "household_id": story.population.household_ids[row],
                "fell_on": _last_day(month, timeline),
                "struck_on": _struck_on(cause, story, row, month, settings, timeline),
                **real,
                **{f"{name}_without": value for name, value in other.items()},
                "is_necessary": fell & ~_is_fall(other, "over_needs"),
                "is_necessary_as_told": as_told & ~_is_fall(other, "told_over_needs"),
            }
        ).with_columns(pl.lit(cause).alias("cause"))
        frames.append(frame.filter(pl.Series(differs)))
    return (
        pl.concat(frames).sort("household_id", "fell_on", "cause").with_columns(pl.col(pl.Float64).round(6))
    )


def _struck_on(
    cause: str, story: Story, row: Ints, month: Ints, settings: SimulatorParameters, timeline: Timeline
) -> pl.Series:
    """Find the first strike of a cause that takes or costs something in a fall's twelve months."""
    falls = pl.DataFrame({"row": row, "fell": month}).with_row_index("fall")
    pays = max(later for later, _ in settings.instalments) + 1
    struck = pl.concat(
        pl.DataFrame(
            {
                "row": one.household,
                "month": one.month,
                "over": one.month + np.maximum(one.lasts, pays if kind in COSTS else 1),
            }
        )
        for kind, one in story.strikes.items()
        if CAUSE_OF.get(kind, kind) == cause
    )
    first = (
        falls.join(struck, on="row")
        .filter(pl.col("month") <= pl.col("fell"), pl.col("over") > pl.col("fell") - 11)
        .group_by("fall")
        .agg(pl.col("month").min())
    )
    first_month = falls.join(first, on="fall", how="left", maintain_order="left")["month"]
    days = pl.Series(timeline.starts[first_month.fill_null(0).to_numpy()], dtype=pl.Date)
    return pl.select(pl.when(first_month.is_not_null()).then(days)).to_series()


def _state(watch: Watch, breached: Bools, row: Ints, month: Ints) -> dict[str, np.ndarray]:
    recent = breached[row, month] | breached[row, month - 1] | breached[row, month - 2]
    return {
        "over_needs": watch.over_needs[row, month],
        "told_over_needs": watch.told_over_needs[row, month],
        "has_breach": recent,
    }


def _is_fall(state: dict[str, np.ndarray], name: str) -> Bools:
    return np.asarray((state[name] < 1) | state["has_breach"])


def without(
    cause: str, story: Story, rows: Ints, settings: SimulatorParameters, timeline: Timeline
) -> tuple[Watch, Bools]:
    """Tell the story of some households again without a cause; all other luck stays."""
    n = story.population.n_households
    kept = {
        kind: struck.of_rows(rows, n)
        for kind, struck in story.strikes.items()
        if CAUSE_OF.get(kind, kind) != cause
    }
    visits = story.population.count(story.visits)[rows]
    chronic = visits * 0 if cause == "illness" else visits
    consequences = suffer(story.potential.of_rows(rows), kept, chronic, settings)
    size = _size_without(cause, story)[rows]
    needs = size * story.line
    breached = _breached_without(cause, story)[rows]
    situation = replace(
        story.situation.of_rows(rows),
        true_net=consequences.net,
        told_net=told_net(consequences, story.told_over_true[rows]),
        size=size,
        needs=needs,
        breached=breached,
        alerts=alerts(consequences.lost, needs, settings),
    )
    return watch_over(situation, story.luck.of_rows(rows), settings, timeline), breached


def _size_without(cause: str, story: Story) -> Floats:
    """Count persons; without a lack of labour those stay who would have worked."""
    if cause != "labour":
        return story.situation.size
    gone = story.strikes["labour"]
    back = np.zeros(story.situation.size.shape)
    np.add.at(back, (gone.household, gone.month), 1.0)
    return np.asarray(story.situation.size + np.cumsum(back, axis=1))


def _breached_without(cause: str, story: Story) -> Bools:
    if cause not in ("housing", "water", "schooling"):
        return story.situation.breached
    breached = np.zeros_like(story.situation.breached)
    for kind in {"housing", "water"} - {cause}:
        breached[story.strikes[kind].household, story.strikes[kind].month] = True
    if cause != "schooling":
        breached |= schooling.dropouts(story.population, story.stage)
    return breached
