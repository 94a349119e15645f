"""The part of `huitou lookback` for visits off the list: households made out, visits judged and kept."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import polars as pl

from pipelines.commands.roll import roll_of
from pipelines.workspace.earlier_keys import key_of, noted_key
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from register.keys.seals import seal_key_file
from register.off_list_store import off_list_store
from watchlists.lookbacks.off_list.household import ROLL, Meant, meant
from watchlists.lookbacks.off_list.page import OffList
from watchlists.lookbacks.off_list.reading import judge_off_list
from watchlists.lookbacks.reading import ReadBack
from watchlists.release.store import Release


def keep_off_list(
    pages: Sequence[tuple[OffList, Release]], params: Parameters, recorded_on: date
) -> ReadBack:
    """Judge pages of visits off the list and keep what is new.

    Parameters
    ----------
    pages : sequence of (OffList, Release)
        Each with the release its workbook is of.
    params : Parameters
    recorded_on : date
        When they are read back.

    Returns
    -------
    ReadBack
        What became of every row.

    Raises
    ------
    StoreError
        When store, register or vault are damaged, or a key is another one.
    """
    store = off_list_store(HERE.lookbacks, seal_key_file(params.privacy))
    made_out = [
        (off_list, release, _meant(off_list, release, recorded_on, params)) for off_list, release in pages
    ]
    judged = judge_off_list(made_out, store.records(with_notes=True), recorded_on)
    if len(judged.accepted):
        given_up = frozenset(params.privacy.given_up_keys)
        store.append(judged.accepted, judged.ledger.drop("file").to_dicts(), given_up)
    return judged


def _meant(off_list: OffList, release: Release, day: date, params: Parameters) -> list[Meant]:
    """Make out the household of every row; the register is opened only where there are rows."""
    rows = off_list.who
    if rows.is_empty():
        return []
    made_under = noted_key(HERE)
    roll = pl.DataFrame(schema=ROLL)
    if made_under == key_of(release.manifest):  # else no id of the list stands in the register
        roll = roll_of(release.list["county_id"].unique(), day, params)
    by_id = partial(_kept_id, made_under=made_under, params=params)
    return [meant(row, roll, by_id) for row in rows.iter_rows(named=True)]


def _kept_id(number: str, made_under: str | None, params: Parameters) -> str:
    try:
        return kept_id(number, made_under, params.privacy)
    except StoreError:  # without the key it is looked for as it was written
        return number
