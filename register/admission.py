"""Decide row by row what of a county's tables may enter the register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from register.casting import Cast, cast
from register.errors import ContractError
from register.quarantine import REASONS, strangers, without_duplicates, without_rows
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


LEDGER = {
    "file": pl.String(),
    "table": pl.String(),
    "rows_in": pl.Int64(),
    "accepted": pl.Int64(),
    "quarantined": pl.Int64(),
    "duplicates": pl.Int64(),
}
OWNERS = {"file": pl.String(), "row": pl.UInt32(), "household_id": pl.String(), "village_id": pl.String()}
COUNTS = ("rows_in", "accepted", "quarantined", "duplicates")


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
    owners : DataFrame
        ``file, row, household_id, village_id`` of every quarantined row, as far as it says:
        whose row it is, for a cleaning list; never stored with a register.
    """

    tables: dict[str, pl.DataFrame]
    reasons: pl.DataFrame
    ledger: pl.DataFrame
    owners: pl.DataFrame

    def without_tables(self) -> "Admitted":
        """Keep the reports only, so that memory holds one county at a time."""
        return replace(self, tables={}, owners=self.owners.clear())


def admit(county_id: str, delivered: Iterable[RawTable], delivered_on: date | None = None) -> Admitted:
    """Cast and check all tables of a county.

    Parameters
    ----------
    county_id : str
    delivered : iterable of RawTable
        A table may come in several files.
    delivered_on : date, optional
        No record may be recorded later; unchecked by default.

    Returns
    -------
    Admitted
        Whatever is left, be it nothing; `check_county` says whether a register can do
        with it.

    Raises
    ------
    ContractError
        When a file lacks a required column or brings an unknown one.
    """
    casts = [(raw, cast(raw, TABLES[raw.name], delivered_on)) for raw in delivered]
    tables: dict[str, pl.DataFrame] = {}
    entries, reasons = [pl.DataFrame(schema=LEDGER)], [pl.DataFrame(schema=REASONS)]
    owners = [pl.DataFrame(schema=OWNERS)]
    for name in TABLES:
        parts = [(raw.file, part) for raw, part in casts if raw.name == name]
        if parts:
            rows = pl.concat([part.frame for _, part in parts])
            tables[name], found, entry = _admit_table(name, parts, rows, tables, county_id)
            reasons.append(found)
            entries.append(entry)
            owners.append(_owners(rows, found))
    return Admitted(tables, pl.concat(reasons), pl.concat(entries), pl.concat(owners))


def _admit_table(
    name: str,
    parts: list[tuple[str, Cast]],
    delivered: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
    county_id: str,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Set rows aside with every reason, not only the first that was met."""
    spoilt = pl.concat([part.reasons for _, part in parts])
    sound, repeated, at_odds = without_duplicates(without_rows(delivered, spoilt), TABLES[name])
    stray = _strays(name, without_rows(delivered, repeated), tables, county_id)
    reasons = pl.concat([spoilt, at_odds, stray])
    accepted = without_rows(sound, stray)
    entry = _ledger(name, [file for file, _ in parts], delivered, accepted, reasons, repeated)
    typed = accepted.select(list(TABLES[name].schema))
    check_types(name, typed)
    return typed, reasons, entry


def _owners(delivered: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    rows = delivered.join(reasons.select("file", "row").unique(), on=["file", "row"], how="semi")
    named = [
        pl.col(name) if name in rows.columns else pl.lit(None, kind).alias(name)
        for name, kind in OWNERS.items()
    ]
    return rows.select(named)


def _strays(
    name: str, frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame], county_id: str
) -> pl.DataFrame:
    if name == "villages":
        return strangers(frame, "county_id", pl.Series([county_id]), *OTHER_COUNTY)
    if name == "households":
        return strangers(frame, "village_id", _ids(tables, "villages", "village_id"), *UNKNOWN_VILLAGE)
    return strangers(frame, "household_id", _ids(tables, "households", "household_id"), *UNKNOWN_HOUSEHOLD)


def _ids(tables: Mapping[str, pl.DataFrame], name: str, column: str) -> pl.Series:
    return tables[name][column].unique() if name in tables else pl.Series([], dtype=pl.String)


def _ledger(
    name: str,
    files: list[str],
    delivered: pl.DataFrame,
    accepted: pl.DataFrame,
    reasons: pl.DataFrame,
    repeated: pl.DataFrame,
) -> pl.DataFrame:
    counted = {
        "rows_in": delivered,
        "accepted": accepted,
        "quarantined": reasons.select("file", "row").unique(),
        "duplicates": repeated,
    }
    ledger = pl.DataFrame({"file": files}).unique()
    for column, rows in counted.items():
        sizes = rows.group_by("file").agg(pl.len().cast(pl.Int64).alias(column))
        ledger = ledger.join(sizes, on="file", how="left").with_columns(pl.col(column).fill_null(0))
    return ledger.sort("file").select("file", pl.lit(name).alias("table"), *counted)


def check_county(county_id: str, tables: Mapping[str, pl.DataFrame], lines: pl.DataFrame) -> None:
    """Refuse a county that a register can not do with.

    Raises
    ------
    ContractError
        When a required table has no row left, or the villages do not lie in one region
        with an income line.
    """
    empty = [name for name, table in TABLES.items() if table.required and not len(tables.get(name, ()))]
    if empty:
        raise ContractError(
            f"county {county_id}: no usable row in {empty}; every county needs these tables; "
            "mend them (huitou check lists the faults) and run again"
        )
    regions = tables["villages"]["region_id"].unique().sort().to_list()
    known = lines["region_id"].unique().sort().to_list()
    if len(regions) != 1 or regions[0] not in known:
        raise ContractError(
            f"county {county_id}: villages lie in region_id {regions}, allowed is one of {known}; "
            "correct region_id or add the region's income line"
        )
