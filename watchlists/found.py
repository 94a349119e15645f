"""What visits find: the list in force against other ways to spend the same visits."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from register.reference import AlertRule
from watchlists.allocation import prioritised
from watchlists.capacity import Capacity
from watchlists.groups import groups_of
from watchlists.rules import triggered_rules

Floats = NDArray[np.float64]

#: Ways to spend the visits: the list in force, two of its choices undone, two rules in use today.
POLICIES = {
    "list": ("本名单", "the list"),
    "risk_only": ("只按风险，不设必访", "risk alone, no must-visit rules"),
    "pooled": ("同样次数，全县统排", "as many visits, pooled in the county"),
    "alerts": ("部门预警户，收入低的在先", "department alerts, poorest first"),
    "income": ("只按收入与线之比", "income over the line alone"),
}
FOUND = (
    *("season", "county_id", "policy", "multiple", "visits", "expected", "households"),
    *("n_known", "found", "fell"),
)
_COUNTS = ("n_known", "found", "fell")


@dataclass(frozen=True)
class Visiting:
    """The choices a list is made by: capacity and reserved visits."""

    capacity: Capacity
    cover: Mapping[str, int]


def visited_cohort(rows: pl.DataFrame, features: pl.DataFrame, rules: Sequence[AlertRule]) -> pl.DataFrame:
    """Add to scored households what the policies go by, as it was known at the season's end.

    Parameters
    ----------
    rows : DataFrame
        One row a household of a season: `household_id`, places, `risk`, `label`.
    features : DataFrame
        Their features at the season's end.
    rules : sequence of AlertRule
        All rules of the departments.

    Returns
    -------
    DataFrame
        `rows` with `rules` (must-visit), `alerts` (any rule), `groups`, `calibrated` (the risk), `need`
        (income over the line, turned so that more is needier; the lowest where unknown).
    """
    alerts = triggered_rules(features, rules).rename({"rules": "alerts"})
    musts = triggered_rules(features, [rule for rule in rules if rule.must_visit])
    need = (-pl.col("resources_over_line")).fill_nan(None).fill_null(-math.inf)
    joined = rows.join(features.select("household_id", need.alias("need")), on="household_id")
    for told in (alerts, musts, groups_of(features)):
        joined = joined.join(told, on="household_id", how="left")
    return joined.with_columns(pl.col("risk").alias("calibrated"))


def read_visits(folder: Path) -> dict[str, pl.DataFrame]:
    """Read ``found.csv`` and ``policies.csv``, ids as text."""
    ids = {"county_id": pl.String(), "season": pl.String()}
    return {
        name: pl.read_csv(folder / f"{name}.csv", schema_overrides=ids, infer_schema_length=None)
        for name in ("found", "policies")
    }


def listed_under(
    policy: str, cohort: pl.DataFrame, visiting: Visiting, multiple: float = 1.0
) -> pl.DataFrame:
    """List the cohort of one season as a policy would, at a multiple of the visits.

    Parameters
    ----------
    policy : str
        One of `POLICIES`.
    cohort : DataFrame
        One row a household: `household_id`, places, `risk`, `rules`, `alerts`, `groups`
        (lists), `need` (income over the line, turned so that higher is needier).
    visiting : Visiting
        The choices of the list in force.
    multiple : float
        Of each place's visits, rounded half up.

    Returns
    -------
    DataFrame
        `cohort` with ``is_listed``.
    """
    none = pl.lit([], dtype=pl.List(pl.String()))
    changes = {
        "list": {},
        "pooled": {},
        "risk_only": {"rules": none},
        "alerts": {"rules": pl.col("alerts"), "risk": pl.col("need")},
        "income": {"rules": none, "risk": pl.col("need")},
    }[policy]
    capacity = _pooled(cohort, visiting.capacity) if policy == "pooled" else visiting.capacity
    cover = visiting.cover if policy in ("list", "pooled") else {}
    turns = prioritised(cohort.with_columns(**changes), capacity, cover)
    enough = pl.col("priority") <= (pl.col("visits") * multiple + 0.5).floor()
    return cohort.join(turns.select("household_id", enough.alias("is_listed")), on="household_id")


def found_by_county(
    season: str, cohort: pl.DataFrame, visiting: Visiting, multiples: Sequence[float]
) -> pl.DataFrame:
    """Count by county what every policy finds at every multiple of the visits.

    Parameters
    ----------
    season : str
        Season of the cohort.
    cohort : DataFrame
        As `listed_under` wants it, with `calibrated` (risk) and `label` (missing where
        the outcome is not known: those count neither as found nor as missed).
    visiting : Visiting
        The choices of the list in force.
    multiples : sequence of float
        Of the visits.

    Returns
    -------
    DataFrame
        `FOUND` columns: visits made, falls expected among them (sum of calibrated risk),
        households of the cohort, visits with a known outcome, falls found by them, all
        known falls.
    """
    counted = [
        _counted(listed_under(policy, cohort, visiting, multiple), ["county_id"]).with_columns(
            pl.lit(season).alias("season"),
            pl.lit(policy).alias("policy"),
            pl.lit(float(multiple)).alias("multiple"),
        )
        for policy in POLICIES
        for multiple in multiples
    ]
    return pl.concat(counted).select(FOUND)


def judged_policies(
    cohorts: Mapping[str, pl.DataFrame], visiting: Visiting, resamples: int, seed: int
) -> pl.DataFrame:
    """Judge every policy at the real visits on past seasons, each and pooled.

    Parameters
    ----------
    cohorts : mapping of str to DataFrame
        By origin, as `found_by_county` wants them.
    visiting : Visiting
        The choices of the list in force.
    resamples, seed : int
        Of the bootstrap: villages are drawn again, since neighbours share their disasters.

    Returns
    -------
    DataFrame
        ``season, policy, visits, n_known, found, fell``, ``precision`` and ``recall`` each
        with ``_low`` and ``_high`` (95 %), and ``more_found`` (by the list at equal
        visits, in falls) with its bounds. Missing where nothing is known.
    """
    by_village = {
        (season, policy): _counted(listed_under(policy, cohort, visiting), ["village_id"])
        for season, cohort in cohorts.items()
        for policy in POLICIES
    }
    rows = []
    for season in (*cohorts, "pooled"):
        parts = {
            policy: pl.concat([by_village[one, policy] for one in cohorts if season in (one, "pooled")])
            for policy in POLICIES
        }
        rows += _judged(season, parts, resamples, seed)
    return pl.DataFrame(rows, infer_schema_length=None)


def came_out(cohorts: Iterable[pl.DataFrame]) -> tuple[float, float]:
    """Say how the falls of past seasons compared with what was expected, one included.

    Parameters
    ----------
    cohorts : iterable of DataFrame
        `risk` and `label` of each judged season.

    Returns
    -------
    tuple of float
        The lowest and the highest of 1 and every season's falls over the sum of its risks,
        where the outcome is known.
    """
    known = [
        cohort.drop_nulls("label").select(pl.col("label", "risk").cast(pl.Float64)) for cohort in cohorts
    ]
    shares = [one["label"].to_numpy().sum() / one["risk"].to_numpy().sum() for one in known if len(one)]
    return min([1.0, *shares]), max([1.0, *shares])


def _pooled(cohort: pl.DataFrame, capacity: Capacity) -> Capacity:
    """Give each county the visits its places can make together."""
    places = (
        cohort.group_by("county_id", capacity.place)
        .agg(pl.len())
        .with_columns(capacity.expression().alias("visits"))
    )
    used = places.group_by("county_id").agg(pl.min_horizontal("visits", "len").sum())
    return Capacity(
        "county",
        0,
        dict(zip(*used.select("county_id", "visits").to_dict(as_series=False).values(), strict=True)),
    )


def _counted(listed: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    visited, known = pl.col("is_listed"), pl.col("label").is_not_null()
    return (
        listed.group_by(by)
        .agg(
            visited.cast(pl.Int64).sum().alias("visits"),
            pl.col("calibrated").filter(visited).sort().sum().round(4).alias("expected"),
            pl.len().cast(pl.Int64).alias("households"),
            (visited & known).cast(pl.Int64).sum().alias("n_known"),
            (visited & pl.col("label").fill_null(value=False)).cast(pl.Int64).sum().alias("found"),
            pl.col("label").cast(pl.Int64).sum().alias("fell"),
        )
        .sort(by)
    )


def _judged(
    season: str, parts: Mapping[str, pl.DataFrame], resamples: int, seed: int
) -> list[dict[str, object]]:
    """Measure the policies of one season on the same draws of villages."""
    tables = {policy: _table(part) for policy, part in parts.items()}
    n_villages = len(tables["list"])
    drawn = np.random.default_rng(seed).multinomial(
        n_villages, np.full(n_villages, 1 / n_villages), resamples
    )
    rows = []
    for policy, table in tables.items():
        point, draws = table.sum(axis=0)[None], drawn @ table
        more = tables["list"] - table
        known, found, fell = (int(value) for value in point[0])
        rows.append(
            {"season": season, "policy": policy, "visits": int(parts[policy]["visits"].sum())}
            | {"n_known": known, "found": found, "fell": fell}
            | _with_bounds("precision", _ratio(point, 1, 0), _ratio(draws, 1, 0))
            | _with_bounds("recall", _ratio(point, 1, 2), _ratio(draws, 1, 2))
            | _with_bounds("more_found", more.sum(axis=0)[None, 1], (drawn @ more)[:, 1])
        )
    return rows


def _table(part: pl.DataFrame) -> Floats:
    """Add up a village's seasons: shape (n_villages, 3), in the order of the villages."""
    return (
        part.group_by("village_id")
        .agg(pl.col(_COUNTS).sum())
        .sort("village_id")
        .select(_COUNTS)
        .to_numpy()
        .astype(float)
    )


def _ratio(counts: Floats, part: int, whole: int) -> Floats:
    return np.divide(
        counts[:, part], counts[:, whole], out=np.full(len(counts), np.nan), where=counts[:, whole] > 0
    )


def _with_bounds(name: str, point: Floats, draws: Floats) -> dict[str, float | None]:
    known = draws[np.isfinite(draws)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    values = {name: point[0], f"{name}_low": low, f"{name}_high": high}
    return {key: round(float(value), 4) if np.isfinite(value) else None for key, value in values.items()}
