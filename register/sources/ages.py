"""Birth dates that were made of ages: asked again and again, an age is not the same person's every time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from register.sources.delivery import RawTable
from register.sources.mapping import FileMapping

MADE = "members"
#: A birth date that was made; what was no age stands there as it was.
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def made_of_ages(mapping: FileMapping, table: str) -> bool:
    """Say whether a mapping makes birth dates of ages in a table."""
    cells = (cell for record in mapping.records if record.table == table for cell in record.cells.values())
    return any(cell.aged_on for cell in cells)


def with_one_birth_date(tables: Iterable[RawTable]) -> Iterator[RawTable]:
    """Give every person the birth date that the first interview tells.

    People answer 44 one year and 47 the next. By the birth dates made of it they would be
    two persons, and a household of such another household.

    Parameters
    ----------
    tables : iterable of RawTable
        The members tables whose birth dates were made of ages.

    Yields
    ------
    RawTable
        Where no interview has an age the cell stays as it is, for casting to refuse.
    """
    read = list(tables)
    answers = [one.frame.select("member_id", "valid_from", "birth_date") for one in read]
    days = pl.concat(answers).drop_nulls().filter(pl.col("birth_date").str.contains(DAY))
    first = days.sort("valid_from", "birth_date").unique("member_id", keep="first")
    for table in read:
        known = table.frame.join(
            first.select("member_id", first="birth_date"), on="member_id", how="left", maintain_order="left"
        )
        birth = pl.coalesce("first", "birth_date").alias("birth_date")
        yield replace(table, frame=known.with_columns(birth).drop("first"))
