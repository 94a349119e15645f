"""Two releases side by side: who entered, who stayed, who left, and why."""

import polars as pl

from watchlists.contents.reading import table
from watchlists.release.store import Release
from watchlists.visits.capacity import Capacity
from watchlists.visits.change import RESCORED, compared
from watchlists.visits.previous import Previous

#: A household that stands on one of the two lists or on both.
SIDE_BY_SIDE = {
    "household_id": pl.String(),
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "change": pl.String(),
    "why": pl.String(),
    "rank_before": pl.Int64(),
    "rank": pl.Int64(),
    "risk_before": pl.Float64(),
    "risk": pl.Float64(),
    "main_cause_before": pl.String(),
    "main_cause": pl.String(),
}
#: Of no consequence where nothing was scored again: what facts did cannot be told from what the model did.
ANY_MULTIPLIER = 1.0


def side_by_side(earlier: Release, later: Release) -> pl.DataFrame:
    """Hold every household of two lists against the other list.

    Where the later release was itself made against the earlier one, the reasons are those it gave
    (`watchlists.visits.change`). Otherwise only what the two releases say is known: a rise of the risk
    is then not split into facts and model (``risk_rose``, ``risk_fell``).

    Parameters
    ----------
    earlier, later : Release
        Verified, of any version, of one kind of source.

    Returns
    -------
    DataFrame
        `SIDE_BY_SIDE`, by household: ``change`` is entered, stayed or left, ``why`` the reason of who
        entered or left; rank, risk and main cause are missing where the household is not on that list
        or in that cohort.
    """
    both = _changes(earlier, later)
    listed = {
        name: table(one, "listed").select("household_id", "rank") for name, one in _named(earlier, later)
    }
    scored = {
        name: table(one, "scores").select("household_id", "risk", "main_cause")
        for name, one in _named(earlier, later)
    }
    for name, end in (("earlier", "_before"), ("later", "")):
        for rows in (listed[name], scored[name]):
            renamed = rows.rename({one: f"{one}{end}" for one in rows.columns if one != "household_id"})
            both = both.join(renamed, on="household_id", how="left")
    return both.select(list(SIDE_BY_SIDE)).cast(pl.Schema(SIDE_BY_SIDE)).sort("household_id")


def _named(earlier: Release, later: Release) -> tuple[tuple[str, Release], tuple[str, Release]]:
    return ("earlier", earlier), ("later", later)


def _changes(earlier: Release, later: Release) -> pl.DataFrame:
    """Give keys, ``change`` and ``why``: the later release's own where it was made against the earlier."""
    worked_out = compared(
        *_beside(earlier, later), pl.DataFrame(schema=RESCORED), _capacity(later), ANY_MULTIPLIER
    )
    why = pl.coalesce("why_entered", "why_left").alias("why")
    changes = worked_out.select("household_id", "county_id", "township_id", "village_id", "change", why)
    recorded = _reasons_of(later)
    if not _moved(changes).equals(_moved(recorded)):
        return changes
    return changes.drop("why").join(recorded.select("household_id", "why"), on="household_id", how="left")


def _beside(earlier: Release, later: Release) -> tuple[pl.DataFrame, Previous]:
    on_list = table(later, "listed").select("household_id", "rank", "listed_by", "rules", "visit_result")
    cohort = table(later, "scores").join(on_list, on="household_id", how="left")
    is_listed = pl.col("household_id").is_in(on_list["household_id"].implode())
    before, scores = table(earlier, "listed"), table(earlier, "scores").select("household_id", "risk")
    previous = Previous(earlier.season, before, scores, None, earlier.season == later.season)
    return cohort.with_columns(is_listed.alias("is_listed")), previous


def _capacity(release: Release) -> Capacity:
    """Count visits where the release counted them; older ones do not say, and a county is a place too."""
    section = release.manifest["parameters"].get("watchlist", {}).get("capacity", {})
    return Capacity(section.get("per", "county"), section.get("visits", 1))


def _reasons_of(release: Release) -> pl.DataFrame:
    """Give what a release says itself of who entered and who left since the list it was made against."""
    listed, left = table(release, "listed"), table(release, "left")
    entered = listed.filter(pl.col("change") == "entered")
    return pl.concat(
        [
            entered.select("household_id", "change", pl.col("why_entered").alias("why")),
            left.select("household_id", pl.lit("left").alias("change"), pl.col("why_left").alias("why")),
        ]
    )


def _moved(changes: pl.DataFrame) -> pl.DataFrame:
    """Keep who entered and who left."""
    moved = changes.filter(pl.col("change").is_in(["entered", "left"]))
    return moved.select("household_id", "change").sort("household_id", "change")
