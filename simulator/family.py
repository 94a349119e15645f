"""Households that split, merge, move and come from elsewhere; people keep their ids."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from simulator.population import NEVER, Population, leaving_hazard
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

#: Years of age between which a child founds a household; from which elders join another.
FOUNDS_FROM, FOUNDS_TO, JOINS_FROM = 20, 32, 62
HOUSEHOLD = (
    "village", "lifted", "site", "minority_home", "begins", "ends", "origin", "came_from",
    "absorbs", "moves", "moves_to", "may_bear",
)  # fmt: skip
MEMBER = (
    "owner", "person", "birth", "relation", "female", "minority", "education", "chronic",
    "disabled", "joins", "leaves", "goes_on",
)  # fmt: skip


def change_households(
    population: Population, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Population:
    """Let the households of a county change over the months.

    A household changes once at most. Whoever goes on to another household leaves the one
    and joins the other in the same month, under the same member id.
    """
    years = (timeline.starts[0] - population.birth).astype(np.float64) / 365.25
    child = (population.relation == "child") & (years > FOUNDS_FROM) & (years < FOUNDS_TO)
    free = population.ends >= timeline.n_months
    split = _chosen(free & _any(population, child), settings.split_rate, timeline, rng)
    free &= split < 0
    merge = _chosen(free & _elders(population, years), settings.merge_rate, timeline, rng)
    free &= merge < 0
    move = _chosen(free & (population.site < 0), settings.move_rate, timeline, rng)
    away = rng.integers(1, max(len(population.remote), 2), len(move))
    to = (population.village + away) % len(population.remote)
    moved = replace(population, moves=np.where(move >= 0, move, NEVER), moves_to=to)
    split_up = _split(moved, split, child, settings, rng)
    merged = _merged(split_up, merge, free & (move < 0), years, settings, rng)
    return _sorted(_moved_in(merged, population, settings, timeline, rng))


def _chosen(who: Bools, a_year: float, timeline: Timeline, rng: np.random.Generator) -> Ints:
    """Draw a month for some of those who may change, -1 for the others."""
    wait = BURN_IN + rng.geometric(max(a_year, 1e-9) / 12, len(who)).astype(np.int64)
    return np.where(who & (wait < timeline.n_months - 1), wait, -1)


def _any(population: Population, members: Bools) -> Bools:
    return np.asarray(population.count(members.astype(np.int64)) > 0)


def _elders(population: Population, years: Floats) -> Bools:
    few = population.count(np.ones(len(population.owner), dtype=np.int64)) <= 2
    return few & _any(population, (population.relation == "head") & (years > JOINS_FROM))


def _split(
    population: Population, month: Ints, child: Bools, settings: SimulatorParameters, rng: np.random.Generator
) -> Population:
    """Let one grown child found a household of its own, with a spouse from elsewhere."""
    leaves_then = month[population.owner]
    able = np.flatnonzero(child & (leaves_then >= 0) & (population.leaves > leaves_then))
    origin, first = np.unique(population.owner[able], return_index=True)
    founder, begins = able[first], month[origin]
    households = {
        **_rows_of(population, HOUSEHOLD, origin),
        "begins": begins,
        "ends": np.full(len(origin), NEVER),
        "origin": np.full(len(origin), "split"),
        "came_from": origin,
        "may_bear": np.zeros(len(origin), dtype=bool),
    }
    owner = population.n_households + np.arange(len(origin))
    heads = _rows_of(population, MEMBER, founder) | {
        "owner": owner,
        "relation": np.full(len(origin), "head"),
        "joins": begins,
        "leaves": np.full(len(origin), NEVER),
    }
    spouses = heads | {
        "person": np.full(len(origin), -1),
        "birth": heads["birth"] + rng.integers(-900, 900, len(origin)).astype("timedelta64[D]"),
        "relation": np.full(len(origin), "spouse"),
        "female": ~heads["female"],
        "chronic": np.zeros(len(origin), dtype=bool),
        "disabled": np.zeros(len(origin), dtype=bool),
        "leaves": begins + rng.geometric(settings.shocks["labour"].a_year / 12 + 1e-9, len(origin)),
    }
    leaving = _gone_on(population, founder, begins)
    return _extended(leaving, households, heads, spouses)


def _merged(
    population: Population,
    month: Ints,
    free: Bools,
    years: Floats,
    settings: SimulatorParameters,
    rng: np.random.Generator,
) -> Population:
    """Let elders join a household of their village, which keeps its number."""
    n = len(month)
    absorbs, ends = population.absorbs.copy(), population.ends.copy()
    into = np.full(population.n_households, -1)
    for row in np.flatnonzero(month >= 0).tolist():
        near = np.flatnonzero(free & (population.village[:n] == population.village[row]) & (absorbs[:n] < 0))
        if len(near):
            into[row] = rng.choice(near)
            absorbs[into[row]], ends[row] = row, month[row]
    month = np.concatenate([month, np.full(population.n_households - n, -1)])
    goes = np.flatnonzero((into[population.owner] >= 0) & (population.leaves > month[population.owner]))
    joins = month[population.owner[goes]]
    none = np.zeros(len(goes), dtype=bool)
    stays = rng.geometric(np.clip(leaving_hazard(years[goes], none, none, settings), 1e-9, 1))
    arrivals = _rows_of(population, MEMBER, goes) | {
        "owner": into[population.owner[goes]],
        "relation": np.full(len(goes), "parent"),
        "joins": joins,
        "leaves": joins + stays,
    }
    leaving = _gone_on(replace(population, absorbs=absorbs, ends=ends), goes, joins)
    return _extended(leaving, {}, arrivals)


def _moved_in(
    population: Population,
    like: Population,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Population:
    """Add households from outside the county, made up like those that live here."""
    k = int(rng.poisson(settings.moved_in_rate * like.n_households * timeline.months / 12))
    donor, begins = (
        rng.integers(0, like.n_households, k),
        rng.integers(BURN_IN + 1, timeline.n_months - 1, k),
    )
    village = rng.integers(0, len(like.remote), k)
    households = _rows_of(like, HOUSEHOLD, donor) | {
        "village": village,
        "lifted": np.zeros(k, dtype=bool),
        "site": np.full(k, -1),
        "begins": begins,
        "ends": np.full(k, NEVER),
        "origin": np.full(k, "moved_in"),
        "moves_to": village,
    }
    starts = np.searchsorted(like.owner, donor)
    sizes = np.searchsorted(like.owner, donor, side="right") - starts
    place = np.repeat(np.arange(k), sizes)
    rows = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    here = like.joins[rows] == 0
    place, rows = place[here], rows[here]
    members = _rows_of(like, MEMBER, rows) | {
        "owner": population.n_households + place,
        "person": np.full(len(rows), -1),
        "joins": begins[place],
        "leaves": np.minimum(begins[place] + like.leaves[rows], NEVER),
    }
    return _extended(population, households, members)


def _rows_of(population: Population, names: tuple[str, ...], rows: Ints) -> dict[str, np.ndarray]:
    return {name: getattr(population, name)[rows] for name in names}


def _gone_on(population: Population, members: Ints, month: Ints) -> Population:
    leaves, goes_on = population.leaves.copy(), population.goes_on.copy()
    leaves[members], goes_on[members] = month, True
    return replace(population, leaves=leaves, goes_on=goes_on)


def _extended(
    population: Population, households: Mapping[str, np.ndarray], *members: Mapping[str, np.ndarray]
) -> Population:
    """Append rows; a person of -1 is new and gets an id of its own."""
    more: dict[str, Any] = {
        name: np.concatenate([getattr(population, name), rows]) for name, rows in households.items()
    }
    for name in MEMBER:
        more[name] = np.concatenate([getattr(population, name), *(rows[name] for rows in members)])
    more["person"] = np.where(more["person"] < 0, np.arange(len(more["person"])), more["person"])
    return replace(population, **more)


def _sorted(population: Population) -> Population:
    order = np.argsort(population.owner, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    members: dict[str, Any] = _rows_of(population, MEMBER, order)
    return replace(population, **{**members, "person": place[members["person"]]})
