"""The ledger: every row that came in is accepted, quarantined or a duplicate, by file."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from register.atomic import atomic_path, write_parquet
from register.errors import ContractError
from register.intake.admitted import COUNTS, LEDGER, Admitted
from register.intake.counties import with_other_counties
from register.quarantine import REASONS, leading
from register.tables import TABLES
from register.tables.found_off_list import FOUND_OFF_LIST
from register.tables.lookbacks import LOOKBACKS

__all__ = ["COUNTS", "LEDGER", "QUARANTINE", "refuse_other_length", "refuse_too_many", "write_ledger"]

QUARANTINE = "quarantine.parquet"


def write_ledger(building: Path, done: Mapping[str, Admitted]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Write the quarantine list and the ledger of all counties.

    Parameters
    ----------
    building : Path
        Folder for ``quarantine.parquet`` and ``ledger.csv``.
    done : mapping of str to Admitted
        By county.

    Returns
    -------
    tuple of DataFrame
        The ledger: by file ``rows_in = accepted + quarantined + duplicates``; and every
        reason against every quarantined row.
    """
    every = pl.concat([pl.DataFrame(schema=REASONS), *(one.reasons for one in done.values())])
    reasons = with_other_counties(every, done).sort("file", "row", maintain_order=True)
    write_parquet(building / QUARANTINE, reasons)
    entries = pl.concat([pl.DataFrame(schema=LEDGER), *(one.ledger for one in done.values())])
    ledger = entries.group_by("file", "table").agg(pl.col(COUNTS).sum()).sort("file", "table")
    with atomic_path(building / "ledger.csv") as aside:
        ledger.write_csv(aside)
    return ledger, reasons


def refuse_too_many(ledger: pl.DataFrame, reasons: pl.DataFrame, allowed: float, listed: Path) -> None:
    """Refuse a delivery of which a table lost more than the allowed share of its rows.

    The first such table in the order of the contract is named: what others refer to
    stands first, and they follow it.

    Parameters
    ----------
    ledger : DataFrame
    reasons : DataFrame
        Against every quarantined row (`register.quarantine.REASONS`).
    allowed : float
    listed : Path
        Where the rows are listed, for the message.

    Raises
    ------
    ContractError
    """
    totals = {
        name: counts
        for name, *counts in ledger.group_by("table").agg(pl.sum("rows_in", "quarantined")).iter_rows()
    }
    for name in (name for name in TABLES if name in totals):
        rows, quarantined = totals[name]
        if quarantined > allowed * rows:
            files = ledger.filter(pl.col("table") == name)["file"]
            raise ContractError(
                f"{name}: {quarantined} of {rows} rows quarantined, allowed is a share of {allowed:g} "
                f"(ingest.max_quarantined_share); nothing was replaced; "
                f"{leading(reasons.filter(pl.col('file').is_in(files.implode())))}; "
                f"mend the rows listed in {listed} and run again"
            )


def refuse_other_length(ledger: pl.DataFrame, allowed: float | None, root: Path, source_kind: str) -> None:
    """Refuse a delivery that is much longer or shorter than the last one of its kind.

    Parameters
    ----------
    ledger : DataFrame
    allowed : float or None
        Share of a table's accepted rows; None leaves it unchecked.
    root : Path
        The register in use; where there is none, nothing is refused.
    source_kind : str
        A register of another kind is no measure.
    """
    before, manifest = root / "ledger.csv", root / "manifest.json"
    if allowed is None or not (before.is_file() and manifest.is_file()):
        return
    if json.loads(manifest.read_bytes()).get("source_kind") != source_kind:
        return
    accepted = pl.col("accepted").sum()
    # What visits found is no part of what the sender exports; it grows with every visit.
    ledger = ledger.filter(~pl.col("table").is_in([LOOKBACKS.name, FOUND_OFF_LIST.name]))
    old = pl.read_csv(before, schema=LEDGER).group_by("table").agg(accepted.alias("old"))
    both = ledger.group_by("table").agg(accepted.alias("new")).join(old, on="table").sort("table")
    for name, new, rows in both.select("table", "new", "old").iter_rows():
        if abs(new - rows) > allowed * rows:
            raise ContractError(
                f"{name}: {new} rows against {rows} of the register in use, allowed is a change by a share "
                f"of {allowed:g} (ingest.max_row_change); nothing was replaced; ask the sender whether the "
                "delivery is complete, or set ingest.max_row_change=null for this run"
            )
