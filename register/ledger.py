"""The ledger: every row that came in is accepted, quarantined or a duplicate, by file."""

import json
from pathlib import Path

import polars as pl

from register.admission import COUNTS, LEDGER, Admitted
from register.atomic import atomic_path, write_parquet
from register.errors import ContractError
from register.quarantine import REASONS

__all__ = ["COUNTS", "LEDGER", "QUARANTINE", "refuse_other_length", "refuse_too_many", "write_ledger"]

QUARANTINE = "quarantine.parquet"


def write_ledger(building: Path, done: list[Admitted]) -> pl.DataFrame:
    """Write the quarantine list and the ledger of all counties.

    Parameters
    ----------
    building : Path
        Folder for ``quarantine.parquet`` and ``ledger.csv``.
    done : list of Admitted

    Returns
    -------
    DataFrame
        The ledger: by file ``rows_in = accepted + quarantined + duplicates``.
    """
    reasons = pl.concat([pl.DataFrame(schema=REASONS), *(one.reasons for one in done)])
    write_parquet(building / QUARANTINE, reasons.sort("file", "row", maintain_order=True))
    entries = pl.concat([pl.DataFrame(schema=LEDGER), *(one.ledger for one in done)])
    ledger = entries.group_by("file", "table").agg(pl.col(COUNTS).sum()).sort("file", "table")
    with atomic_path(building / "ledger.csv") as aside:
        ledger.write_csv(aside)
    return ledger


def refuse_too_many(ledger: pl.DataFrame, allowed: float, listed: Path) -> None:
    """Refuse a delivery of which a table lost more than the allowed share of its rows."""
    totals = ledger.group_by("table").agg(pl.col(COUNTS).sum()).sort("table")
    for name, rows, quarantined in totals.select("table", "rows_in", "quarantined").iter_rows():
        if quarantined > allowed * rows:
            raise ContractError(
                f"{name}: {quarantined} of {rows} rows quarantined, allowed is a share of {allowed:g} "
                f"(ingest.max_quarantined_share); nothing was replaced; mend the rows listed in "
                f"{listed} and run again"
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
    # Look-backs are no part of what the sender exports; they grow with every visit.
    ledger = ledger.filter(pl.col("table") != "lookbacks")
    old = pl.read_csv(before, schema=LEDGER).group_by("table").agg(accepted.alias("old"))
    both = ledger.group_by("table").agg(accepted.alias("new")).join(old, on="table").sort("table")
    for name, new, rows in both.select("table", "new", "old").iter_rows():
        if abs(new - rows) > allowed * rows:
            raise ContractError(
                f"{name}: {new} rows against {rows} of the register in use, allowed is a change by a share "
                f"of {allowed:g} (ingest.max_row_change); nothing was replaced; ask the sender whether the "
                "delivery is complete, or set ingest.max_row_change=null for this run"
            )
