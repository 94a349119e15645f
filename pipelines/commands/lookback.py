"""`huitou lookback`: filled workbooks back into the project, as data that the next run takes in."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipelines.commands.lookback_summary import Desk, summary
from pipelines.commands.off_list import keep_off_list
from pipelines.commands.returned import (
    SHEETS,
    keep_open_rows,
    list_open_rows,
    open_rows,
    refuse_folder,
    write_sheets,
)
from pipelines.workspace.earlier_keys import key_of
from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today
from register.errors import ContractError, HuitouError, StoreError
from register.keys.seals import seal_key_file
from register.keys.settings import PrivacyParameters
from register.lookback_store import LookbackStore
from watchlists.lookbacks.off_list.page import OffList, off_list_page
from watchlists.lookbacks.own_numbers import with_listed_ids
from watchlists.lookbacks.reading import ReadBack, judge, release_of
from watchlists.lookbacks.returned import Returned, still_open, withdrawn
from watchlists.lookbacks.sheet import Filled, read_filled
from watchlists.lookbacks.townships import titles_of
from watchlists.release.store import Release, Releases
from watchlists.sheets.spreadsheet import write_csv

QUARANTINE = HERE.artifacts / "lookback" / "quarantine.csv"
REMARKS = HERE.artifacts / "lookback" / "remarks.csv"

Taken = Sequence[tuple[Filled, Release]]


def read_back(files: Sequence[Path], passwords: Sequence[str] = (), sheets: Path | None = None) -> None:
    """Read filled workbooks, keep what is new, and say what became of every row.

    Parameters
    ----------
    files : sequence of Path
        Workbooks of any season that was released here.
    passwords : sequence of str
        What protected ones may open with.
    sheets : Path, optional
        Folder for the sheets of returned rows, replaced whole.

    Raises
    ------
    HuitouError
        The first file that was refused as a whole, after the others were taken.
    ContractError
        When no file was, and rows were set aside.
    StoreError
        When it cannot be noted what is read back: then nothing is.
    """
    folder = sheets or SHEETS
    with one_at_a_time("lookback"):
        params = load_params()
        refuse_folder(folder, files)
        before = open_rows(params.privacy)
        store = LookbackStore(HERE.lookbacks, seal_key_file(params.privacy))
        stored = store.records(with_notes=True)
        taken, off_list, refusals = _opened(files, releases_of(HERE, params), params.privacy, passwords)
        read = sorted({one.sha256 for one, _ in taken})
        keep_event(HERE, params, "lookback", files=read, refused=len(refusals))
        beside = keep_off_list(off_list, params, today())
        judged = judge(taken, stored, today())
        if len(judged.accepted):
            given_up = frozenset(params.privacy.given_up_keys)
            store.append(judged.accepted, judged.ledger.drop("file").to_dicts(), given_up)
        still = still_open(before, taken, judged.accepted, judged.reasons, today())
        both = judged.beside(beside)
        keep_open_rows(still, params.privacy)
        list_open_rows(still, beside.reasons, today(), QUARANTINE)
        titles = {place: title for _, one in taken for place, title in titles_of(one).items()}
        write_sheets(folder, still, titles, params.watchlist.language)
        write_csv(REMARKS, both.remarks)
    sys.stdout.write(summary(both, _desk(taken, before, still, folder), beside.ledger))
    for refused in refusals[1:]:
        sys.stdout.write(f"{refused}\n")
    if refusals:
        raise refusals[0]
    if len(both.reasons):
        raise _set_aside(both, folder)


def _desk(taken: Taken, before: Sequence[Returned], still: Sequence[Returned], folder: Path) -> Desk:
    unread = {one.file: one.unread for one, _ in taken}
    return Desk(unread, len(still), withdrawn(before, taken), folder, QUARANTINE, REMARKS)


def _set_aside(judged: ReadBack, folder: Path) -> ContractError:
    n_rows = len(judged.reasons.select("file", "row").unique())
    return ContractError(
        f"lookback: found {n_rows} rows that cannot be taken, all others were; correct them in the sheets "
        f"under {folder.absolute()} and read those back"
    )


def _opened(
    files: Sequence[Path], releases: Releases, privacy: PrivacyParameters, passwords: Sequence[str]
) -> tuple[list[tuple[Filled, Release]], list[tuple[OffList, Release]], list[HuitouError]]:
    """Open each file once; one that is refused does not stop the others."""
    taken: list[tuple[Filled, Release]] = []
    off_list: list[tuple[OffList, Release]] = []
    refusals: list[HuitouError] = []
    for path in {os.path.realpath(path): path for path in files}.values():
        try:
            filled = read_filled(path, passwords)
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
