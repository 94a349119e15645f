"""`huitou lookback`: filled workbooks back into the project, as data that the next run takes in."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.commands.off_list import keep_off_list
from pipelines.workspace.earlier_keys import key_of
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today
from register.errors import HuitouError, StoreError
from register.keys.seals import seal_key_file
from register.keys.settings import PrivacyParameters
from register.lookback_store import LookbackStore
from watchlists.lookbacks.off_list.page import OffList, off_list_page
from watchlists.lookbacks.own_numbers import with_listed_ids
from watchlists.lookbacks.reading import BESIDE, LEDGER, ReadBack, judge, release_of
from watchlists.lookbacks.sheet import Filled, read_filled
from watchlists.release.store import Release, Releases
from watchlists.sheets.spreadsheet import write_csv

QUARANTINE = HERE.artifacts / "lookback" / "quarantine.csv"
REMARKS = HERE.artifacts / "lookback" / "remarks.csv"
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


def read_back(files: Sequence[Path]) -> None:
    """Read filled workbooks, keep what is new, and say what became of every row.

    Parameters
    ----------
    files : sequence of Path
        Workbooks of any season that was released here.

    Raises
    ------
    HuitouError
        The first file that was refused as a whole, after the others were taken.
    """
    with one_at_a_time("lookback"):
        params = load_params()
        store = LookbackStore(HERE.lookbacks, seal_key_file(params.privacy))
        stored = store.records(with_notes=True)
        taken, off_list, refusals = _opened(files, releases_of(HERE, params), params.privacy)
        beside = keep_off_list(off_list, params, today())
        judged = judge(taken, stored, today())
        if len(judged.accepted):
            given_up = frozenset(params.privacy.given_up_keys)
            store.append(judged.accepted, judged.ledger.drop("file").to_dicts(), given_up)
        QUARANTINE.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        both = judged.beside(beside)
        write_csv(QUARANTINE, both.reasons)
        write_csv(REMARKS, both.remarks)
    sys.stdout.write(_summary(both, {one.file: one.unread for one, _ in taken}, beside.ledger))
    for refused in refusals[1:]:
        sys.stdout.write(f"{refused}\n")
    if refusals:
        raise refusals[0]


def _opened(
    files: Sequence[Path], releases: Releases, privacy: PrivacyParameters
) -> tuple[list[tuple[Filled, Release]], list[tuple[OffList, Release]], list[HuitouError]]:
    """Open each file once; one that is refused does not stop the others."""
    taken: list[tuple[Filled, Release]] = []
    off_list: list[tuple[OffList, Release]] = []
    refusals: list[HuitouError] = []
    for path in {os.path.realpath(path): path for path in files}.values():
        try:
            filled = read_filled(path)
            release = release_of(filled, releases)
            page = off_list_page(filled)
            kept = partial(_kept_id, made_under=key_of(release.manifest), privacy=privacy)
            taken.append((with_listed_ids(filled, release.list["household_id"], kept), release))
            off_list += [(page, release)] if page else []
        except HuitouError as refused:
            refusals.append(refused)
    return taken, off_list, refusals


def _kept_id(household: str, made_under: str | None, privacy: PrivacyParameters) -> str:
    """Give the id an own number stands for; without the key the row is judged as it was written."""
    try:
        return kept_id(household, made_under, privacy)
    except StoreError:
        return household


def _summary(judged: ReadBack, unread: Mapping[str, Sequence[str]], off_list: pl.DataFrame) -> str:
    lines = []
    beside = {row["file"]: row for row in off_list.filter(pl.col("rows_in") > 0).iter_rows(named=True)}
    for row in judged.ledger.iter_rows(named=True):
        lines.append(f"{_whose(row)}: {_counted(row)}{_standing(row)}")
        if row["file"] in beside:
            lines.append(f"  名单外走访 off the list: {_counted(beside[row['file']])}")
        lines += [f"  {line}" for line in unread[row["file"]]]
    if len(judged.reasons):
        lines.append(f"隔离的行和下一步 quarantined rows and what to do: {QUARANTINE.absolute()}")
    if len(judged.remarks):
        lines.append(
            f"与此前读回的不同，请核对 unlike what was read back before, please check: {REMARKS.absolute()}"
        )
    if len(judged.accepted):
        lines.append("下次 huitou run 时进入登记册。The next huitou run takes them into the register.")
    return "".join(f"{line}\n" for line in lines)


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
