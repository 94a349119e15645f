"""Area boards (挂牌督战): which places expect most falls, from what, and how many go unvisited."""

from datetime import date

import polars as pl

from features.declaration import CAUSES
from models.evaluation.disclosure import is_hidden
from register.shard import Shard
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
        sum of calibrated risk, missing under a published order, where places with most visits
        come first and shares are of households; ``unvisited`` the part of it in households not listed: the
        shortfall of visits against risk. ``high_off_list`` counts the unlisted at `high_risk` or
        more. ``share_<cause>`` is the share of ``expected`` in
        households with this named cause as their main one, ``share_none`` that of households
        without a fresh cause on record. ``forecast_<cause>`` splits ``expected`` by what such
        households were recorded to fall by, missing where no forecast is in use. Small counts
        (models.evaluation.disclosure) are missing, with the figures of so small a place; where a total would
        bring one back, the next smallest is missing too.

    Notes
    -----
    ``expected_low`` and ``expected_high`` bound the falls of the season: Poisson quantiles
    (2.5 % and 97.5 %) of ``expected``, times the lowest and the highest share of `came_out`.
    Households are taken to fall independently of each other; a disaster that hits a whole
    village may go beyond.
    """
    weighed = _weighed(cohort).with_columns(is_high_off_list(high_risk).alias("is_high_off_list"))
    levels = [_level(weighed, level, came_out) for level in LEVELS]
    named = pl.concat(levels).join(
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
        weighed.drop_nulls(column)
        .group_by(pl.col(column).alias("area_id"), maintain_order=True)
        .agg(
            pl.col(within or "county_id").first().alias("within_id"),
            pl.col("county_id").first().alias("county"),
            pl.len().cast(pl.Int64).alias("households"),
            pl.col("is_listed").cast(pl.Int64).sum().alias("visits"),
            pl.when(has_risk).then(pl.col("is_high_off_list").cast(pl.Int64).sum()).alias("high_off_list"),
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
    whole = summed.with_columns(pl.lit(level).alias("level"), rest)
    first = ["expected", "visits", "area_id"]
    return _hidden(_bounded(whole, came_out).sort(first, descending=[True, True, False], nulls_last=True))


def _bounded(summed: pl.DataFrame, came_out: tuple[float, float]) -> pl.DataFrame:
    """Add the quantiles, and round: the order of adding up must not show."""
    from scipy.stats import poisson  # a second to import, which publishing can do without

    expected = summed["expected"].round(4).to_numpy()
    low, high = (
        poisson.ppf(at, expected * share) for at, share in zip((0.025, 0.975), came_out, strict=True)
    )
    bounds = [
        pl.Series(name, ends, pl.Float64).fill_nan(None)
        for name, ends in (("expected_low", low), ("expected_high", high))
    ]
    return summed.with_columns(*bounds).with_columns(pl.col(FIGURES).round(4))


def _hidden(level: pl.DataFrame) -> pl.DataFrame:
    """Take out small counts, and what a place's total would bring back."""
    counts = ("households", "visits", "high_off_list")
    small, few, rare = (is_hidden(one, "within_id", "area_id") for one in counts)
    kept = level.with_columns(small.alias("is_small"), few.alias("is_few"), rare.alias("is_rare"))
    return kept.with_columns(
        pl.when(~pl.col("is_small")).then(pl.col("households", *FIGURES)),
        pl.when(~(pl.col("is_small") | pl.col("is_few"))).then(pl.col("visits")),
        pl.when(~(pl.col("is_small") | pl.col("is_rare"))).then(pl.col("high_off_list")),
    ).drop("is_small", "is_few", "is_rare")
