"""How many households a place can visit in a season: one number, a table by place, or by need."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import model_validator

from models.places import whole
from register.errors import ParamsError
from register.parameters import Section, parameter

COLUMNS = ("place_id", "visits")
#: How a county's visits are shared among its places: as many each, or by duties and expected falls.
FLAT, NEED = "flat", "need"
Share = Literal["flat", "need"]


class CapacityParameters(Section):
    """How many visits a season has, and where they are counted."""

    per: Literal["village", "township", "county"] = parameter(
        "place the visits are counted in", who="county office"
    )
    visits: int = parameter(
        "visits per place and season, must-visit households included unless theirs are their own",
        unit="visits",
        who="county office",
        source="64 townships x 12 = 768",
        ge=1,
    )
    table: str = parameter(
        "CSV place_id,visits: places with a number of their own", who="county office", min_length=1
    )
    share: Share = parameter(
        "flat: every place has its number; need: a county's visits go by duties and expected falls",
        default="flat",
        who="county office",
    )
    floor: int = parameter(
        "visits that every place keeps where need shares them out",
        default=4,
        unit="visits",
        who="county office",
        ge=0,
    )

    @model_validator(mode="after")
    def _can_be_shared(self) -> "CapacityParameters":
        """Refuse a floor above the number of visits."""
        if self.floor > self.visits and self.share == NEED:
            raise ValueError(
                f"found floor {self.floor} above visits {self.visits}, allowed is {self.visits} "
                "or less; mend it"
            )
        return self


@dataclass(frozen=True)
class Capacity:
    """Visits a season in each `per` (village, township or county).

    Attributes
    ----------
    per : str
        The place visits are counted in.
    visits : int
        Visits of a place that `by_place` does not name.
    by_place : mapping of str to int
        Visits of the places that have a number of their own, by id or by ``COUNTY/PLACE``.
    share : str
        Whether every place has its number, or need shares out those of a county
        (`watchlists.visits.sharing`).
    floor : int
        Visits every place keeps then.
    """

    per: str
    visits: int
    by_place: Mapping[str, int] = field(default_factory=dict)
    share: Share = "flat"
    floor: int = 0

    @classmethod
    def of(cls, section: CapacityParameters) -> "Capacity":
        """Read the table that the section names.

        Raises
        ------
        ParamsError
            As `read_capacity_table` does.
        """
        by_place = read_capacity_table(Path(section.table))
        return cls(section.per, section.visits, by_place, section.share, section.floor)

    @property
    def place(self) -> str:
        """Name of the column that holds the place."""
        return f"{self.per}_id"

    @property
    def key(self) -> list[str]:
        """Name the columns that tell a place from all others: counties may share a township's id."""
        return list(dict.fromkeys(("county_id", self.place)))

    def expression(self) -> pl.Expr:
        """Give each row the flat number of visits of its place."""
        return pl.coalesce(self._own(), pl.lit(self.visits, dtype=pl.Int64))

    def has_own(self) -> pl.Expr:
        """Tell each row whether its place has a number of its own."""
        return self._own().is_not_null()

    def _own(self) -> pl.Expr:
        if not self.by_place:
            return pl.lit(None, dtype=pl.Int64)
        by_id, by_key = (
            place.replace_strict(dict(self.by_place), default=None, return_dtype=pl.Int64)
            for place in (pl.col(self.place), whole(self.place))
        )
        return pl.coalesce(by_key, by_id)

    def refuse_unknown(self, known: pl.DataFrame, table: str) -> None:
        """Refuse a table that names a place the register does not have, or has in several counties.

        Parameters
        ----------
        known : DataFrame
            ``county_id`` and `place` of every village of the register.
        table : str
            For the message.

        Raises
        ------
        ParamsError
            Naming the first such place.
        """
        keys = known.select(pl.col(self.place).alias("id"), whole(self.place).alias("key")).unique()
        shared = sorted(set(keys.filter(pl.col("id").is_duplicated())["id"]) & set(self.by_place))
        if shared:
            raise ParamsError(
                f"{table}: place_id {shared[0]!r} is a {self.per} of several counties ({len(shared)} such "
                f"places); write the county before it, as in COUNTY/{shared[0]}"
            )
        unknown = sorted(set(self.by_place) - {*keys["id"], *keys["key"]})
        if unknown:
            raise ParamsError(
                f"{table}: place_id {unknown[0]!r} is no {self.per} of the register ({len(unknown)} such "
                "places); mend it, or set watchlist.capacity.per to the kind of place the table names"
            )


def read_capacity_table(path: Path) -> dict[str, int]:
    """Read visits by place from a CSV file with the columns ``place_id,visits``.

    Raises
    ------
    ParamsError
        When the file is missing or no such table, a place stands twice, or its visits are
        no whole number, 0 or more.
    """
    if not path.is_file():
        raise ParamsError(f"{path}: not found; set watchlist.capacity.table to a CSV file place_id,visits")
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened, strict=True))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ParamsError(
            f"{path}, row 1: found columns {','.join(rows[0]) if rows else ''!r}, allowed are place_id,visits"
        )
    visits: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        place, count = _place_and_visits(path, number, row)
        if place in visits:
            raise ParamsError(f"{path}, row {number}, column place_id: {place!r} stands twice; keep one row")
        visits[place] = count
    return visits


def _place_and_visits(path: Path, number: int, row: list[str]) -> tuple[str, int]:
    if len(row) != len(COLUMNS) or not row[0]:
        raise ParamsError(
            f"{path}, row {number}: found {len(row)} cells, allowed are a place_id and its visits; mend it"
        )
    if not (row[1].isascii() and row[1].isdigit()):
        raise ParamsError(
            f"{path}, row {number}, column visits: found {row[1]!r}, allowed is a whole number, 0 or more"
        )
    return row[0], int(row[1])
