"""Who is visited: rules first, then reserved visits, then by score; ties by household id."""

from collections.abc import Mapping, Sequence

import polars as pl

from features.declaration import GROUPS
from features.expressions import plus
from watchlists.visits.capacity import Capacity
from watchlists.visits.chance import chances
from watchlists.visits.sharing import shared_out

#: Order of the turns: who was visited this season already, must-visit households, reserved visits of hard
#: groups, everybody else.
VISITED, RULE, RESERVED, REST = -1, 0, 1, 2
#: Visits beside the capacity: none, must-visit households share it with the others.
SHARED = pl.lit(0, dtype=pl.Int64)
#: No visit of the season has been made yet.
NOBODY = pl.lit(value=False)


def margin() -> pl.Expr:
    """Add up what is delivered of a household: base and parts, log-odds or what a published order counts."""
    return plus("base_margin", *(f"phi_{group}" for group in GROUPS))


def score() -> pl.Expr:
    """Give what a list is ordered by: the risk, or the margin where a published order gives no risk."""
    return pl.coalesce("risk", margin()).alias("score")


def own_visits(place: Sequence[str]) -> pl.Expr:
    """Count the must-visit households of a place: the visits of their own that a place may be given."""
    return (pl.col("rules").list.len() > 0).cast(pl.Int64).sum().over(place)


def allocate(
    scores: pl.DataFrame,
    capacity: Capacity,
    cover: Mapping[str, int] | None = None,
    beside: pl.Expr = SHARED,
    visited: pl.Expr = NOBODY,
) -> pl.DataFrame:
    """Put every household of the cohort in visiting order and say who is listed.

    Parameters
    ----------
    scores : DataFrame
        As `prioritised` wants it, and `base_margin`, ``phi_<group>``, `margin_sd` (log-odds).
    capacity : Capacity
        Never exceeded, not even by must-visit households, but by `beside`.
    cover : mapping of str to int, optional
        Visits each place keeps for a hard group at least; none by default.
    beside : Expr
        Visits of each place beside its capacity; `own_visits` where duties have their own.
    visited : Expr
        Who was visited this season already, and keeps that visit.

    Returns
    -------
    DataFrame
        What `prioritised` gives, with ``listed_by`` order where there is no risk, and ``chance_listed``.

    Notes
    -----
    ``chance_listed``: how likely the household is listed if one member of the model spoke
    alone (watchlists.visits.chance). It is in doubt among the households whose turn the last
    visit falls into, and their chances add up to the visits left for them; those of
    earlier turns are certain (1), those of later turns have no chance (0). Reserved visits
    are taken as given.
    """
    in_order = pl.col("risk").is_null() & (pl.col("listed_by") == "risk")
    of_turn, listed = [*capacity.key, "turn"], pl.col("is_listed")
    turns = prioritised(
        scores.with_columns(margin().alias("margin"), score()), capacity, cover, beside, visited
    ).with_columns(
        pl.when(in_order).then(pl.lit("order")).otherwise("listed_by").alias("listed_by"),
        listed.cast(pl.Float64).alias("chance_listed"),
        (listed.any() & ~listed.all()).over(of_turn).alias("is_contested"),
        pl.struct(of_turn).rank("dense").alias("contest"),
    )
    contested = turns.filter("is_contested").with_columns(pl.col("contest").rank("dense").cast(pl.Int64) - 1)
    places = contested.group_by("contest").agg(listed.cast(pl.Int64).sum()).sort("contest")["is_listed"]
    margins, doubts, contests = (contested[name].to_numpy() for name in ("margin", "margin_sd", "contest"))
    drawn = chances(margins, doubts, contests, places.to_numpy())
    doubtful = contested.select("household_id", pl.Series("chance_listed", drawn, pl.Float64))
    return turns.update(doubtful, on="household_id").drop(
        "margin", "score", "turn", "is_contested", "contest"
    )


def prioritised(
    scores: pl.DataFrame,
    capacity: Capacity,
    cover: Mapping[str, int] | None = None,
    beside: pl.Expr = SHARED,
    visited: pl.Expr = NOBODY,
) -> pl.DataFrame:
    """Order the households of each place and list as many as it can visit.

    The published order: households with a must-visit rule, then, for each hard group of
    `cover`, its first members up to the reserved number (members listed by rule count),
    then everybody else; within each of the three by score, equal scores by household id.
    The order does not depend on the capacity, so another visit never removes anybody.
    Where need shares out a county's visits, `watchlists.visits.sharing` says how many a place has.

    Parameters
    ----------
    scores : DataFrame
        One row a household: `household_id`, `county_id`, the place's id, `score` (the higher the
        sooner: the risk, or what a published order counts), `rules`, `groups` (lists).
    capacity : Capacity
        Visits of each place.
    cover : mapping of str to int, optional
        Visits each place keeps for a hard group at least.
    beside : Expr
        Visits of each place beside its capacity.
    visited : Expr
        Who was visited this season already: these visits are made, before any other.

    Returns
    -------
    DataFrame
        `scores` sorted by place and rank, with ``visits`` of the place and those ``beside``, ``turn``,
        ``priority`` (1 gets the first visit that can be given), ``is_listed``,
        ``listed_by`` (rule; cover: reserved, a riskier household is left out for it; risk)
        and ``rank`` (1 is visited first: the listed come first, of them the must-visit
        ones, then by risk).
    """
    place, by_rule = capacity.key, pl.col("rules").list.len() > 0
    plain = _numbered(
        scores.with_columns(
            capacity.expression().alias("visits"), beside.alias("beside"), (~by_rule).alias("waits")
        ),
        "plain_order",
        place,
        "waits",
        -pl.col("score"),
        "household_id",
    )
    waiting = pl.when(by_rule).then(RULE).when(_reserved(cover or {}, place)).then(RESERVED).otherwise(REST)
    turn = pl.when(visited).then(VISITED).otherwise(waiting)
    turns = _numbered(plain.with_columns(turn.alias("turn")), "priority", place, "turn", "plain_order")
    listed = shared_out(turns, capacity).with_columns(
        (pl.col("priority") <= plus("visits", "beside")).alias("is_listed")
    )
    ranked = _numbered(listed, "rank", place, ~pl.col("is_listed"), "plain_order")
    passed_over = pl.col("plain_order").filter(~pl.col("is_listed") & ~by_rule).min().over(place)
    covered = (pl.col("turn") == RESERVED) & pl.col("is_listed") & (pl.col("plain_order") > passed_over)
    how = pl.when(by_rule).then(pl.lit("rule")).when(covered).then(pl.lit("cover")).otherwise(pl.lit("risk"))
    return ranked.with_columns(how.alias("listed_by")).drop("waits", "plain_order")


def must_visits_without_place(allocated: pl.DataFrame) -> int:
    """Count the must-visit households that did not fit into the capacity."""
    return allocated.filter((pl.col("listed_by") == "rule") & ~pl.col("is_listed")).height


def _numbered(frame: pl.DataFrame, name: str, place: Sequence[str], *order: str | pl.Expr) -> pl.DataFrame:
    """Sort by place and `order`, and number the rows of each place from 1."""
    return frame.sort(*place, *order).with_columns(pl.int_range(1, pl.len() + 1).over(place).alias(name))


def _reserved(cover: Mapping[str, int], place: Sequence[str]) -> pl.Expr:
    """Tell the first members of each group, in the order of the rows."""
    chosen = [pl.lit(value=False)]
    for group, visits in cover.items():
        is_member = pl.col("groups").list.contains(group)
        chosen.append(is_member & (is_member.cum_sum().over(place) <= visits))
    return pl.any_horizontal(chosen)
