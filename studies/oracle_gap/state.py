"""What the true risk knows and no register holds, as features: `simulator.state`.

The state of a household at a season end is all its futures start from: what is planned for it,
how far its earnings have drifted, what running shocks will still take, how likely each new one is.
A model that has it as features is told all that the true risk is told. What it still
ranks worse is its own.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from simulator.settings import SimulatorParameters
from simulator.state import ENDS, State, state_at
from simulator.story import Story, tell
from simulator.timeline import Timeline


def states(settings: SimulatorParameters, counties: int, days: Sequence[date]) -> pl.DataFrame:
    """Tell the first counties' stories again and read every household's state at each season end.

    Returns
    -------
    DataFrame
        household_id (the source's), as_of_date and columns ``state_..``; money in shares of a
        year's needs.
    """
    timeline = Timeline(settings.first_month, settings.months)
    months = timeline.month_of(np.array(days, dtype="datetime64[D]")).tolist()
    frames = []
    for index in range(counties):
        rng = np.random.default_rng(np.random.SeedSequence([settings.seed, index]))
        story = tell(index, settings, timeline, rng)
        frames += [
            _of_month(story, month, day, settings, timeline) for month, day in zip(months, days, strict=True)
        ]
    return pl.concat(frames)


def _of_month(
    story: Story, month: int, day: date, settings: SimulatorParameters, timeline: Timeline
) -> pl.DataFrame:
    here = np.flatnonzero(story.situation.here[:, month])
    known = _columns(state_at(story, here, month, settings, timeline))
    return pl.DataFrame(
        {
            "household_id": story.population.household_ids[here],
            "as_of_date": pl.Series([day]).new_from_index(0, len(here)),
            **{f"state_{name}": values for name, values in known.items()},
        }
    )


def _columns(state: State) -> dict[str, np.ndarray]:
    """Spread a state over columns, with what it makes expect at each of the four ends."""
    needs = state.size * state.line
    coming = np.cumsum(state.planned * np.exp(state.persistent)[:, None], axis=1)
    by_end = {
        "expected": (state.past + coming + state.sure) / needs,
        "past": state.past / needs,
        "planned": coming / needs,
        "sure": state.sure / needs,
        "luck": np.sqrt(np.cumsum(state.luck_sd**2, axis=1)) / needs,
        "size": state.size,
    }
    return {
        **{f"{name}_{end}": values[:, at] for name, values in by_end.items() for at, end in enumerate(ENDS)},
        **{f"{name}_ahead": total[:, -1] / state.needs for name, total in state.cumulated.items()},
        **{f"chance_{kind}": chance.sum(axis=1) for kind, chance in state.chances.items()},
        "drift": state.persistent,
        "drift_sd": state.persistent_sd,
        "workers": state.workers,
        "monitored": state.monitored.astype(np.float64),
        "breaches": state.breaches,
    }
