"""The rows of where a household lives: villages, households, relocation, land, housing, water."""

import numpy as np
import polars as pl

from simulator.events import Strikes
from simulator.identities import homes
from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Days, Floats, Ints, Timeline

STRUCTURAL = ("skills", "funds", "transport", "motivation", "illness", "schooling", "labour", "land")
#: Shares of the structural causes, Yunnan 2018 (DOMAIN 2.3), multi-response brought to one.
STRUCTURAL_SHARES = (0.27, 0.11, 0.15, 0.1, 0.17, 0.08, 0.07, 0.05)


def village_rows(
    population: Population, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """List the villages."""
    villages = len(population.remote)
    town = np.arange(villages) * settings.townships_per_county // villages
    return pl.DataFrame(
        {
            "village_id": population.village_ids,
            "township_id": [f"{population.county_id}T{one + 1:02d}" for one in town.tolist()],
            "county_id": population.county_id,
            "region_id": settings.office.region,
            "name": [f"模拟村{one + 1:03d}" for one in range(villages)],
            "township_name": [f"模拟乡{one + 1:02d}" for one in town.tolist()],
            "county_name": f"模拟县{population.county_id[-2:]}",
            "distance_to_town_km": np.round(rng.gamma(2, 4, villages) + 14 * population.remote, 1),
            "has_clinic": rng.random(villages) < 0.92,
            "is_remote": population.remote,
            "collective_income": np.round(np.exp(rng.normal(11.6, 0.6, villages)), -2),
        }
    ).with_columns(
        pl.lit(timeline.opening.item()).alias("valid_from"),
        pl.lit(timeline.opening.item()).alias("recorded_on"),
    )


def household_rows(
    population: Population, poor: Bools, unable: Bools, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """List the households' states: a move or a merger begins a new one, dissolution ends the last."""
    n = population.n_households
    lifted = pl.Series(population.lifted)
    years = (rng.integers(2015, 2021, n) - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 11
    causes = rng.choice(STRUCTURAL, n, p=STRUCTURAL_SHARES)
    ids = population.household_ids
    # A child's household keeps what is known of its parents'.
    like = np.where(population.came_from >= 0, population.came_from, np.arange(n))
    rows = pl.DataFrame(
        {
            "household_id": population.household_ids,
            "village_id": population.village_ids[population.village],
            "category": np.where(population.lifted, "lifted_out", "ordinary"),
            "lifted_out_on": years.astype("datetime64[D]")[like],
            "structural_cause": causes[like],
            "has_minimum_income": poor,
            "has_no_labour": unable,
            "road_type": rng.choice(["dirt", "gravel", "paved"], n, p=[0.06, 0.12, 0.82]),
            "road_distance_km": np.round(rng.gamma(1, 0.8, n), 1),
            "origin": population.origin,
            "origin_household_id": np.where(population.came_from >= 0, ids[population.came_from], ""),
            "valid_from": np.where(
                population.begins > 0, timeline.starts[_within(population.begins, timeline)], timeline.opening
            ),
            "valid_to": timeline.starts[_within(population.ends, timeline)],
            "has_end": population.ends < timeline.n_months,
        }
    ).with_columns(
        pl.when(lifted).then("lifted_out_on").alias("lifted_out_on"),
        pl.when(lifted).then("structural_cause").alias("structural_cause"),
        pl.when(pl.col("origin") != "").then("origin").alias("origin"),
        pl.when(pl.col("origin_household_id") != "").then("origin_household_id").alias("origin_household_id"),
        pl.when("has_end").then("valid_to").alias("valid_to"),
        *homes(population, rng),
    )
    return _with_later_states(rows.drop("has_end"), population, timeline)


def _within(month: Ints, timeline: Timeline) -> Ints:
    return np.minimum(month, timeline.n_months)


def _with_later_states(rows: pl.DataFrame, population: Population, timeline: Timeline) -> pl.DataFrame:
    """End the first state of whoever moves or takes in another household, and begin the next."""
    joined = np.where(population.absorbs >= 0, population.ends[population.absorbs], timeline.n_months)
    month = _within(np.minimum(population.moves, joined), timeline)
    changes = pl.Series(month < timeline.n_months)
    since = pl.Series("since", timeline.starts[month], dtype=pl.Date)
    merged, ids = pl.Series(population.absorbs >= 0), pl.Series(population.household_ids[population.absorbs])
    later = rows.with_columns(
        since.alias("valid_from"),
        pl.Series("village_id", population.village_ids[population.village_in(month, np.arange(len(month)))]),
        pl.when(merged).then(pl.lit("merged")).otherwise("origin").alias("origin"),
        pl.when(merged).then(ids).otherwise("origin_household_id").alias("origin_household_id"),
    )
    first = rows.with_columns(pl.when(changes).then(since).otherwise("valid_to").alias("valid_to"))
    return pl.concat([first, later.filter(changes)])


def relocation_rows(population: Population, timeline: Timeline, rng: np.random.Generator) -> pl.DataFrame:
    """List the moves to settlement sites, all before the register, and members who came or went."""
    moved = np.flatnonzero(population.site >= 0)
    site = population.site[moved]
    moves = pl.DataFrame(
        {
            "household_id": population.household_ids[moved],
            "occurred_on": timeline.opening - rng.integers(200, 1400, len(moved)).astype("timedelta64[D]"),
            "kind": np.where(rng.random(len(moved)) < 0.8, "site_move", "scattered_move"),
            "site_id": [f"{population.county_id}S{one + 1}" for one in site.tolist()],
            "distance_km": np.round(rng.gamma(2, 12, len(moved)), 1),
            "site_has_workshop": site != 1,
        }
    )
    gone = (population.leaves > BURN_IN) & (population.leaves < timeline.n_months)
    born = population.birth >= timeline.opening
    come = ~born & (population.joins > population.begins[population.owner]) & (population.joins > BURN_IN)
    changes = [
        _changes(population, gone, timeline.starts[population.leaves[gone]], "member_left"),
        _changes(population, born, population.birth[born], "member_joined"),
        _changes(
            population, come, timeline.starts[_within(population.joins[come], timeline)], "member_joined"
        ),
        _household_changes(population, timeline),
    ]
    return pl.concat([moves, *changes], how="diagonal").unique(
        ["household_id", "occurred_on", "kind"], keep="first", maintain_order=True
    )


def _household_changes(population: Population, timeline: Timeline) -> pl.DataFrame:
    """List moves to another village and arrivals from elsewhere."""
    moved = np.flatnonzero(population.moves < timeline.n_months)
    came = np.flatnonzero(population.origin == "moved_in")
    month = np.concatenate([population.moves[moved], population.begins[came]])
    kinds = np.repeat(["scattered_move", "from_elsewhere"], [len(moved), len(came)])
    ids = population.household_ids[np.concatenate([moved, came])]
    return pl.DataFrame({"household_id": ids, "occurred_on": timeline.starts[month], "kind": kinds})


def _changes(population: Population, who: Bools, days: Days, kind: str) -> pl.DataFrame:
    owners = population.household_ids[population.owner[who]]
    return pl.DataFrame({"household_id": owners, "occurred_on": days}).with_columns(
        pl.lit(kind).alias("kind")
    )


def land_rows(population: Population, timeline: Timeline, rng: np.random.Generator) -> pl.DataFrame:
    """List what the household can live from, as found before the register opened."""
    n = population.n_households
    at_site = population.site >= 0
    arable = np.round(rng.gamma(2.2, 2.4, n) * np.where(at_site, 0.4, 1), 1)
    return pl.DataFrame(
        {
            "household_id": population.household_ids,
            "occurred_on": _before(n, timeline, rng),
            "arable_mu": arable,
            "forest_mu": np.round(rng.gamma(1, 8, n), 1),
            "orchard_mu": np.round(rng.gamma(0.6, 3, n), 1),
            "rented_out_mu": np.round(arable * (rng.random(n) < 0.15 + 0.4 * at_site) * 0.6, 1),
            "livestock_units": np.round(rng.gamma(0.8, 3, n) * ~at_site, 0),
            "is_in_cooperative": rng.random(n) < np.where(population.lifted, 0.7, 0.35),
        }
    )


def housing_rows(
    population: Population,
    unsafe: Strikes,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List how safe the houses are: at the opening, when found dangerous, when repaired."""
    n = population.n_households
    near = rng.random(n) < 0.04 + 0.08 * population.remote[population.village]
    opening = pl.DataFrame(
        {
            "household_id": population.household_ids,
            "occurred_on": _before(n, timeline, rng),
            "grade": _grades(rng.random(n), near, settings.dangerous_share),
            "rooms": np.round(2 + rng.gamma(3, 0.9, n)),
            "area_m2": np.round(rng.gamma(9, 12, n)),
            "tenure": "owner",
            "has_poor_floor": rng.random(n) < 0.06,
            "has_poor_roof": rng.random(n) < 0.05,
            "has_toilet": rng.random(n) < 0.8,
            "fuel": rng.choice(["mains", "bottled", "wood_coal"], n, p=[0.45, 0.2, 0.35]),
            "is_near_hazard": near,
        }
    )
    lists = opening.drop("occurred_on", "grade")
    changes = _detected_and_mended(population, unsafe, timeline, rng)
    grades = changes.with_columns(pl.when("is_bad").then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"))
    later = grades.drop("is_bad").join(lists, on="household_id", maintain_order="left")
    return pl.concat([opening, later.select(opening.columns)])


def _grades(luck: Floats, near_hazard: Bools, dangerous_share: float) -> np.ndarray:
    return np.select([luck < dangerous_share, luck < 0.3 + 0.25 * near_hazard], ["C", "B"], "A")


def water_rows(
    population: Population, unsafe: Strikes, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """List how safe the water is: at the opening, when found unsafe, when repaired."""
    n = population.n_households
    opening = pl.DataFrame(
        {
            "household_id": population.household_ids,
            "occurred_on": _before(n, timeline, rng),
            "status": "safe",
            "supply": rng.choice(["indoor", "yard", "outside"], n, p=[0.62, 0.32, 0.06]),
            "source": np.where(
                rng.random(n) < 0.8 - 0.3 * population.remote[population.village], "network", "well"
            ),
        }
    )
    kinds = pl.Series("kind", rng.choice(["cut", "quality", "distance"], n, p=[0.7, 0.2, 0.1]))
    lists = opening.drop("occurred_on", "status").with_columns(kinds)
    changes = _detected_and_mended(population, unsafe, timeline, rng)
    later = changes.join(lists, on="household_id", maintain_order="left").with_columns(
        pl.when("is_bad").then("kind").otherwise(pl.lit("safe")).alias("status")
    )
    return pl.concat([opening, later.select(opening.columns)])


def _detected_and_mended(
    population: Population, unsafe: Strikes, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    kept = unsafe.month >= BURN_IN
    month, household, lasts = unsafe.month[kept], unsafe.household[kept], unsafe.lasts[kept]
    detected = timeline.day_in(month, rng.integers(1, 29, len(month)))
    mended = detected + (lasts * 30).astype("timedelta64[D]")
    ids = population.household_ids[household]
    return pl.DataFrame(
        {
            "household_id": np.concatenate([ids, ids]),
            "occurred_on": np.concatenate([detected, mended]),
            "is_bad": np.repeat([True, False], len(month)),
        }
    )


def _before(n: int, timeline: Timeline, rng: np.random.Generator) -> Days:
    return np.asarray(timeline.opening - rng.integers(1, 90, n).astype("timedelta64[D]"))
