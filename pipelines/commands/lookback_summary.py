"""What the person at the desk is told of a reading: a line a file, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from watchlists.lookbacks.reading import BESIDE, LEDGER, ReadBack

HEADS = (
    "行数 rows",
    "采纳 accepted",
    "未填 unfilled",
    "隔离 quarantined",
    "重复 duplicates",
    "其中更正 of these corrections",
    "其中撤销 of these withdrawals",
    "其他乡镇 of other townships",
)


@dataclass(frozen=True)
class Desk:
    """What a reading left on the desk.

    Attributes
    ----------
    unread : mapping of str to sequence of str
        File -> what was not read of it.
    n_open, n_withdrawn : int
        Returned rows that are open now, of this reading and earlier ones; those that came
        back emptied.
    sheets, quarantine, remarks : Path
        Where the sheets of returned rows lie, and the lists.
    """

    unread: Mapping[str, Sequence[str]]
    n_open: int
    n_withdrawn: int
    sheets: Path
    quarantine: Path
    remarks: Path


def summary(judged: ReadBack, desk: Desk, off_list: pl.DataFrame) -> str:
    """Write the lines of a reading; `off_list` is the ledger of rows off the list."""
    lines = []
    beside = {row["file"]: row for row in off_list.filter(pl.col("rows_in") > 0).iter_rows(named=True)}
    for row in judged.ledger.iter_rows(named=True):
        lines.append(f"{_whose(row)}: {_counted(row)}{_standing(row)}")
        if row["file"] in beside:
            lines.append(f"  名单外走访 off the list: {_counted(beside[row['file']])}")
        lines += [f"  {line}" for line in desk.unread[row["file"]]]
    lines += _to_return(desk)
    if len(judged.remarks):
        lines.append(
            "与此前读回的不同，请核对 unlike what was read back before, please check: "
            f"{desk.remarks.absolute()}"
        )
    if len(judged.accepted):
        lines.append("下次 huitou run 时进入登记册。The next huitou run takes them into the register.")
    return "".join(f"{line}\n" for line in lines)


def _to_return(desk: Desk) -> list[str]:
    lines = []
    if desk.n_withdrawn:
        lines.append(
            "退回的行清空后交回，不再退回 returned rows that came back emptied are closed: "
            f"{desk.n_withdrawn}"
        )
    if desk.n_open:
        lines += [
            (
                f"待更正的行 rows to be corrected: {desk.n_open}；退回表 sheets to hand back to the "
                f"townships: {desk.sheets.absolute()}"
            ),
            f"隔离的行和下一步 quarantined rows and what to do: {desk.quarantine.absolute()}",
        ]
    return lines


def _whose(row: Mapping[str, Any]) -> str:
    """Name the township of a workbook, and the file that was read."""
    return f"{row['place']} ({row['file']})" if row["place"] else row["file"]


def _standing(row: Mapping[str, Any]) -> str:
    """Say how many of the township's listed households were visited by now."""
    return f"  名单 listed {row['listed']} 已走访 visited {row['visited']}" if row["place"] else ""


def _counted(row: Mapping[str, Any]) -> str:
    """Tell the counts that add up, and of the others those that are not nought."""
    counts = {head: row[name] for head, name in zip(HEADS, (*LEDGER, *BESIDE), strict=True)}
    return "  ".join(
        f"{head} {count}"
        for place, (head, count) in enumerate(counts.items())
        if place < len(LEDGER) or count
    )
