"""What ending help truly does to the risk of a simulated household: the same futures without it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from register.seasons import season_end
from simulator.futures import BLOCK, risks
from simulator.settings import SimulatorParameters
from simulator.state import ENDS, State, running_help, state_at
from simulator.story import Story, tell
from simulator.timeline import Timeline

EFFECT = {
    "household_id": pl.String(),
    "as_of_date": pl.Date(),
    "true_risk": pl.Float64(),
    "true_change": pl.Float64(),
}


def true_changes(
    index: int, settings: SimulatorParameters, seasons: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tell a county's story again, and the recorded risk with and without the help that still comes.

    Parameters
    ----------
    index : int
        Number of the county; with the seed it decides everything.
    settings : SimulatorParameters
        As the prefecture was made with.
    seasons : sequence of str
        Quarters with twelve months to come.

    Returns
    -------
    tuple of DataFrame and DataFrame
        `EFFECT` of every household at the ends of `seasons`, the same futures drawn twice; and
        ``household_id, started_on``: the records of help that pays. Others pay nothing here.
    """
    rng = np.random.default_rng(np.random.SeedSequence([settings.seed, index]))
    timeline = Timeline(settings.first_month, settings.months)
    story = tell(index, settings, timeline, rng)
    parts = [pl.DataFrame(schema=EFFECT)]
    for season in seasons:
        day = season_end(season)
        month = int(timeline.month_of(np.array([day], dtype="datetime64[D]"))[0])
        here = np.flatnonzero(story.situation.here[:, month])
        state = state_at(story, here, month, settings, timeline)
        paid = np.cumsum(running_help(story, here, month, settings), axis=1)[:, ENDS - 1]
        seed = [settings.seed, index, month]
        now, ended = (
            _told_risk(one, settings, seed) for one in (state, replace(state, sure=state.sure - paid))
        )
        ids = story.population.household_ids[here]
        frame = pl.DataFrame({"household_id": ids, "true_risk": now, "true_change": ended - now})
        parts.append(frame.with_columns(pl.lit(day).alias("as_of_date")).select(list(EFFECT)))
    return pl.concat(parts), _paying(story, timeline)


def _told_risk(state: State, settings: SimulatorParameters, seed: list[int]) -> np.ndarray:
    rng = np.random.default_rng(seed)  # the same draws, whatever is paid
    blocks = np.array_split(np.arange(len(state.needs)), max(1, len(state.needs) // BLOCK))
    return np.concatenate([risks(state.of_rows(rows), settings, rng)[1] for rows in blocks])


def _paying(story: Story, timeline: Timeline) -> pl.DataFrame:
    row, month = story.watch.identified.T
    started = timeline.day_in(month, np.full(len(month), 28)) + np.timedelta64(10, "D")
    return pl.DataFrame({"household_id": story.population.household_ids[row], "started_on": started})
