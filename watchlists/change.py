"""What changed against the last season's list: who entered, who stayed, who left and why."""

import json
import re
from pathlib import Path

import polars as pl

from register.atomic import read_parquet
from register.seasons import season_end
from watchlists.release import MANIFEST

LEFT_SCHEMA: dict[str, pl.DataType] = {
    "household_id": pl.String(),
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "previous_season": pl.String(),
    "previous_rank": pl.Int64(),
    "previous_risk": pl.Float64(),
    "risk": pl.Float64(),
    "why_left": pl.String(),
}


def previous_release(releases: Path, season: str, source_kind: str) -> Path | None:
    """Find the newest release of an earlier season made from the same kind of source; None without any."""
    named = [path for path in releases.glob("*Q?") if re.fullmatch(r"(19|20)\d\dQ[1-4]", path.name)]
    earlier = [
        path
        for path in named
        if season_end(path.name) < season_end(season) and _source_kind(path) == source_kind
    ]
    return max(earlier, key=lambda path: season_end(path.name), default=None)


def _source_kind(release: Path) -> str | None:
    manifest = release / MANIFEST
    if not manifest.is_file():
        return None
    kind: str = json.loads(manifest.read_bytes())["parameters"]["source"]["kind"]
    return kind


def previous_list(release: Path | None) -> pl.DataFrame | None:
    """Read the list of an earlier release; None where there is none."""
    if release is None:
        return None
    listed = read_parquet(release / "watchlist.parquet")
    return listed.with_columns(pl.lit(release.name).alias("previous_season"))


def changed(listed: pl.DataFrame, previous: pl.DataFrame | None) -> pl.Series:
    """Mark each listed household ``new`` (no earlier list), ``entered`` or ``stayed``."""
    if previous is None:
        return pl.repeat("new", len(listed), dtype=pl.String(), eager=True).alias("change")
    was = listed["household_id"].is_in(previous["household_id"].implode())
    return listed.select(pl.when(was).then(pl.lit("stayed")).otherwise(pl.lit("entered")).alias("change"))[
        "change"
    ]


def left(allocated: pl.DataFrame, previous: pl.DataFrame | None) -> pl.DataFrame:
    """List who was listed before and is not now.

    Parameters
    ----------
    allocated : DataFrame
        The whole cohort with ``is_listed`` (watchlists.allocation).
    previous : DataFrame or None
        The earlier list.

    Returns
    -------
    DataFrame
        `LEFT_SCHEMA`, by household. ``why_left``: ``left_cohort`` (dissolved, moved or now
        under monitoring), ``rule_cleared`` (listed by a rule that no longer speaks),
        ``risk_fell``, ``places_taken`` (no less at risk, but others come first).
    """
    if previous is None:
        return pl.DataFrame(schema=LEFT_SCHEMA)
    before = previous.rename(
        {"rank": "previous_rank", "risk": "previous_risk", "listed_by": "previous_listed_by"}
    )
    now = allocated.select("household_id", "risk", "is_listed", pl.col("rules").list.len().alias("n_rules"))
    kept = before.select("previous_listed_by", *(name for name in LEFT_SCHEMA if name in before.columns))
    gone = kept.join(now, on="household_id", how="left").filter(pl.col("is_listed").fill_null(False).not_())
    return (
        gone.with_columns(_why()).select(list(LEFT_SCHEMA)).cast(pl.Schema(LEFT_SCHEMA)).sort("household_id")
    )


def _why() -> pl.Expr:
    by_rule = (pl.col("previous_listed_by") == "rule") & (pl.col("n_rules") == 0)
    return (
        pl.when(pl.col("risk").is_null())
        .then(pl.lit("left_cohort"))
        .when(by_rule)
        .then(pl.lit("rule_cleared"))
        .when(pl.col("risk") < pl.col("previous_risk"))
        .then(pl.lit("risk_fell"))
        .otherwise(pl.lit("places_taken"))
        .alias("why_left")
    )
