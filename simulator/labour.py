"""Who can work: ability by age, school and health, and the rows of the members table."""

import numpy as np
import polars as pl

from simulator.events import Strikes
from simulator.identities import people
from simulator.population import EDUCATION, NEVER, Population
from simulator.schooling import spells_of
from simulator.timeline import BURN_IN, Bools, Ints, Timeline

ABILITIES = ("skilled", "ordinary", "weak", "lost", "none")
ABLE_FROM, ABLE_TO, WEAK_TO = 16, 60, 72


def abilities(population: Population, student: Bools, timeline: Timeline, rng: np.random.Generator) -> Ints:
    """Give every member's ability, an index of `ABILITIES`, shape (n_members, n_months)."""
    members = len(population.owner)
    skilled = rng.random(members) < 0.05 + 0.08 * population.education
    weakened = (population.chronic & (rng.random(members) < 0.4)) | population.disabled
    healthy = np.where(weakened, 2, np.where(skilled, 0, 1))
    ages = population.ages(timeline)
    strong = rng.random(members) < 0.6
    older = np.where(strong & ~weakened, 2, 4)[:, None]
    by_age = np.select(
        [ages < ABLE_FROM, ages < ABLE_TO, ages < WEAK_TO], [4, healthy[:, None], older], default=4
    )
    return np.where(student, 4, by_age)


def can_work(ability: Ints) -> Bools:
    """Tell who counts as a worker: skilled or ordinary, or weak."""
    return np.asarray(ability <= ABILITIES.index("weak"))


def lose_ability(ability: Ints, member: Ints, month: Ints) -> Ints:
    """Mark workers who lose their ability for good at a month."""
    changed = ability.copy()
    for row, start in zip(member.tolist(), month.tolist(), strict=True):
        changed[row, start:] = ABILITIES.index("lost")
    return changed


def member_rows(
    population: Population,
    ability: Ints,
    disabilities: Strikes,
    worker: Ints,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List the members' states; a member's last one ends with the member's stay or the household.

    `disabilities` strike each household's `worker`; certificates follow them.
    """
    certified = np.where(population.disabled & (rng.random(len(population.owner)) < CERTIFIED), 0, NEVER)
    certified[worker[disabilities.household]] = disabilities.month
    spells = spells_of(ability[:, BURN_IN:]).with_columns(
        pl.col("first") + BURN_IN, pl.col("until") + BURN_IN
    )
    row = spells["row"].to_numpy()
    leaves = np.minimum(population.leaves, population.ends[population.owner])
    until = np.minimum(spells["until"].to_numpy(), leaves[row])
    first = np.maximum(spells["first"].to_numpy(), population.joins[row])
    kept = until > first
    row, first, until = row[kept], first[kept], until[kept]
    ends = (until == leaves[row]) & (until < timeline.n_months)
    last = pl.Series("valid_to", timeline.starts[np.minimum(until, timeline.n_months)], dtype=pl.Date)
    invented = people(population, rng)[row.tolist()]
    states = _states(population, ability, timeline, row, first).with_columns(
        last,
        pl.Series("has_disability_certificate", certified[row] <= first),
        pl.Series("is_special_support", _alone(population)[row]),
        *invented,
    )
    return states.with_columns(pl.when(pl.Series(ends)).then("valid_to").alias("valid_to"))


def _alone(population: Population) -> Bools:
    """Tell who lives alone, old and unable to work: the state supports them (特困供养)."""
    single = population.count(np.ones(len(population.owner), dtype=np.int64)) == 1
    old = population.birth < np.datetime64("1955-01-01")
    return np.asarray(single[population.owner] & old)


#: Of the disabled, those with a certificate; the others are what the checklists look for.
CERTIFIED = 0.9


def _states(
    population: Population, ability: Ints, timeline: Timeline, row: Ints, first: Ints
) -> pl.DataFrame:
    born_here = (population.joins[row] == first) & (population.birth[row] >= timeline.opening)
    valid_from = np.where(born_here, population.birth[row], timeline.starts[first])
    return pl.DataFrame(
        {
            "household_id": population.household_ids[population.owner[row]],
            "member_id": population.member_ids[row],
            "birth_date": population.birth[row],
            "sex": np.where(population.female[row], "female", "male"),
            "ethnicity": np.where(population.minority[row], "minority", "han"),
            "relation": population.relation[row],
            "education": EDUCATION[population.education[row]],
            "labour": np.array(ABILITIES)[ability[row, first]],
            "equivalents": np.ones(len(row)),
            "valid_from": valid_from,
        }
    )
