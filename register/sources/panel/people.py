"""The people of a panel: who they are from wave to wave, and who stands in for those nobody asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from register.sources.panel.waves import Wave

#: Ages given to people of whom only the number is known: they carry the size of their household.
ADULT, CHILD = 35, 8
#: Years of age that working people have, DOMAIN 3.2 (100A14).
YOUNGEST, OLDEST = 16, 60
HEAD = "head."


@dataclass(frozen=True)
class People:
    """Persons of each household and wave.

    Attributes
    ----------
    frame : DataFrame
        ``wave, household, person, birth_date`` and columns of members as text; persons have one
        ``person`` and birth date in all waves. ``number`` is the file's number of who was asked about.
    unaged : int
        Persons left out because no wave tells their age.
    assumed : int
        Households and waves of which nobody's age is known: people of an assumed age stand in.
    """

    frame: pl.DataFrame
    unaged: int
    assumed: int


def people(
    households: pl.DataFrame, members: pl.DataFrame | None, waves: Sequence[Wave], *, keep_numbers: bool
) -> People:
    """Give the people of each household and wave.

    Parameters
    ----------
    households : DataFrame
        ``wave, household`` (of the register) and, as far as they are mapped, ``size, children,
        equivalents`` and ``head.COLUMN``.
    members : DataFrame or None
        ``wave, household, person`` and columns of members; a row a person.
    waves : sequence of Wave
    keep_numbers : bool
        Whether a number is the same person's in all waves.
    """
    days = {wave.name: wave.day for wave in waves}
    persons = (
        _interviewed(households, members, days, keep_numbers=keep_numbers) if members is not None else None
    )
    known = persons.filter(pl.col("birth_date").is_not_null()) if persons is not None else None
    keys = ["wave", "household"]
    lacking = households if known is None else households.join(known, on=keys, how="anti")
    carried = [] if known is None else [_carried(lacking, known, days)]
    nobody = lacking.join(carried[0], on=keys, how="anti") if carried else lacking
    frames = [*([] if known is None else [known]), *carried, _stand_ins(nobody, days)]
    unaged = 0 if persons is None or known is None else len(persons) - len(known)
    return People(pl.concat(frames, how="diagonal").sort(*keys, "person"), unaged, len(lacking))


def _interviewed(
    households: pl.DataFrame, members: pl.DataFrame, days: Mapping[str, object], *, keep_numbers: bool
) -> pl.DataFrame:
    own = members.join(households.select("wave", "household"), on=["wave", "household"], how="semi")
    day = pl.col("wave").replace_strict(days, return_dtype=pl.Date)
    numbered = own.with_columns(day.alias("day"), pl.col("person").alias("number"))
    born = _births(numbered)
    if not keep_numbers:
        numbered = _renumbered(numbered.with_columns(born.alias("birth_date")))
        born = pl.col("birth_date")
    first = born.sort_by("day").drop_nulls().first().over("household", "person")
    made = numbered.with_columns(first.alias("birth_date"))
    # Somebody who was not born yet answers under the number of another: nobody's age is known there.
    born_by_then = pl.when(pl.col("birth_date") <= pl.col("day")).then(pl.col("birth_date"))
    return made.with_columns(born_by_then.alias("birth_date")).drop("day", "age", "birth_year", strict=False)


def _carried(lacking: pl.DataFrame, known: pl.DataFrame, days: Mapping[str, object]) -> pl.DataFrame:
    """Take the people of the nearest wave for a wave in which only the household's amount is known."""
    day = pl.col("wave").replace_strict(days, return_dtype=pl.Date).alias("day")
    asked_in = known.select("wave", "household").unique().select("household", day, source="wave").sort("day")
    wanted = lacking.select("wave", "household", day).sort("day")
    nearest = wanted.join_asof(asked_in, on="day", by="household", strategy="nearest", check_sortedness=False)
    matched = nearest.drop_nulls("source").select("wave", "household", "source")
    people_then = known.rename({"wave": "source"})
    return matched.join(people_then, on=["household", "source"], how="inner").select(known.columns)


def _births(members: pl.DataFrame) -> pl.Expr:
    """Give the birth date: asked, else the middle of its year, else the day less the age and half a year."""
    ways = []
    if "birth_date" in members.columns:
        ways.append(pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False))
    if "birth_year" in members.columns:
        ways.append(pl.date(pl.col("birth_year").cast(pl.Int32, strict=False), 7, 1))
    if "age" in members.columns:
        years = pl.when(pl.col("age").is_between(0, 120)).then(pl.col("age").floor().cast(pl.Int64))
        ways.append(pl.col("day").dt.offset_by(pl.format("-{}mo", years * 12 + 6)).dt.month_start())
    return pl.coalesce(ways) if ways else pl.lit(None, pl.Date)


def _renumbered(members: pl.DataFrame) -> pl.DataFrame:
    """Count the head as one person in all waves where numbers do not last, the others as people of a wave."""
    oldest = pl.col("birth_date").rank("ordinal").over("wave", "household") == 1
    is_head = pl.col("relation") == "head" if "relation" in members.columns else pl.lit(value=False)
    lasts = pl.when(is_head.any().over("wave", "household")).then(is_head).otherwise(oldest)
    one = lasts & (lasts.cum_sum().over("wave", "household") == 1)
    number = (
        pl.when(one.fill_null(value=False))
        .then(pl.lit("head"))
        .otherwise(pl.format("{}.{}", "wave", "person"))
    )
    return members.with_columns(number.alias("person"))


def _stand_ins(households: pl.DataFrame, days: Mapping[str, object]) -> pl.DataFrame:
    """Put people of an assumed age where nobody's is known; of the head what is told is kept."""
    of_head = {name.removeprefix(HEAD): name for name in households.columns if name.startswith(HEAD)}
    size = _rounded(households, "size", fallback="equivalents").clip(1)
    n_children = _rounded(households, "children").clip(0) if "children" in households.columns else pl.lit(0)
    day = pl.col("wave").replace_strict(days, return_dtype=pl.Date)
    each = (
        households.with_columns(day.alias("day"), size.alias("size:"), n_children.alias("children:"))
        .with_columns(pl.int_ranges(1, pl.col("size:") + 1).alias("number"))
        .explode("number")
    )
    is_head = pl.col("number") == 1
    is_child = ~is_head & (pl.col("number") > pl.col("size:") - pl.col("children:"))
    age = pl.when(is_child).then(pl.lit(CHILD)).otherwise(pl.lit(ADULT)).cast(pl.Float64)
    if "age" in of_head:
        age = (
            pl.when(is_head & pl.col(of_head["age"]).is_not_null())
            .then(pl.col(of_head["age"]))
            .otherwise(age)
        )
    copied = [
        pl.when(is_head).then(pl.col(name)).alias(column)
        for column, name in of_head.items()
        if column != "age"
    ]
    kind = pl.when(is_head).then(pl.lit("head")).when(is_child).then(pl.format("child{}", "number"))
    made = each.select(
        "wave",
        "household",
        kind.otherwise(pl.format("adult{}", "number")).alias("person"),
        "day",
        age.alias("age"),
        pl.lit(None, pl.String).alias("number"),
        pl.when(is_head).then(pl.lit("head")).alias("relation"),
        *copied,
    )
    first = _births(made).sort_by("day").drop_nulls().first().over("household", "person")
    return made.with_columns(first.alias("birth_date")).drop("day", "age", "birth_year", strict=False)


def _rounded(households: pl.DataFrame, name: str, fallback: str = "") -> pl.Expr:
    ways = [pl.col(one).ceil() for one in (name, fallback) if one in households.columns]
    return pl.coalesce([*ways, pl.lit(1.0)]).cast(pl.Int64)
