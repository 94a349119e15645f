"""One county's register in memory, and what was known of it at a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from register.contract import Table
from register.errors import ContractError
from register.resources import Resources
from register.tables import TABLES

LINES_SCHEMA = {
    "region_id": pl.String(),
    "effective_from": pl.Date(),
    "effective_to": pl.Date(),
    "line_per_month": pl.Float64(),
    "currency": pl.String(),
    "origin": pl.String(),
}
#: What `marked` adds to a table.
MARKS = ("replaced_on", "version")


@dataclass(frozen=True)
class IncomeLine:
    """The line in force in a region on a day.

    Attributes
    ----------
    per_month : float
        Currency per month and equivalent.
    currency : str
        ISO 4217; "" where amounts are not told.
    origin : str
        What it rests on.
    """

    region_id: str
    effective_from: date
    per_month: float
    currency: str
    origin: str

    @property
    def per_year(self) -> float:
        """Currency per year and equivalent."""
        return self.per_month * 12


@dataclass(frozen=True)
class Shard:
    """All tables of one county, each record marked with the date it was replaced.

    Build it with `Shard.of`; tables that are not given are empty.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Contract columns plus ``replaced_on``: when a newer version of the same key was
        recorded, missing if never; and ``version``: how many older ones there are.
    lines : DataFrame
        Income lines of the county's region, sorted by ``effective_from``; currency per
        month and equivalent.
    """

    tables: Mapping[str, pl.DataFrame]
    lines: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], lines: pl.DataFrame) -> "Shard":
        """Mark the records of tables that are not `marked` yet; keep the lines of the county's one region."""
        regions = tables["villages"]["region_id"].unique().sort().to_list()
        if len(regions) != 1:
            raise ContractError(
                f"villages: a county must lie in one region_id, found {regions}; "
                "give each county one income-line region"
            )
        own = lines.filter(pl.col("region_id") == regions[0]).sort("effective_from")
        filled = {name: tables.get(name, pl.DataFrame(schema=table.kept)) for name, table in TABLES.items()}
        return cls({name: marked(TABLES[name], frame) for name, frame in filled.items()}, own)

    def view(self, name: str, as_of_date: date, known_on: date | None = None) -> pl.DataFrame:
        """Show a table as it was known.

        Parameters
        ----------
        name : str
            Table name.
        as_of_date : date
            Events after it are not seen; of states the one in force then is shown.
        known_on : date, optional
            Records entered after it are not seen; `as_of_date` by default. Labels are
            read with a later one, features never.

        Returns
        -------
        DataFrame
            Visible records with ``months_ago`` (calendar months from event to
            `as_of_date`, 0 in the month itself).
        """
        return _in_force(TABLES[name], self.known(name, as_of_date, known_on), as_of_date)

    def known(self, name: str, as_of_date: date, known_on: date | None = None) -> pl.DataFrame:
        """Show a table as `view` does, but of states every one so far."""
        table = TABLES[name]
        known = pl.lit(known_on or as_of_date)
        event = pl.col(table.event)
        unreplaced = pl.col("replaced_on").is_null() | (pl.col("replaced_on") > known)
        visible = self.tables[name].filter(
            pl.col("recorded_on") <= known, unreplaced, event <= pl.lit(as_of_date)
        )
        months_ago = as_of_date.year * 12 + as_of_date.month - event.dt.year() * 12 - event.dt.month()
        return visible.with_columns(months_ago.alias("months_ago"))

    @cached_property
    def resources(self) -> Resources:
        """What `register.readings` reads, sorted once for every date."""
        return Resources.of(self.tables)

    def line_on(self, day: date) -> IncomeLine | None:
        """Give the line in force; None without one."""
        return line_of(self.lines, day)


def line_of(lines: pl.DataFrame, day: date) -> IncomeLine | None:
    """Give the line in force on a day, of the lines of one region sorted by day; None without one."""
    in_force = lines.filter(
        pl.col("effective_from") <= day,
        pl.col("effective_to").is_null() | (pl.col("effective_to") > day),
    )
    if in_force.is_empty():
        return None
    return IncomeLine(
        in_force["region_id"][-1],
        in_force["effective_from"][-1],
        in_force["line_per_month"][-1],
        in_force["currency"][-1] or "",
        in_force["origin"][-1],
    )


def marked(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Sort a table by key and date of entry, and mark which records a later one replaced.

    A table that bears `MARKS` is taken as it is: the register keeps what ingest marked. Whoever
    changes records drops the marks.
    """
    if {*MARKS} <= {*frame.columns}:
        return frame
    ordered = frame.sort([*table.key, "recorded_on"], nulls_last=True)
    same_fact = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(-1)) for name in table.key)
    following = pl.when(same_fact).then(pl.col("recorded_on").shift(-1))
    is_first = ~same_fact.shift(1, fill_value=False)
    is_newer = is_first | (pl.col("recorded_on") != pl.col("recorded_on").shift(1))
    so_far = is_newer.cast(pl.Int64).cum_sum()
    version = so_far - pl.when(is_first).then(so_far).forward_fill()
    return ordered.with_columns(following.alias("replaced_on"), version.alias("version"))


def _in_force(table: Table, visible: pl.DataFrame, as_of_date: date) -> pl.DataFrame:
    if not table.entity:
        return visible
    latest = visible.sort([*table.entity, table.event]).unique(table.entity, keep="last", maintain_order=True)
    if "valid_to" not in table.by_name:
        return latest
    return latest.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.lit(as_of_date)))
