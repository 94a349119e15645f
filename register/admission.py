"""Decide row by row what of a county's tables may enter the register."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from register.casting import cast
from register.errors import ContractError
from register.quarantine import REASONS, unknown_owner, without_duplicates, without_rows
from register.schema import check_types
from register.sources.delivery import RawTable
from register.tables import TABLES

UNKNOWN_HOUSEHOLD = (
    "本县无此户 / no valid household row in this county",
    "补录该户或更正户编号 / enter the household or correct the id",
)
UNKNOWN_VILLAGE = (
    "本县无此村 / no valid village row in this county",
    "补录该村或更正村编号 / enter the village or correct the id",
)
OTHER_COUNTY = (
    "县编号与文件夹不符 / county id differs from the folder it lies in",
    "移到所属县 / move the row to its county",
)


@dataclass(frozen=True)
class Admitted:
    """What of one county went in, and what did not.

    Attributes
    ----------
    tables : dict of str to DataFrame
        Typed accepted rows, contract columns only.
    reasons : DataFrame
        Every reason against every quarantined row.
    ledger : DataFrame
        By file and table: rows in, accepted, quarantined, duplicates.
    """

    tables: dict[str, pl.DataFrame]
    reasons: pl.DataFrame
    ledger: pl.DataFrame

    def without_tables(self) -> "Admitted":
        """Keep the reports only, so that memory holds one county at a time."""
        return replace(self, tables={})


def admit(county_id: str, delivered: Iterable[RawTable], lines: pl.DataFrame) -> Admitted:
    """Cast and check all tables of a county.

    Parameters
    ----------
    county_id : str
    delivered : iterable of RawTable
        A table may come in several files.
    lines : DataFrame
        Income lines, to check that the county's region has one.

    Returns
    -------
    Admitted

    Raises
    ------
    ContractError
        When a required table has no row left, or the county has no single region with
        an income line.
    """
    sums = [_Sums.of(raw) for raw in delivered]
    kept, reasons, dropped = {}, [pl.DataFrame(schema=REASONS)], []
    for name, table in TABLES.items():
        parts = [one for one in sums if one.table == name]
        if not parts:
            frame, repeated, found = _nothing(name), _nothing(name).select("file", "row"), []
        else:
            frame = pl.concat([one.frame for one in parts])
            found = [one.reasons for one in parts]
            frame, repeated, at_odds = without_duplicates(without_rows(frame, pl.concat(found)), table)
            stray = _strays(name, frame, kept, county_id)
            frame, found = without_rows(frame, stray), [*found, at_odds, stray]
        kept[name] = frame
    raise NotImplementedError
