"""What changed against the list before: who entered, who stayed, who left and why."""

import math

import polars as pl

from watchlists.visits.capacity import Capacity
from watchlists.visits.previous import Previous
from watchlists.visits.season_visits import DONE_WITH, is_done_with

#: The last season's facts of a household under this season's model.
RESCORED = {"household_id": pl.String(), "risk_then": pl.Float64(), "calibration_change": pl.Float64()}
LEFT_SCHEMA: dict[str, pl.DataType] = {
    "household_id": pl.String(),
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "previous_season": pl.String(),
    "previous_rank": pl.Int64(),
    "previous_risk": pl.Float64(),
    "risk": pl.Float64(),
    "facts_change": pl.Float64(),
    "model_change": pl.Float64(),
    "calibration_change": pl.Float64(),
    "why_left": pl.String(),
    "is_unimproved": pl.Boolean(),
}
WHY_LEFT = {
    "moved_away": ("走访时已迁出", "a visit found that it moved away"),
    "already_helped": ("走访时已有帮扶", "a visit found it helped already"),
    "left_cohort": ("不再属于评估人群（迁出、注销或已识别为监测对象）", "no longer in the cohort"),
    "rule_cleared": ("必访规则不再触发", "the must-visit rule no longer speaks"),
    "capacity_fell": ("走访名额减少", "fewer visits"),
    "facts_improved": ("情况好转", "facts improved"),
    "model_changed": ("模型更新", "the model changed"),
    "risk_fell": ("风险下降（原因不可分）", "risk fell (why cannot be told apart)"),
    "order_fell": ("排序后移", "its place in the order fell"),
    "places_taken": ("风险未降，他户在先", "no less at risk, others come first"),
}
WHY_ENTERED = {
    "no_earlier_list": ("此前没有名单", "no earlier list"),
    "new_in_cohort": ("上季不在评估人群", "not in the cohort last season"),
    "rule_spoke": ("触发必访规则", "a must-visit rule speaks"),
    "capacity_grew": ("走访名额增加", "more visits"),
    "facts_worsened": ("情况变差", "facts worsened"),
    "model_changed": ("模型更新", "the model changed"),
    "risk_rose": ("风险上升（原因不可分）", "risk rose (why cannot be told apart)"),
    "order_rose": ("排序前移", "its place in the order rose"),
    "places_freed": ("风险未升，名额空出", "no more at risk, places were freed"),
}


def compared(
    allocated: pl.DataFrame,
    previous: Previous | None,
    rescored: pl.DataFrame,
    capacity: Capacity,
    least_multiplier: float,
) -> pl.DataFrame:
    """Hold every household that is or was listed against the last season.

    The change of the log-odds is split exactly by scoring the last season's facts with
    this season's model: ``facts_change`` is what the household's facts did,
    ``model_change`` what the trained members did and ``calibration_change`` what reading
    their margin as a risk in another way did. Where the earlier calibration is not known
    it is inside ``model_change``. A change of the line is inside the facts, which are
    shares of the line; it cannot be told apart.

    Parameters
    ----------
    allocated : DataFrame
        The whole cohort (watchlists.visits.allocation), with what visits of the season found
        (``visit_result``).
    previous : Previous or None
        The earlier release: of the last season, or the list of this one that visits were made from.
    rescored : DataFrame
        ``household_id, risk_then, calibration_change``: the earlier season's facts under
        this model. A household without a row keeps all changes missing.
    capacity : Capacity
        Of this season.
    least_multiplier : float
        Facts that lower the odds by less have not improved.

    Returns
    -------
    DataFrame
        Keys and places, ``change`` (new, entered, stayed, left), ``why_entered``,
        ``why_left``, ``facts_change, model_change, calibration_change`` (log-odds), ``is_unimproved``
        (left although its facts did not improve; missing where that is not known), and
        rank and risk then and now; by household.
    """
    now = allocated.select(
        "household_id",
        "county_id",
        "township_id",
        "village_id",
        "risk",
        "rank",
        "listed_by",
        "is_listed",
        pl.col("rules").list.len().alias("n_rules"),
        "visit_result",
        pl.lit(value=True).alias("is_there"),
    )
    if previous is None:
        nothing = {name: kind for name, kind in LEFT_SCHEMA.items() if name not in now.columns}
        first = {"change": "new", "why_entered": "no_earlier_list"}
        empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in nothing.items()]
        return now.filter("is_listed").with_columns(*empty, **{k: pl.lit(v) for k, v in first.items()})
    both = _beside(now, previous, capacity)
    split = both.join(rescored, on="household_id", how="left").with_columns(
        (_log_odds("risk") - _log_odds("risk_then")).alias("facts_change"),
        (
            _log_odds("risk_then") - _log_odds("previous_risk") - pl.col("calibration_change").fill_null(0.0)
        ).alias("model_change"),
    )
    reasons = split.with_columns(_change(), _why_entered(), _why_left())
    return reasons.with_columns(_unimproved(math.log(least_multiplier))).sort("household_id")


def left(changes: pl.DataFrame) -> pl.DataFrame:
    """Keep who was listed before and is not now: `LEFT_SCHEMA`, by household."""
    gone = changes.filter(pl.col("change") == "left").select(list(LEFT_SCHEMA))
    return gone.cast(pl.Schema(LEFT_SCHEMA)).sort("household_id")


def left_by_visit(gone: pl.DataFrame, county_id: str, township_id: str | None = None) -> int:
    """Count who left a place's list since a visit found them moved away or helped (`LEFT_SCHEMA`)."""
    here = pl.col("county_id") == county_id
    if township_id is not None:
        here &= pl.col("township_id") == township_id
    return gone.filter(here, pl.col("why_left").is_in(DONE_WITH)).height


def _beside(now: pl.DataFrame, previous: Previous, capacity: Capacity) -> pl.DataFrame:
    """Put then beside now for every household that is or was listed."""
    place = capacity.key
    then = previous.listed.select(
        "household_id",
        "county_id",
        "township_id",
        "village_id",
        pl.col("rank").alias("previous_rank"),
        pl.col("listed_by").alias("previous_listed_by"),
    )
    scored = previous.scores.rename({"risk": "previous_risk"}).with_columns(was_there=pl.lit(value=True))
    visits = then.group_by(place).agg(pl.len().cast(pl.Int64).alias("previous_visits"))
    return (
        now.join(then, on="household_id", how="full", coalesce=True, suffix="_then")
        .with_columns(
            *(
                pl.coalesce(name, f"{name}_then").alias(name)
                for name in ("county_id", "township_id", "village_id")
            ),
            pl.col("is_listed").fill_null(value=False),
            pl.lit(previous.season).alias("previous_season"),
            pl.lit(previous.is_of_this_season).alias("is_same_season"),
        )
        .filter(pl.col("is_listed") | pl.col("previous_rank").is_not_null())
        .join(scored, on="household_id", how="left")
        .join(visits, on=place, how="left")
        .with_columns(pl.col("previous_visits").fill_null(0))
    )


def _log_odds(name: str) -> pl.Expr:
    return pl.col(name).log() - (-pl.col(name)).log1p()


def _change() -> pl.Expr:
    was, is_now = pl.col("previous_rank").is_not_null(), pl.col("is_listed")
    stayed = pl.when(was & is_now).then(pl.lit("stayed"))
    return stayed.when(is_now).then(pl.lit("entered")).otherwise(pl.lit("left")).alias("change")


def _why_entered() -> pl.Expr:
    entered = pl.col("is_listed") & pl.col("previous_rank").is_null()
    return (
        pl.when(~entered)
        .then(None)
        .when(pl.col("was_there").is_null())
        .then(pl.lit("new_in_cohort"))
        .when(_as_before())
        .then(pl.lit("places_freed"))
        .when(pl.col("n_rules") > 0)
        .then(pl.lit("rule_spoke"))
        .when(pl.col("rank") > pl.col("previous_visits"))
        .then(pl.lit("capacity_grew"))
        .when(_without_risk())
        .then(pl.lit("order_rose"))
        .when(pl.col("risk") <= pl.col("previous_risk"))
        .then(pl.lit("places_freed"))
        .otherwise(_by_larger_part("facts_worsened", "risk_rose", sign=1))
        .alias("why_entered")
    )


def _why_left() -> pl.Expr:
    gone = ~pl.col("is_listed")
    return (
        pl.when(~gone)
        .then(None)
        .when(is_done_with())
        .then("visit_result")
        .when(pl.col("is_there").is_null())
        .then(pl.lit("left_cohort"))
        .when((pl.col("previous_listed_by") == "rule") & (pl.col("n_rules") == 0))
        .then(pl.lit("rule_cleared"))
        .when(pl.col("rank") <= pl.col("previous_visits"))
        .then(pl.lit("capacity_fell"))
        .when(_without_risk())
        .then(pl.lit("order_fell"))
        .when(pl.col("risk") >= pl.col("previous_risk"))
        .then(pl.lit("places_taken"))
        .otherwise(_by_larger_part("facts_improved", "risk_fell", sign=-1))
        .alias("why_left")
    )


def _as_before() -> pl.Expr:
    """Tell who enters a later list of the same season with the risk of the one before."""
    return pl.col("is_same_season") & (pl.col("risk") == pl.col("previous_risk"))


def _without_risk() -> pl.Expr:
    """Tell where one of the two seasons was listed by an order, which gives no risk to compare."""
    return pl.col("risk").is_null() | pl.col("previous_risk").is_null()


def _by_larger_part(facts: str, unknown: str, sign: int) -> pl.Expr:
    """Name what moved the risk more: the facts or the model."""
    by_facts = sign * pl.col("facts_change")
    by_model = sign * (pl.col("model_change") + pl.col("calibration_change").fill_null(0.0))
    return (
        pl.when(by_facts.is_null() | by_model.is_null())
        .then(pl.lit(unknown))
        .when(by_facts >= by_model)
        .then(pl.lit(facts))
        .otherwise(pl.lit("model_changed"))
    )


def _unimproved(least: float) -> pl.Expr:
    """Tell who left although no fact speaks for it; missing where the facts cannot be compared."""
    cleared = pl.col("why_left").is_in(["left_cohort", "rule_cleared", *DONE_WITH])
    return (
        pl.when(pl.col("change") == "left")
        .then(pl.when(cleared).then(pl.lit(value=False)).otherwise(pl.col("facts_change") > -least))
        .alias("is_unimproved")
    )
