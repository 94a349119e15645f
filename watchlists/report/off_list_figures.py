"""What visits off the list say of a list: of the risks that visits confirmed, the share it did not name."""

from collections.abc import Iterator

import polars as pl

from models.figures import Figure
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds
from watchlists.report.lookback_figures import visit_outcomes

OFF_LIST = {
    "season": pl.String(),
    "county_id": pl.String(),
    **dict.fromkeys(("visited", "confirmed", "outside", "confirmed_listed"), pl.Int64()),
    **dict.fromkeys(("omission", "omission_low", "omission_high"), pl.Float64()),
}
#: Both kinds of visits, each household once a season.
VISITED = ("season", "household_id", "county_id", "cluster", "is_listed", "is_scored", "result")


def off_list_figures(
    cohorts: pl.DataFrame, visits: pl.DataFrame, off_list: pl.DataFrame, bootstrap: Bootstrap
) -> pl.DataFrame:
    """Hold the risks confirmed off past lists against those confirmed on them.

    Of several visits to a household in a season the last says what was found; where nobody
    was met there was none.

    Parameters
    ----------
    cohorts : DataFrame
        Everybody the past lists were chosen from (`watchlists.release.past_lists.cohort_of`).
    visits, off_list : DataFrame
        Look-backs and visits off the list (`watchlists.report.lookback_figures.VISITED`), with
        ``county_id``; the version of every visit that holds.
    bootstrap : Bootstrap
        Of the 95 % intervals.

    Returns
    -------
    DataFrame
        `OFF_LIST`, households. By season that has visits off its list and pooled over these, for
        all counties together (``county_id`` missing) and for each. ``visited, confirmed``: of those
        the list was chosen from and did not name; ``outside``: of others, such as the already
        monitored; ``confirmed_listed``: on the list; ``omission``: confirmed over both confirmed,
        missing where there is none.
    """
    seasons = off_list["season"].unique()
    both = pl.concat([_once(visits, cohorts, is_listed=True), _once(off_list, cohorts, is_listed=False)])
    kept = both.filter(pl.col("season").is_in(seasons.implode())).sort("season", "household_id")
    parts = [pl.DataFrame(schema=OFF_LIST), *_by_place(kept, bootstrap, POOLED)] if len(kept) else []
    for (season,), part in kept.group_by("season", maintain_order=True):
        parts += _by_place(part, bootstrap, str(season))
    return pl.concat([pl.DataFrame(schema=OFF_LIST), *parts])


def _once(visits: pl.DataFrame, cohorts: pl.DataFrame, *, is_listed: bool) -> pl.DataFrame:
    """Give every visited household with its last result, and whether the list was chosen from it."""
    counties = visits.unique(["season", "household_id"], keep="first").select(
        "season", "household_id", delivered="county_id"
    )
    scored = cohorts.filter(pl.col("is_listed") == is_listed).select(
        "season", "household_id", "county_id", "cluster", is_scored=pl.lit(value=True)
    )
    both = ["season", "household_id"]
    joined = visit_outcomes(visits).join(counties, on=both).join(scored, on=both, how="left")
    return joined.with_columns(
        pl.coalesce("county_id", "delivered").alias("county_id"),
        pl.coalesce("cluster", "delivered").alias("cluster"),
        pl.col("is_scored").fill_null(value=False),
        is_listed=pl.lit(is_listed),
    ).select(VISITED)


def _by_place(kept: pl.DataFrame, bootstrap: Bootstrap, season: str) -> Iterator[pl.DataFrame]:
    yield _figures(kept, bootstrap, season, None)
    for (county,), part in kept.sort("county_id").group_by("county_id", maintain_order=True):
        yield _figures(part, bootstrap, season, str(county))


def _figures(kept: pl.DataFrame, bootstrap: Bootstrap, season: str, county: str | None) -> pl.DataFrame:
    scored, confirmed = kept.filter("is_scored"), pl.col("result") == "confirmed"
    on, off = scored.filter("is_listed"), scored.filter(~pl.col("is_listed"))
    flags = scored.select(
        whole=confirmed.cast(pl.Float64), part=(confirmed & ~pl.col("is_listed")).cast(pl.Float64)
    )
    omission = Figure(flags["part"].to_numpy(), flags["whole"].to_numpy())
    drawn = Resampling(scored["cluster"], bootstrap.resamples, bootstrap.seed)
    counts = {
        "visited": len(off),
        "confirmed": len(off.filter(confirmed)),
        "outside": len(kept.filter(~pl.col("is_scored"), ~pl.col("is_listed"))),
        "confirmed_listed": len(on.filter(confirmed)),
    }
    named = {"season": season, "county_id": county}
    row = {**named, **counts, **with_bounds({"omission": omission}, drawn)}
    return pl.DataFrame([row], schema=OFF_LIST)
