"""Who fell in a judged season without being on its list: the list as it would have been delivered then."""

from collections.abc import Mapping, Sequence

import polars as pl

from watchlists.visits.groups import HARD_GROUPS
from watchlists.visits.policies import visited

#: Columns of `missed`.
MISSED = (
    "household_id",
    "county_id",
    "township_id",
    "village_id",
    "risk",
    "rank_in_county",
    "lowest_risk_listed",
    "resources_over_line",
    "rules",
    "groups",
)
#: Income as a multiple of the line, from the line up (*project*): a value on an edge is in the band above.
DISTANCES = (1.25, 1.5, 2.0)
#: Parts of the cohort that `missed_counts` looks into.
ALL, DISTANCE, GROUP = "all", "distance", "group"
UNKNOWN = "unknown"
_COUNTS = {"by": pl.String(), "value": pl.String(), "fell": pl.Int64(), "missed": pl.Int64()}


def missed(turns: pl.DataFrame, place: Sequence[str]) -> pl.DataFrame:
    """List the households of a season that fell and were not visited, the highest risk first.

    Parameters
    ----------
    turns : DataFrame
        The season's cohort in the order of its list (`watchlists.visits.policies.turns_under`).
    place : sequence of str
        Columns of the place whose visits are counted (`watchlists.visits.capacity.Capacity.key`).

    Returns
    -------
    DataFrame
        `MISSED` columns. ``rank_in_county`` is by risk; ``lowest_risk_listed`` of the
        household's place is that of the last one listed by risk, missing where must-visit
        households took every visit; ``resources_over_line`` is missing where unknown.
    """
    by_risk = visited() & (pl.col("rules").list.len() == 0)
    order = pl.struct(-pl.col("risk"), pl.col("household_id"))
    known = turns.with_columns(
        order.rank("ordinal").over("county_id").cast(pl.Int64).alias("rank_in_county"),
        pl.col("risk").filter(by_risk).min().over(place).alias("lowest_risk_listed"),
        _over_line().alias("resources_over_line"),
    )
    unseen = known.filter(_fell(), ~visited())
    return unseen.sort("risk", "household_id", descending=[True, False]).select(MISSED)


def missed_counts(turns: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Count falls, and those of them that were not on the list, over all judged seasons.

    Parameters
    ----------
    turns : mapping of str to DataFrame
        By season, as `missed` wants them.

    Returns
    -------
    DataFrame
        ``by, value, fell, missed``: `ALL`; `DISTANCE`, the lower edge of the band, the
        first open below, or `UNKNOWN`; `GROUP`, which overlap. No row where no season was judged.
    """
    rows = pl.concat([_narrow(one) for one in turns.values()]) if turns else pl.DataFrame()
    if rows.is_empty():
        return pl.DataFrame(schema=_COUNTS)
    bands = rows.group_by(value="band").agg(pl.col("missed").len().alias("fell"), pl.col("missed").sum())
    parts = [_line(ALL, ALL, rows)]
    parts += [{"by": DISTANCE, **one} for one in bands.sort("value").to_dicts()]
    parts += [_line(GROUP, name, rows.filter(pl.col("groups").list.contains(name))) for name in HARD_GROUPS]
    return pl.DataFrame(parts, schema=_COUNTS)


def band(over: pl.Expr) -> pl.Expr:
    """Name the band of `DISTANCES` by its lower edge: 0 is open below, `UNKNOWN` where income is."""
    edges = [pl.when(over >= edge).then(pl.lit(f"{edge:g}")) for edge in reversed(DISTANCES)]
    lowest = pl.when(over.is_not_null()).then(pl.lit("0"))
    return pl.coalesce(*edges, lowest, pl.lit(UNKNOWN)).alias("band")


def _narrow(turns: pl.DataFrame) -> pl.DataFrame:
    """Keep those who fell, with the band of their income."""
    return turns.filter(_fell()).select(band(_over_line()), "groups", (~visited()).alias("missed"))


def _line(by: str, value: str, rows: pl.DataFrame) -> dict[str, object]:
    return {"by": by, "value": value, "fell": len(rows), "missed": int(rows["missed"].sum())}


def _fell() -> pl.Expr:
    return pl.col("label").fill_null(value=False)


def _over_line() -> pl.Expr:
    """Turn the need back into income over the line; the lowest need is an unknown income."""
    return pl.when(pl.col("need").is_finite()).then(-pl.col("need"))
