"""`huitou visits list` and `huitou visits withdraw`: what was read back, and one of it taken back."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines.commands.decider import decider
from pipelines.workspace.earlier_keys import key_of
from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today
from register.cells.width import padded
from register.errors import SourceError
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.visits import named_visits, withdrawal_of
from watchlists.release.store import CURRENT, open_release

NEXT_RUN = "下次 huitou run 时生效。The next huitou run takes it out of the register."
COLUMNS = {
    "visit": ("走访 visit", 14),
    "season": ("名单 list", 10),
    "county_id": ("县 county", 12),
    "township_id": ("乡镇 township", 14),
    "rank": ("顺序 order", 12),
    "household_id": ("户编号 household", 34),
    "visited_on": ("走访日期 visited", 18),
    "result": ("核实结果 result", 18),
    "recorded_on": ("读回 read back", 0),
}


def list_visits(
    wanted: Mapping[str, str | None], household: str | None, *, withdrawn: bool, with_notes: bool
) -> str:
    """List the visits that hold, or those that were withdrawn.

    Parameters
    ----------
    wanted : mapping of str to str or None
        ``county_id`` and ``township_id``; None for every one.
    household : str or None
        Its id of the list, or its own number as it was delivered.
    withdrawn : bool
        Whether to list those that were withdrawn.
    with_notes : bool
        Whether to show notes and who withdrew, which may name people.

    Returns
    -------
    str
        A line a visit; beneath it, if asked for, who and the note.

    Raises
    ------
    SourceError
        When no such visit was read back.
    """
    params = load_params()
    records = _store(params).records(with_notes=with_notes)
    visits = named_visits(records, releases_of(HERE, params), withdrawn=withdrawn)
    sought = {**wanted, "household_id": _kept(household, params)}
    asked_for = [pl.col(name) == value for name, value in sought.items() if value is not None]
    chosen = visits.filter(asked_for) if asked_for else visits
    if chosen.is_empty():
        raise SourceError("visits: none of that kind and place was read back; read some with huitou lookback")
    lines = [_line({name: heading for name, (heading, _) in COLUMNS.items()})]
    for row in chosen.iter_rows(named=True):
        lines += [_line({**row, "result": _result(row)}), *(_notes(row) if with_notes else ())]
    return "".join(f"{line}\n" for line in lines)


def withdraw(visit: str, by: str, why: str) -> str:
    """Take a visit back; every version of it is kept, and from today on it counts no longer.

    Parameters
    ----------
    visit : str
        As `list_visits` names it.
    by, why : str
        Who withdraws it and the reason; both are kept, encrypted, for they may name people.

    Returns
    -------
    str
        What was withdrawn.

    Raises
    ------
    ParamsError
        When nobody or no reason is named.
    SourceError
        When no such visit holds.
    """
    decided_by = decider(by, why)
    with one_at_a_time("visits withdraw"):
        params = load_params()
        store = _store(params)
        version = withdrawal_of(store.records(), visit, decided_by["by"], decided_by["why"], today())
        keep_event(HERE, params, "visits withdraw", visit=visit)
        store.append(version, [], frozenset(params.privacy.given_up_keys))
    day = version["visited_on"].item()
    return f"已撤销 withdrawn: {visit} {day}\n{NEXT_RUN}\n"


def _store(params: Parameters) -> LookbackStore:
    return LookbackStore(HERE.lookbacks, seal_key_file(params.privacy))


def _kept(household: str | None, params: Parameters) -> str | None:
    if household is None:
        return None
    return kept_id(
        household, key_of(open_release(releases_of(HERE, params), CURRENT).manifest), params.privacy
    )


def _result(row: Mapping[str, Any]) -> str:
    return LOOKBACKS.by_name["result"].meanings[row["result"]]


def _notes(row: Mapping[str, Any]) -> list[str]:
    parts = {"撤销人 by": row["withdrawn_by"], "备注 note": row["note"]}
    return [f"    {head}: {text}" for head, text in parts.items() if text]


def _line(row: Mapping[str, Any]) -> str:
    cells = (("-" if row[name] is None else str(row[name]), width) for name, (_, width) in COLUMNS.items())
    return "".join(padded(text, width) if width else text for text, width in cells)
