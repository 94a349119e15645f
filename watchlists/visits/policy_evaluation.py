"""What visits find: the list in force against other ways to spend the same visits."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from models.figures import Figure
from models.names import POOLED
from models.resampling import Resampling, with_bounds
from watchlists.visits.cover_series import SCHEMA
from watchlists.visits.policies import visited

VISIT_COUNTS = (
    "season",
    "county_id",
    "policy",
    "multiple",
    "visits",
    "expected",
    "households",
    "n_known",
    "found",
    "fell",
)
VILLAGE = ["county_id", "village_id"]
_COUNTS = ("n_known", "found", "fell")
_FIGURES = ("precision", "recall", "more_found")
_JUDGED = {
    **dict.fromkeys(("season", "policy"), pl.String()),
    **dict.fromkeys(("visits", *_COUNTS), pl.Int64()),
    **dict.fromkeys([f"{name}{end}" for name in _FIGURES for end in ("", "_low", "_high")], pl.Float64()),
}


def read_visits(folder: Path) -> dict[str, pl.DataFrame]:
    """Read the tables of visits: ids as text and figures as numbers, missing or not."""
    types = {
        "county_id": pl.String(),
        "season": pl.String(),
        "expected": pl.Float64(),
        "value": pl.String(),
        **SCHEMA,
        **_JUDGED,
    }
    return {
        name: pl.read_csv(folder / f"{name}.csv", schema_overrides=types, infer_schema_length=None)
        for name in ("found", "policies", "missed", "cover")
    }


def found_by_county(
    season: str, turns: Mapping[str, pl.DataFrame], multiples: Sequence[float]
) -> pl.DataFrame:
    """Count by county what every policy finds at every multiple of the visits.

    Parameters
    ----------
    season : str
        Season of the cohort.
    turns : mapping of str to DataFrame
        By policy, as `turns_under` gives them, with `risk` (missing under an order) and `label` (missing
        where the outcome is not known: those count neither as found nor as missed).
    multiples : sequence of float
        Of the visits.

    Returns
    -------
    DataFrame
        `VISIT_COUNTS` columns: visits made, falls expected among them (sum of risk; missing where none is),
        households of the cohort, visits with a known outcome, falls found by them, all
        known falls.
    """
    counted = [
        _counted(of_policy, visited(multiple), ["county_id"]).with_columns(
            pl.lit(season).alias("season"),
            pl.lit(policy).alias("policy"),
            pl.lit(float(multiple)).alias("multiple"),
        )
        for policy, of_policy in turns.items()
        for multiple in multiples
    ]
    return pl.concat(counted).select(VISIT_COUNTS)


def judged_policies(
    turns: Mapping[str, Mapping[str, pl.DataFrame]], resamples: int, seed: int
) -> pl.DataFrame:
    """Judge every policy at the real visits on past seasons, each and pooled.

    Parameters
    ----------
    turns : mapping of str to mapping of str to DataFrame
        By origin, each as `found_by_county` wants them.
    resamples, seed : int
        Of the bootstrap: villages are drawn again, since neighbours share their disasters.

    Returns
    -------
    DataFrame
        ``season, policy, visits, n_known, found, fell``, ``precision`` and ``recall`` each
        with ``_low`` and ``_high`` (95 %), and ``more_found`` (by the list at equal
        visits, in falls) with its bounds. Missing where nothing is known; no rows where no season is judged.
    """
    by_village = {
        (season, policy): _counted(of_policy, visited(), VILLAGE)
        for season, of_season in turns.items()
        for policy, of_policy in of_season.items()
    }
    rows = []
    for season in (*turns, POOLED) if turns else ():
        parts = {
            policy: pl.concat([by_village[one, policy] for one in turns if season in (one, POOLED)])
            for policy in next(iter(turns.values()))
        }
        rows += _judged(season, parts, resamples, seed)
    return pl.DataFrame(rows, schema=_JUDGED, infer_schema_length=None)


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


def _counted(turns: pl.DataFrame, is_visited: pl.Expr, by: list[str]) -> pl.DataFrame:
    visit, known = pl.col("is_visited"), pl.col("label").is_not_null()
    return (
        turns.with_columns(is_visited.alias("is_visited"))
        .group_by(by)
        .agg(
            visit.cast(pl.Int64).sum().alias("visits"),
            pl.when(pl.col("risk").is_not_null().any())
            .then(pl.col("risk").filter(visit).sort().sum().round(4))
            .alias("expected"),
            pl.len().cast(pl.Int64).alias("households"),
            (visit & known).cast(pl.Int64).sum().alias("n_known"),
            (visit & pl.col("label").fill_null(value=False)).cast(pl.Int64).sum().alias("found"),
            pl.col("label").cast(pl.Int64).sum().alias("fell"),
        )
        .sort(by)
    )


def _judged(
    season: str, parts: Mapping[str, pl.DataFrame], resamples: int, seed: int
) -> list[dict[str, object]]:
    """Measure the policies of one season on the same draws of villages."""
    tables = {policy: _table(part) for policy, part in parts.items()}
    n_villages, own = len(tables["list"]), tables["list"]["found"].to_numpy()
    drawn = Resampling(pl.Series(range(n_villages)), resamples, seed)
    rows: list[dict[str, object]] = []
    for policy, table in tables.items():
        known, hits, fell = (table[name].to_numpy() for name in _COUNTS)
        figures = {
            "precision": Figure(hits, known),
            "recall": Figure(hits, fell),
            "more_found": Figure(own - hits, np.full(n_villages, 1 / max(n_villages, 1))),
        }
        visits = {"season": season, "policy": policy, "visits": int(parts[policy]["visits"].sum())}
        counts = {name: int(table[name].sum()) for name in _COUNTS}
        rows.append({**visits, **counts, **with_bounds(figures, drawn, digits=4)})
    return rows


def _table(part: pl.DataFrame) -> pl.DataFrame:
    """Add up a village's seasons, in the order of the villages."""
    return part.group_by(VILLAGE).agg(pl.col(_COUNTS).sum().cast(pl.Float64)).sort(VILLAGE)
