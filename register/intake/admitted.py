"""What of one county went in, what did not, and whether a register can do with it."""

from dataclasses import dataclass, replace

import polars as pl

from register.errors import ContractError
from register.ids.claims import Claims
from register.quarantine import leading
from register.tables import TABLES

LEDGER = {
    "file": pl.String(),
    "table": pl.String(),
    "rows_in": pl.Int64(),
    "accepted": pl.Int64(),
    "quarantined": pl.Int64(),
    "duplicates": pl.Int64(),
}
STRAYS = {"file": pl.String(), "row": pl.UInt32(), "column": pl.String(), "look": pl.UInt64()}
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
    strays : DataFrame
        ``file, row, column, look`` (hash) of every row whose village or household no row of
        this county holds: another county may.
    claims : Claims
        What the accepted rows say is this county's own, to hold counties against one another.
    overruled : DataFrame
        What would have been said against rows but for a signature (`register.intake.overruling`).
    """

    tables: dict[str, pl.DataFrame]
    reasons: pl.DataFrame
    ledger: pl.DataFrame
    owners: pl.DataFrame
    strays: pl.DataFrame
    claims: Claims
    overruled: pl.DataFrame

    def leading(self, table: str) -> str:
        """Tell why most rows of a table were set aside (`register.quarantine.leading`)."""
        files = self.ledger.filter(pl.col("table") == table)["file"]
        return (
            leading(self.reasons.filter(pl.col("file").is_in(files.implode()))) or f"no row of {table} came"
        )

    def without_tables(self) -> "Admitted":
        """Keep the reports only, so that memory holds one county at a time."""
        return replace(self, tables={}, owners=self.owners.clear())


def check_county(county_id: str, admitted: Admitted, lines: pl.DataFrame) -> None:
    """Refuse a county that a register can not do with.

    Raises
    ------
    ContractError
        When a required table has no row left, or the villages do not lie in one region
        with an income line.
    """
    tables = admitted.tables
    empty = [name for name, table in TABLES.items() if table.required and not len(tables.get(name, ()))]
    if empty:
        raise ContractError(
            f"county {county_id}: no usable row in {empty}; every county needs these tables; "
            f"{admitted.leading(empty[0])}; mend them (huitou check lists the faults) and run again"
        )
    regions = regions_of(admitted)
    known = lines["region_id"].unique().sort().to_list()
    if len(regions) != 1 or regions[0] not in known:
        raise ContractError(
            f"county {county_id}: villages lie in region_id {regions}, allowed is one of {known}; "
            "correct region_id, or give the region's line in lines.csv (docs/sources.md)"
        )


def regions_of(admitted: Admitted) -> list[str]:
    """Name the regions that the accepted villages lie in, sorted."""
    villages = admitted.tables.get("villages", pl.DataFrame(schema=TABLES["villages"].schema))
    return villages["region_id"].unique().sort().to_list()
