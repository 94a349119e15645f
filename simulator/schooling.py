"""Who attends school: stages from age and talent, spells from September to September."""

import numpy as np
import polars as pl

from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

STAGES = (
    "none",
    "preschool",
    "primary",
    "middle",
    "high",
    "vocational",
    "college",
    "university",
    "dropped_out",
)
#: Own cost a year, yuan, by stage; compulsory school is free (DOMAIN 4: alert at 10,000).
OWN_COST = np.array([0, 1500, 300, 500, 4000, 3500, 11000, 10000, 0])
COMPULSORY_TO = 3
#: How much likelier dropping out is in a remote village, over the prefecture's rate.
REMOTE_DROPOUTS = 2


def school_stages(
    population: Population, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Ints:
    """Give every member's stage, an index of `STAGES`, shape (n_members, n_months)."""
    members = len(population.owner)
    school_year = timeline.years - (timeline.calendar_month < 9)
    september = (school_year.astype(str).astype("datetime64[Y]") + np.timedelta64(8, "M")).astype(
        "datetime64[D]"
    )
    age = np.floor((september[None, :] - population.birth[:, None]).astype(np.float64) / 365.25)
    further, talent = rng.random((members, 1)), rng.random((members, 1))
    upper = np.where(further < 0.55, 4, np.where(further < 0.92, 5, 0))
    higher = np.where((upper == 4) & (talent < 0.4), 7, np.where((upper > 0) & (talent < 0.75), 6, 0))
    choices = [
        (age >= 4) & (age < 6),
        (age >= 6) & (age < 12),
        (age >= 12) & (age < 15),
        (age >= 15) & (age < 18),
        (age >= 18) & (age < 22 - (higher == 6)),
    ]
    stage = np.select(choices, [1, 2, 3, upper, higher], 0)
    stage = np.where(population.present(timeline), stage, 0)
    return _with_dropouts(stage, population, settings, timeline, rng)


def _with_dropouts(
    stage: Ints,
    population: Population,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Ints:
    each = dropout_chance(population, settings)[population.owner][:, None]
    chance = each * (stage == COMPULSORY_TO)
    leaves = rng.random(stage.shape) < chance
    leaves[:, :BURN_IN] = False
    # Those who drop out are brought back at the next school year (控辍保学).
    out = np.zeros(len(stage), dtype=bool)
    for month in range(BURN_IN, stage.shape[1]):
        out = (out & (stage[:, month] == stage[:, month - 1])) | leaves[:, month]
        out &= timeline.calendar_month[month] != 9
        stage[:, month] = np.where(out & (stage[:, month] == COMPULSORY_TO), 8, stage[:, month])
    return stage


def dropout_chance(population: Population, settings: SimulatorParameters) -> Floats:
    """Give each household's chance a month that a middle-school student drops out."""
    remote = population.remote[population.village]
    return np.asarray(settings.dropout_rate / 12 * (0.4 + REMOTE_DROPOUTS * remote))


def dropouts(population: Population, stage: Ints) -> Bools:
    """Tell when somebody drops out, shape (n_households, n_months)."""
    out = stage == STAGES.index("dropped_out")
    begins = out & ~np.hstack([np.zeros((len(out), 1), dtype=bool), out[:, :-1]])
    return np.asarray(population.count(begins.astype(np.int64)) > 0)


def is_student(stage: Ints) -> Bools:
    """Tell who cannot work because of school."""
    return np.asarray((stage > 0) & (stage < STAGES.index("dropped_out")))


def schooling_rows(
    population: Population, stage: Ints, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """List the spells in force in the register's months."""
    spells = spells_of(stage)
    spells = spells.filter((pl.col("value") > 0) & (pl.col("until") > BURN_IN))
    member, value = spells["row"].to_numpy(), spells["value"].to_numpy()
    first, until = spells["first"].to_numpy(), spells["until"].to_numpy()
    cost = OWN_COST[value] * np.exp(rng.normal(0, 0.3, len(value)))
    return pl.DataFrame(
        {
            "household_id": population.household_ids[population.owner[member]],
            "member_id": population.member_ids[member],
            "started_on": timeline.starts[first],
            "ended_on": timeline.starts[until],
            "is_open": until >= timeline.n_months,
            "stage": np.array(STAGES)[value],
            "own_cost_year": np.round(cost, -1),
            "is_private": (rng.random(len(value)) < 0.05),
        }
    ).with_columns(pl.when(~pl.col("is_open")).then("ended_on").alias("ended_on"))


def spells_of(values: Ints) -> pl.DataFrame:
    """List runs of equal values along the months.

    Returns
    -------
    DataFrame
        ``row, first, until`` (exclusive), ``value``.
    """
    edge = np.ones((len(values), 1), dtype=bool)
    row, first = np.nonzero(np.hstack([edge, values[:, 1:] != values[:, :-1]]))
    last = np.append(row[1:] != row[:-1], True)
    until = np.where(last, values.shape[1], np.append(first[1:], 0))
    return pl.DataFrame({"row": row, "first": first, "until": until, "value": values[row, first]})
