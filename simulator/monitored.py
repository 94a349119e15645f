"""The rows of monitoring: the form of a household at its identification and its elimination."""

import numpy as np
import polars as pl

from simulator.causes import BREACH_LASTS, SLOTS, causes_at
from simulator.settings import SimulatorParameters
from simulator.story import Story
from simulator.timeline import Bools, Days, Floats, Ints, Timeline

#: Of further causes that weigh, how many are written down.
FURTHER_SHARE = 0.7
#: Of households, those with a member nobody insured; of eliminations, those by themselves.
UNINSURED_SHARE, NATURAL_SHARE = 0.04, 0.08


def monitoring_rows(
    story: Story,
    causes: np.ndarray,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List identifications and eliminations.

    `causes` are those recorded at each identification, shape (k, SLOTS), "" where none.
    """
    row, month = story.watch.identified.T
    group = np.where(
        story.watch.sudden, "sudden", np.where(story.situation.lifted[row], "unstable", "marginal")
    )
    slots = {f"cause_{slot}": causes[:, slot - 1] for slot in range(2, SLOTS + 1)}
    kinds = rng.choice(list(settings.disaster_kinds), len(row), p=list(settings.disaster_kinds.values()))
    identified = _form(
        story, row, month, timeline.day_in(month, rng.integers(1, 15, len(row))), rng
    ).with_columns(
        pl.lit("identified").alias("event"),
        pl.Series("group", group),
        pl.Series("main_cause", causes[:, 0]),
        *(pl.Series(name, slot) for name, slot in slots.items()),
        pl.Series("disaster_kind", np.where((causes == "disaster").any(axis=1), kinds, "")),
    )
    out, when = story.watch.eliminated.T
    modes = np.where(rng.random(len(out)) < NATURAL_SHARE, "natural", "helped")
    # Later in its month than any identification, so that least_months are whole ones.
    ended = _form(story, out, when, timeline.day_in(when, rng.integers(15, 29, len(out))), rng).with_columns(
        pl.lit("eliminated").alias("event"), pl.Series("elimination_mode", modes, dtype=pl.String)
    )
    rows = pl.concat([identified, ended], how="diagonal")
    return rows.with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep())


def _form(story: Story, row: Ints, month: Ints, day: Days, rng: np.random.Generator) -> pl.DataFrame:
    """Fill in what the form asks for in money and guarantees, as of the month."""
    paid = _year(story.consequences.payments, row, month)
    resources = story.watch.told_over_needs[row, month] * story.needs[row, month]
    breaches = {f"has_unsafe_{name}": _recent(story, cause, row, month) for name, cause in UNSAFE.items()}
    return pl.DataFrame(
        {
            "household_id": story.population.household_ids[row],
            "occurred_on": day,
            "income_per_person": np.round((resources + paid) / story.situation.size[row, month]),
            "own_payment_year": np.round(paid),
            **breaches,
            "has_dropout": story.dropped_out[row, month],
            "has_uninsured_member": rng.random(len(row)) < UNINSURED_SHARE,
        }
    )


UNSAFE = {"house": "housing", "water": "water"}


def _year(monthly: Floats, row: Ints, month: Ints) -> Floats:
    total = np.hstack([np.zeros((len(monthly), 1)), np.cumsum(monthly, axis=1)])
    return np.asarray(total[row, month + 1] - total[row, np.maximum(month - 11, 0)])


def _recent(story: Story, cause: str, row: Ints, month: Ints) -> Bools:
    struck = np.zeros(story.needs.shape, dtype=bool)
    struck[story.strikes[cause].household, story.strikes[cause].month] = True
    return np.any([struck[row, np.maximum(month - back, 0)] for back in range(BREACH_LASTS + 1)], axis=0)


def recorded_causes(story: Story, settings: SimulatorParameters, rng: np.random.Generator) -> np.ndarray:
    """Write down each identification's causes, shape (k, SLOTS), "" where none.

    The first is sometimes a wrong one, and a guess where no shock is seen; of the further
    ones some are left out.
    """
    row, month = story.watch.identified.T
    true = causes_at(story, row, month)
    shares = list(settings.cause_guesses.values())
    guess = np.where(
        story.situation.able[row], rng.choice(list(settings.cause_guesses), len(row), p=shares), "labour"
    )
    right = (true[:, 0] != "none") & (rng.random(len(row)) < settings.cause_right_share)
    written = np.where(rng.random(true.shape) < FURTHER_SHARE, true, "none")
    written[:, 0] = np.where(right, true[:, 0], guess)
    written[:, 1:][written[:, 1:] == written[:, :1]] = "none"
    # Slots are filled from the first on.
    order = np.argsort(written == "none", axis=1, kind="stable")
    written = np.take_along_axis(written, order, axis=1)
    return np.where(written == "none", "", written)
