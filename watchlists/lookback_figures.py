"""What look-backs say about past lists: visits done, hits by risk, causes, and how long it took."""

from collections.abc import Sequence

import polars as pl

#: What is read of a past list, and of the visits to it.
LISTED = ("season", "household_id", "as_of_date", "risk", "main_cause")
VISITED = ("season", "household_id", "visited_on", "result", "cause_found", "measure_begun")
RESULTS = ("confirmed", "not_confirmed", "already_helped", "moved_away")


def lookback_figures(
    listed: pl.DataFrame, visits: pl.DataFrame, edges: Sequence[float]
) -> dict[str, pl.DataFrame]:
    """Hold what visits found against what the lists said.

    Only visits to households that were listed that season count. Of several visits to a
    household the first tells how long it took and the last what was found.

    Parameters
    ----------
    listed : DataFrame, shape (n_listed, ...)
        `LISTED` of all past lists, one row a household and season.
    visits : DataFrame
        `VISITED`, the version of every visit that holds.
    edges : sequence of float
        Risks between the bands, rising, inside (0, 1).

    Returns
    -------
    dict of str to DataFrame
        ``visits`` by season: listed, visited, each result. ``bands`` by risk band: listed,
        visited, confirmed, and precision, the share confirmed of those confirmed or not
        confirmed; households already helped or moved away say nothing about the risk.
        ``causes``: how often each attributed cause met each found cause, of confirmed risks
        with both. ``days`` by season: median days from the list's as-of date to the first
        visit and to the first visit that began a measure. A share or median of nothing is
        missing.
    """
    kept = listed.select(LISTED).join(_found(visits), on=["season", "household_id"], how="left")
    return {
        "visits": kept.group_by("season").agg(*_counts(), *(_with(one) for one in RESULTS)).sort("season"),
        "bands": _bands(kept, edges),
        "causes": _causes(kept),
        "days": _days(kept),
    }


def agreement(causes: pl.DataFrame) -> float | None:
    """Give the share of confirmed risks whose found cause is the attributed one; None of nothing."""
    total = int(causes["n"].sum())
    same = causes.filter(pl.col("attributed") == pl.col("found"))["n"].sum()
    return int(same) / total if total else None


def _found(visits: pl.DataFrame) -> pl.DataFrame:
    """Bring the visits to a household in a season to one row."""
    helped = pl.col("visited_on").filter(pl.col("measure_begun").is_not_null())
    return (
        visits.select(VISITED)
        .sort("visited_on", maintain_order=True)
        .group_by("season", "household_id", maintain_order=True)
        .agg(
            pl.col("visited_on").min().alias("first_visit"),
            helped.min().alias("first_help"),
            pl.col("result", "cause_found").last(),
        )
    )


def _counts() -> tuple[pl.Expr, pl.Expr]:
    return pl.len().alias("listed"), pl.col("result").count().alias("visited")


def _with(result: str) -> pl.Expr:
    return (pl.col("result") == result).sum().alias(result)


def _bands(kept: pl.DataFrame, edges: Sequence[float]) -> pl.DataFrame:
    bounds = [0.0, *edges, 1.0]
    band = pl.sum_horizontal(pl.lit(0), *((pl.col("risk") >= edge).cast(pl.Int32) for edge in edges))
    confirmed, judged = pl.col("confirmed"), pl.col("confirmed") + pl.col("not_confirmed")
    counted = kept.group_by(band.cast(pl.Int64).alias("band")).agg(
        *_counts(), *(_with(one) for one in RESULTS[:2])
    )
    every = pl.DataFrame(
        {"band": range(len(edges) + 1), "risk_from": bounds[:-1], "risk_to": bounds[1:]},
        schema_overrides={"band": pl.Int64()},
    )
    joined = every.join(counted, on="band", how="left", maintain_order="left").fill_null(0).drop("band")
    return joined.with_columns(precision=pl.when(judged > 0).then(confirmed / judged))


def _causes(kept: pl.DataFrame) -> pl.DataFrame:
    both = kept.filter(pl.col("result") == "confirmed").drop_nulls(["main_cause", "cause_found"])
    pairs = both.group_by(attributed="main_cause", found="cause_found").agg(pl.len().alias("n"))
    return pairs.sort("attributed", "found")


def _days(kept: pl.DataFrame) -> pl.DataFrame:
    def median(name: str) -> pl.Expr:
        return (pl.col(name) - pl.col("as_of_date")).dt.total_days().median()

    return (
        kept.group_by("season")
        .agg(median("first_visit").alias("days_to_visit"), median("first_help").alias("days_to_help"))
        .sort("season")
    )
