"""Spells without safe housing, water or schooling: when each began, and when it was over."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from register.shard import Shard
from register.tables import TABLES


@dataclass(frozen=True)
class Guarantee:
    """A guarantee, where its states stand, and which of them breach it.

    Attributes
    ----------
    table : str
        Register table; a row is what was found on a day, or from a day on.
    entity : str
        Column of whom a state is about.
    state : str
        Column of the state; a row without it says nothing.
    unsafe : tuple of str
        States that breach the guarantee.
    """

    table: str
    entity: str
    state: str
    unsafe: tuple[str, ...]


#: The "three guarantees and water" (三保障和饮水安全) that the register tells of, DOMAIN 1.5 and 3.1.
GUARANTEES = (
    Guarantee("housing", "household_id", "grade", ("C", "D")),
    Guarantee("water", "household_id", "status", ("cut", "quality", "distance")),
    Guarantee("schooling", "member_id", "stage", ("dropped_out",)),
)
SPELLS = {"household_id": pl.String(), "began_on": pl.Date(), "ended_on": pl.Date()}


def breaches(shard: Shard, known_on: date) -> pl.DataFrame:
    """List the spells in which a household was without safe housing, water or schooling.

    A state that is written anew goes on: a house graded C every year is one spell, from the
    first such record to the first that says otherwise.

    Parameters
    ----------
    shard : Shard
        One county.
    known_on : date
        Nothing recorded later is seen.

    Returns
    -------
    DataFrame
        ``household_id, began_on, ended_on`` (missing while it lasts), sorted; one row a spell,
        of schooling a spell of each child.

    References
    ----------
    ADR 20.
    """
    spells = [spells_of(shard, one, known_on) for one in GUARANTEES]
    return pl.concat([pl.DataFrame(schema=SPELLS), *spells]).sort(list(SPELLS))


def in_breach(spells: pl.DataFrame, day: date) -> pl.Series:
    """Name the households that are inside one of the `spells` on `day`, each once."""
    lasting = pl.col("ended_on").is_null() | (pl.col("ended_on") > day)
    return spells.filter(pl.col("began_on") <= day, lasting)["household_id"].unique(maintain_order=True)


def spells_of(shard: Shard, of: Guarantee, known_on: date) -> pl.DataFrame:
    """List the spells without one of the guarantees, as `breaches` does of all."""
    rows = shard.known(of.table, date.max, known_on).drop_nulls(of.state)
    over = pl.col("ended_on") if "ended_on" in rows.columns else pl.lit(None, dtype=pl.Date)
    states = rows.select(
        "household_id",
        pl.col(of.entity).alias("entity"),
        pl.col(TABLES[of.table].event).alias("since"),
        over.alias("over"),
        pl.col(of.state).is_in(of.unsafe).alias("is_unsafe"),
    ).sort("entity", "since", "is_unsafe")
    numbered = states.with_columns(_begins().cum_sum().over("entity").alias("spell"))
    return (
        numbered.filter(pl.col("spell") > 0)
        .group_by("entity", "spell", maintain_order=True)
        .agg(pl.col("household_id", "since").first(), _ended())
        .select("household_id", pl.col("since").alias("began_on"), "ended_on")
    )


def _begins() -> pl.Expr:
    """Tell which rows begin a spell: unsafe, after a safe one, none, or one that was over before."""
    before = pl.col("is_unsafe").shift(1, fill_value=False).over("entity")
    lapsed = (pl.col("over").shift(1).over("entity") < pl.col("since")).fill_null(value=False)
    return pl.col("is_unsafe") & (~before | lapsed)


def _ended() -> pl.Expr:
    """Give the first safe state after the spell's beginning, or the end entered for its last unsafe one."""
    unsafe = pl.col("is_unsafe")
    safe_since = pl.col("since").filter(~unsafe).first()
    return pl.min_horizontal(safe_since, pl.col("over").filter(unsafe).last()).alias("ended_on")
