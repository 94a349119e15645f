"""Judge what came back from visits: what is new, what was known, what cannot be taken, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from register.errors import ContractError
from register.lookback_store import RECORDS, visits_today
from register.quarantine import REASONS, without_rows
from watchlists.lookbacks.changes import Changes, changes_of
from watchlists.lookbacks.places import placed
from watchlists.lookbacks.remarks import corrected
from watchlists.lookbacks.rows import BLANK, JUDGED, blank_rows, filled_rows, of_other_townships
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.standing import STANDING, standing_of
from watchlists.lookbacks.versions import ROW, as_before_where_unsaid
from watchlists.release.store import Release, Releases, release_of_list

LEDGER = ("rows_in", "accepted", "unfilled", "quarantined", "duplicates")
#: What is told beside: of the accepted, those that replace an earlier version or a visit, and those that
#: take one back; rows of other townships.
BESIDE = ("corrected", "withdrawn", "other_townships")


@dataclass(frozen=True)
class ReadBack:
    """What a reading came to.

    Attributes
    ----------
    accepted : DataFrame
        New visits, new versions of visits, and versions that take a visit back
        (`register.lookback_store.RECORDS`).
    reasons : DataFrame
        Every reason against every quarantined row (`watchlists.lookbacks.places.PLACED`).
    remarks : DataFrame
        What was taken and yet changes, or does not change, an earlier visit; like `reasons`.
    ledger : DataFrame
        By file ``rows_in = accepted + unfilled + quarantined + duplicates``, its hash, and
        of its rows how many correct an earlier reading or withdraw a visit and how many are
        of other townships than most; the township that most are of (``place``), how many of
        it are listed (``listed``) and how many of these were visited by now (``visited``).
    """

    accepted: pl.DataFrame
    reasons: pl.DataFrame
    remarks: pl.DataFrame
    ledger: pl.DataFrame

    def beside(self, other: "ReadBack") -> "ReadBack":
        """Add what another reading of the same files came to; the ledger stays one's own."""
        accepted, reasons, remarks = (
            pl.concat([getattr(one, name) for one in (self, other)])
            for name in ("accepted", "reasons", "remarks")
        )
        return ReadBack(accepted, reasons, remarks, self.ledger)


def release_of(filled: Filled, releases: Releases) -> Release:
    """Find the release a workbook is of.

    Raises
    ------
    ContractError
        When no release of that season holds that list.
    """
    release = release_of_list(releases, filled.season, filled.list_id)
    if release is None:
        raise ContractError(
            f"{filled.file}: 名单 {filled.season} {filled.list_id} 不是这里发布的，请交给发放它的单位读回 / "
            f"made from list {filled.list_id} of {filled.season}, which no release here holds; "
            "read it back where it was published (huitou releases)"
        )
    return release


def judge(filled: Sequence[tuple[Filled, Release]], stored: pl.DataFrame, recorded_on: date) -> ReadBack:
    """Judge filled workbooks together.

    A row is not filled in when all its yellow cells are empty. Two rows about one visit
    that differ are both set aside. A row that takes back what an earlier reading said is
    its correction if its note says so, and set aside if not. A row whose result is 撤销 takes
    a visit back.

    Parameters
    ----------
    filled : sequence of (Filled, Release)
        Each workbook once, with the release it is of.
    stored : DataFrame
        What earlier readings left (`register.lookback_store.LookbackStore.records`).
    recorded_on : date
        When these are read back.

    Returns
    -------
    ReadBack
    """
    sheets = [one for one, _ in filled]
    rows, spoilt = _rows(filled, recorded_on)
    columns = {one.file: one.letters for one in sheets}
    sound = as_before_where_unsaid(without_rows(rows, spoilt), stored, columns)
    blank = pl.concat([pl.DataFrame(schema=BLANK), *(blank_rows(*one) for one in filled)])
    changes = changes_of(sound, blank, stored, sheets)
    reasons = pl.concat([spoilt, changes.reasons])
    counted = counts_of(changes, reasons, blank)
    accepted = changes.versions.select(list(RECORDS))
    visits = visits_today(pl.concat([stored.select(list(RECORDS)), accepted]))
    standing = pl.DataFrame([standing_of(*one, visits) for one in filled], schema=STANDING)
    ledger = ledger_of(filled, counted).join(standing, on="file", how="left", maintain_order="left")
    return ReadBack(accepted, placed(reasons, sheets), placed(changes.remarks, sheets), ledger)


def _rows(filled: Sequence[tuple[Filled, Release]], recorded_on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    done = [filled_rows(one, release, recorded_on) for one, release in filled]
    rows = pl.concat([pl.DataFrame(schema=JUDGED), *(frame for frame, _ in done)])
    return rows, pl.concat([pl.DataFrame(schema=REASONS), *(reasons for _, reasons in done)])


def counts_of(changes: Changes, reasons: pl.DataFrame, blank: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Say of which rows the ledger counts how many: all of them, and what is told beside."""
    return {
        "accepted": pl.concat([changes.visits, changes.withdrawals]),
        "unfilled": blank,
        "quarantined": reasons.select(ROW).unique(),
        "duplicates": changes.duplicates,
        "corrected": corrected(changes.remarks),
        "withdrawn": changes.withdrawals,
    }


def ledger_of(filled: Sequence[tuple[Filled, Release]], counted: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Count what became of the rows, by file (`ReadBack`).

    Parameters
    ----------
    filled : sequence of (Filled, Release)
    counted : mapping of str to DataFrame
        What came of them, but for ``rows_in``: rows with ``file``.
    """
    numbers = dict.fromkeys([*LEDGER, *BESIDE], pl.Int64())
    schema = {"file": pl.String(), "sha256": pl.String(), **numbers}
    return pl.DataFrame([_entry(*one, counted) for one in filled], schema=schema)


def _entry(filled: Filled, release: Release, counted: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    own = {name: int((rows["file"] == filled.file).sum()) for name, rows in counted.items()}
    return {
        "file": filled.file,
        "sha256": filled.sha256,
        "rows_in": len(filled.sheet.frame),
        "other_townships": of_other_townships(filled, release),
        **own,
    }
