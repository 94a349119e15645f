"""Area boards (挂牌督战): which places expect most falls, from what, and how many go unvisited."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from features.declaration import CAUSES
from register.shard import Shard
from watchlists.visits.board_cells import COUNTS, KEPT, counted, withheld, withheld_of_sites
from watchlists.visits.off_list import is_high_off_list
from watchlists.visits.place_names import area_names

#: Levels of a board: column of the place, column of the place whose total is shown, Chinese, English.
LEVELS = {
    "county": ("county_id", None, "县", "county"),
    "township": ("township_id", "county_id", "乡镇", "township"),
    "village": ("village_id", "township_id", "行政村", "village"),
    "site": ("site_id", None, "集中安置点", "settlement site"),
}
MOVES = ("site_move", "second_move", "scattered_move")
SHARES = tuple(f"share_{cause}" for cause in (*CAUSES, "none"))
FORECASTS = tuple(f"forecast_{cause}" for cause in CAUSES)
FIGURES = ("expected", "expected_low", "expected_high", "unvisited", *SHARES, *FORECASTS)
BOARD = (
    "level",
    "area_id",
    "area_name",
    "within_id",
    "county_id",
    "households",
    "visits",
    "high_off_list",
    *FIGURES,
)


def boards(
    cohort: pl.DataFrame,
    villages: pl.DataFrame,
    came_out: tuple[float, float] = (1.0, 1.0),
    high_risk: float = 1.0,
) -> pl.DataFrame:
    """Add up a county's risk by township, village and settlement site.

    Parameters
    ----------
    cohort : DataFrame
        One row a household: places, `site_id` (missing outside settlement sites), `risk`,
        `main_cause`, ``forecast_<cause>`` (where it is in use), `is_listed`.
    villages : DataFrame
        Ids and names of places (`watchlists.visits.place_names.area_names`).
    came_out : tuple of float
        How past seasons came out, lowest and highest share of what had been expected
        (watchlists.visits.policy_evaluation).
    high_risk : float
        Risk from which households that are not listed are counted.

    Returns
    -------
    DataFrame
        `BOARD` columns; within a level the most expected falls first. ``expected`` is the
        sum of calibrated risk in whole households, missing under a published order, where places with
        most visits come first and shares are of households; ``unvisited`` the part of it in households
        not listed: the shortfall of visits against risk. ``high_off_list`` counts the unlisted at
        `high_risk` or
        more. ``share_<cause>`` is the share of ``expected`` in
        households with this named cause as their main one, ``share_none`` that of households
        without a fresh cause on record. ``forecast_<cause>`` splits ``expected`` by what such
        households were recorded to fall by, missing where no forecast is in use. Small counts,
        what tells them and what would bring one back are missing (`watchlists.visits.board_cells`);
        shares are whole percents.

    Notes
    -----
    ``expected_low`` and ``expected_high`` bound the falls of the season: Poisson quantiles
    (2.5 % and 97.5 %) of whatever rounds to ``expected``, times the lowest and the highest share of
    `came_out`.
    Households are taken to fall independently of each other; a disaster that hits a whole
    village may go beyond.
    """
    weighed = _weighed(cohort).with_columns(is_high_off_list(high_risk).alias("is_high_off_list"))
    levels = {level: _level(weighed, level, came_out) for level in LEVELS}
    flags = _flags(weighed, levels)
    kept = [_without_withheld(levels[level], flags[level]) for level in LEVELS]
    named = pl.concat(kept).join(
        area_names(villages), on=["level", "area_id"], how="left", maintain_order="left"
    )
    return named.select(BOARD)


def sites(shard: Shard, day: date) -> pl.DataFrame:
    """Give each relocated household the settlement site of its last move, missing if scattered.

    Returns
    -------
    DataFrame
        ``household_id, site_id``.
    """
    moves = shard.view("relocation", day).filter(pl.col("kind").is_in(MOVES))
    ordered = moves.sort("household_id", "occurred_on", "kind", "site_id")
    return ordered.unique("household_id", keep="last", maintain_order=True).select("household_id", "site_id")


def _weighed(cohort: pl.DataFrame) -> pl.DataFrame:
    """Weigh each household by its risk, or once, and give the weight to its main cause and its forecast."""
    weight = pl.col("risk").fill_null(1.0)  # a published order gives no risk
    main = [
        pl.when(pl.col("main_cause") == cause).then(weight).otherwise(0.0).alias(f"share_{cause}")
        for cause in CAUSES
    ]
    known = [name for name in FORECASTS if name in cohort.columns]
    unknown = [pl.lit(None, dtype=pl.Float64).alias(name) for name in FORECASTS if name not in known]
    forecast = [(pl.col(name) * weight).alias(name) for name in known]
    return cohort.sort("household_id").with_columns(weight.alias("weight"), *main, *forecast, *unknown)


def _level(weighed: pl.DataFrame, level: str, came_out: tuple[float, float]) -> pl.DataFrame:
    column, within, *_ = LEVELS[level]
    has_risk, weight = pl.col("risk").is_not_null().any(), pl.col("weight")
    has_forecast = pl.all_horizontal(pl.col(FORECASTS).is_not_null()).all()
    unlisted = pl.col("risk").filter(~pl.col("is_listed")).sum()
    summed = (
        weighed.with_columns(counted())
        .drop_nulls(column)
        .group_by(pl.col(column).alias("area_id"), maintain_order=True)
        .agg(
            pl.col(within or "county_id").first().alias("within_id"),
            pl.col("county_id").first().alias("county"),
            pl.col(COUNTS).sum(),
            has_risk.alias("has_risk"),
            pl.when(has_risk).then(pl.col("risk").sum()).alias("expected"),
            pl.when(has_risk).then(unlisted).alias("unvisited"),
            *(pl.col(f"share_{cause}").sum() / weight.sum() for cause in CAUSES),
            *(
                pl.when(has_forecast).then(pl.col(name).sum() / weight.sum()).alias(name)
                for name in FORECASTS
            ),
        )
        .rename({"county": "county_id"})
    )
    rest = (1 - pl.sum_horizontal(f"share_{cause}" for cause in CAUSES)).alias("share_none")
    whole = summed.with_columns(pl.lit(level).alias("level"), rest).with_columns(pl.col("expected").round(4))
    first = ["expected", "visits", "area_id"]  # rounded: the order of adding up must not show
    return _bounded(whole.sort(first, descending=[True, True, False], nulls_last=True), came_out)


def _bounded(summed: pl.DataFrame, came_out: tuple[float, float]) -> pl.DataFrame:
    """Round, and add the quantiles of whatever is rounded to the same: they tell no more than it."""
    from scipy.stats import poisson  # a second to import, which publishing can do without

    shares = (*SHARES, *FORECASTS)
    rounded = summed.with_columns(pl.col("expected", "unvisited").round(0), pl.col(shares).round(2))
    expected = rounded["expected"].to_numpy()
    low = poisson.ppf(0.025, np.maximum(expected - 0.5, 0) * came_out[0])
    high = poisson.ppf(0.975, (expected + 0.5) * came_out[1])
    bounds = (("expected_low", np.maximum(low, 0)), ("expected_high", high))
    return rounded.with_columns(pl.Series(name, ends, pl.Float64).fill_nan(None) for name, ends in bounds)


def _flags(weighed: pl.DataFrame, levels: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tell what is not told, the widest places first: of no part what is not told of the whole."""
    flags: dict[str, pl.DataFrame] = {}
    for level, above in (("county", None), ("township", "county"), ("village", "township")):
        flags[level] = withheld(levels[level], flags[above] if above else None)
    of_sites = withheld_of_sites(weighed.with_columns(counted()), levels["site"], flags)
    return {**flags, "site": of_sites}


def _without_withheld(level: pl.DataFrame, flags: pl.DataFrame) -> pl.DataFrame:
    """Take out what is not told, with all that goes by it."""
    renamed = flags.rename({name: f"no_{name}" for name in KEPT})
    flagged = level.join(renamed, on="area_id", maintain_order="left")
    of_place = ("households", "expected", "expected_low", "expected_high", *FORECASTS)
    return flagged.with_columns(
        pl.when(~pl.col("no_households")).then(pl.col(of_place)),
        pl.when(~pl.col("no_visits")).then(pl.col("visits", "unvisited")),
        pl.when(~pl.col("no_high_off_list") & pl.col("has_risk")).then(pl.col("high_off_list")),
        *(pl.when(~pl.col(f"no_{name}")).then(pl.col(name)) for name in SHARES),
    ).select(level.columns)
