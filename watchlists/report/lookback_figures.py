"""What look-backs say about past lists: visits done, hits by risk and rank, causes, and how long it took."""

from collections.abc import Mapping, Sequence

import polars as pl

from models.arrays import Floats
from models.figures import Figure
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds
from register.cells.several import lists

#: What is read of a past list, and of the visits to it.
LISTED = ("season", "household_id", "cluster", "as_of_date", "risk", "rank", "main_cause")
VISITED = ("season", "household_id", "visited_on", "result", "causes_found", "measures_begun")
RESULTS = ("confirmed", "not_confirmed", "already_helped", "moved_away")
#: Somebody went and met nobody: tried, not visited.
TRIED = "not_at_home"
IS = {name: pl.col("result").eq_missing(pl.lit(name)) for name in RESULTS}
#: Those already helped or moved away say nothing about the risk.
JUDGED = IS["confirmed"] | IS["not_confirmed"]
#: Time from the list to the first visit and to the first measure, each with its quartiles.
WAITS = {"visit": "first_visit", "help": "first_help"}
QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}


def lookback_figures(
    listed: pl.DataFrame, visits: pl.DataFrame, edges: Mapping[str, Sequence[float]], bootstrap: Bootstrap
) -> dict[str, pl.DataFrame]:
    """Hold what visits found against what the lists said.

    Only visits to households that were listed that season count. Of several visits to a
    household the first tells how long it took and the last what was found.

    Parameters
    ----------
    listed : DataFrame, shape (n_listed, ...)
        `LISTED` of all past lists, one row a household and season, of one list at least;
        ``cluster`` is drawn again as a whole.
    visits : DataFrame
        `VISITED`, the version of every visit that holds.
    edges : mapping of str to sequence of float
        For ``risk`` and ``rank`` the values between the bands, rising.
    bootstrap : Bootstrap
        Of the 95 % intervals.

    Returns
    -------
    dict of str to DataFrame
        Each by ``season``, and ``pooled`` over the lists that some visit came back from.

        ``visits``: listed, visited, each result; ``tried``, households where nobody was met yet;
        ``confirmed_share``, of those confirmed or not
        confirmed (households already helped or moved away say nothing about the risk);
        ``with_cause``, confirmed with an attributed and some found cause, and ``agreement``, the
        share of them where the attributed one is among the found ones;
        ``visit_q1, visit_median, visit_q3`` and ``help_...``, days from the list's as-of date to
        the first visit and to the first that began a measure, and ``helped``, how many had such a visit.
        ``bands``: by risk and by rank (``by, at_least, below``; missing at the ends) listed,
        visited, confirmed, not_confirmed, and ``precision``, as the share above.
        ``causes``: how often each ``attributed`` cause met each ``found`` one; a visit that found
        several counts with each.

        Shares come with ``_low`` and ``_high``. A share or median of nothing is missing.
    """
    both = ["season", "household_id"]
    tried = (
        visits.filter(pl.col("result") == TRIED).select(both).unique().with_columns(tried=pl.lit(value=True))
    )
    outcomes = listed.select(LISTED).join(visit_outcomes(visits), on=both, how="left")
    joined = outcomes.join(tried, on=both, how="left").with_columns(
        tried=pl.col("tried").fill_null(value=False) & pl.col("result").is_null()
    )
    kept = joined.sort("season", "household_id")
    parts = {str(season): part for (season,), part in kept.group_by("season", maintain_order=True)}
    parts[POOLED] = kept.filter((pl.col("result").is_not_null() | pl.col("tried")).any().over("season"))
    tables = [_figures(part, edges, bootstrap, season) for season, part in parts.items()]
    return {name: pl.concat([one[name] for one in tables]) for name in ("visits", "bands", "causes")}


def off_list(listed: pl.DataFrame, visits: pl.DataFrame) -> int:
    """Count the visits to households that are not on the list of their season as it stands.

    A season that was published again may hold others than the list an officer carried.
    """
    return len(visits.join(listed, on=["season", "household_id"], how="anti"))


def _figures(
    kept: pl.DataFrame, edges: Mapping[str, Sequence[float]], bootstrap: Bootstrap, season: str
) -> dict[str, pl.DataFrame]:
    drawn = Resampling(kept["cluster"], bootstrap.resamples, bootstrap.seed)
    bands = [_bands(kept, by, edges[by], drawn) for by in ("risk", "rank")]
    tables = {"visits": _visits(kept, drawn), "bands": pl.concat(bands), "causes": _causes(kept)}
    return {name: table.select(pl.lit(season).alias("season"), pl.all()) for name, table in tables.items()}


def visit_outcomes(visits: pl.DataFrame) -> pl.DataFrame:
    """Bring the visits to a household in a season to one row; where nobody was met there was none."""
    helped = pl.col("visited_on").filter(pl.col("measures_begun").is_not_null())
    return (
        visits.select(VISITED)
        .filter(pl.col("result") != TRIED)
        .sort("visited_on", maintain_order=True)
        .group_by("season", "household_id", maintain_order=True)
        .agg(
            pl.col("visited_on").min().alias("first_visit"),
            helped.min().alias("first_help"),
            pl.col("result", "causes_found").last(),
        )
    )


def _visits(kept: pl.DataFrame, drawn: Resampling) -> pl.DataFrame:
    both = IS["confirmed"] & pl.col("main_cause").is_not_null() & pl.col("causes_found").is_not_null()
    counts = kept.select(
        *_counts(*RESULTS),
        pl.col("tried").sum().cast(pl.Int64),
        pl.col("first_help").count().cast(pl.Int64).alias("helped"),
        both.sum().cast(pl.Int64).alias("with_cause"),
        *(_wait(name, part) for name in WAITS for part in QUARTILES),
    )
    shares = {
        "confirmed_share": (IS["confirmed"], JUDGED),
        "agreement": (both & lists("causes_found").list.contains(pl.col("main_cause")), both),
    }
    return counts.with_columns(**_shares(kept, shares, drawn))


def _bands(kept: pl.DataFrame, by: str, edges: Sequence[float], drawn: Resampling) -> pl.DataFrame:
    """Count by band; a value on an edge belongs to the band above it."""
    bands = []
    for low, high in zip([None, *edges], [*edges, None], strict=True):
        above = pl.lit(value=True) if low is None else pl.col(by) >= low
        inside = above if high is None else above & (pl.col(by) < high)
        counts = kept.filter(inside).select(*_counts(*RESULTS[:2]))
        share = {"precision": (inside & IS["confirmed"], inside & JUDGED)}
        ends = {"at_least": pl.lit(low, pl.Float64()), "below": pl.lit(high, pl.Float64())}
        bounded = counts.select(pl.lit(by).alias("by"), pl.all()).with_columns(**ends)
        bands.append(bounded.with_columns(**_shares(kept, share, drawn)))
    return pl.concat(bands)


def _causes(kept: pl.DataFrame) -> pl.DataFrame:
    both = kept.filter(IS["confirmed"]).drop_nulls(["main_cause", "causes_found"])
    each = both.with_columns(lists("causes_found")).explode("causes_found")
    pairs = each.group_by(attributed="main_cause", found="causes_found").agg(
        pl.len().cast(pl.Int64).alias("n")
    )
    return pairs.sort("attributed", "found")


def _counts(*results: str) -> list[pl.Expr]:
    counts = [pl.len().alias("listed"), pl.col("result").count().alias("visited")]
    return [one.cast(pl.Int64) for one in (*counts, *(IS[name].sum().alias(name) for name in results))]


def _wait(name: str, part: str) -> pl.Expr:
    days = (pl.col(WAITS[name]) - pl.col("as_of_date")).dt.total_days()
    return days.quantile(QUARTILES[part], "midpoint").alias(f"{name}_{part}")


def _shares(
    kept: pl.DataFrame, shares: Mapping[str, tuple[pl.Expr, pl.Expr]], drawn: Resampling
) -> dict[str, pl.Expr]:
    figures = {
        name: Figure(_numbers(kept, part), _numbers(kept, whole)) for name, (part, whole) in shares.items()
    }
    return {name: pl.lit(value, pl.Float64()) for name, value in with_bounds(figures, drawn).items()}


def _numbers(kept: pl.DataFrame, flag: pl.Expr) -> Floats:
    return kept.select(flag.fill_null(value=False).cast(pl.Float64).alias("flag"))["flag"].to_numpy()
