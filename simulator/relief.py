"""The rows of assistance, and how help is booked."""

import numpy as np
import polars as pl

from register.reference import measures
from simulator.monitoring import Watch
from simulator.population import Population
from simulator.timeline import Bools, Floats, Ints, Timeline


def assistance_rows(
    population: Population, watch: Watch, cause: np.ndarray, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """List the measure that begins for each identified household, and what others get anyway."""
    row, month = watch.identified[:, 0], watch.identified[:, 1]
    serves = {one: code for code, measure in reversed(measures().items()) for one in measure.serves}
    started = timeline.day_in(month, np.full(len(month), 28)) + np.timedelta64(10, "D")
    helped = pl.DataFrame(
        {
            "household_id": population.household_ids[row],
            "measure": [serves[one] for one in cause.tolist()],
            "started_on": started,
            "amount": np.round(rng.gamma(4, 500, len(row)), -1),
        }
    )
    frames = [helped, _usual(population, "industry", 0.6, timeline, rng)]
    frames.append(_usual(population, "employment", 0.4, timeline, rng))
    rows = pl.concat([*frames, _usual(population, "finance", 0.2, timeline, rng)], how="diagonal")
    return rows.with_columns(pl.lit(None, dtype=pl.String).alias("member_id")).unique(
        ["household_id", "measure", "started_on"], keep="first", maintain_order=True
    )


def _usual(
    population: Population, measure: str, share: float, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    n = population.n_households
    chosen = np.flatnonzero(rng.random(n) < share * np.where(population.lifted, 1.0, 0.15))
    days = timeline.opening + rng.integers(-300, 900, len(chosen)).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "household_id": population.household_ids[chosen],
            "started_on": days,
            "ended_on": days + rng.integers(200, 900, len(chosen)).astype("timedelta64[D]"),
            "amount": np.round(rng.gamma(3, 600, len(chosen)), -1),
        }
    ).with_columns(pl.lit(measure).alias("measure"))


def help_streams(help_paid: Floats, able: Bools, timeline: Timeline) -> dict[str, Floats]:
    """Book help each quarter: as wages of a public post where somebody can work, else as aid."""
    ends: Ints = np.flatnonzero(timeline.calendar_month % 3 == 0)
    quarterly = np.zeros_like(help_paid)
    quarterly[:, ends] = np.diff(np.cumsum(help_paid, axis=1)[:, ends], axis=1, prepend=0.0)
    return {"public_post": quarterly * able[:, None], "social_aid": quarterly * ~able[:, None]}
