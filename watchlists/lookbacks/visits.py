"""The visits that were read back, for people: each with a short name and its place; and their withdrawal."""

import hashlib
from collections.abc import Iterator
from datetime import date

import polars as pl

from register.errors import SourceError
from register.lookback_store import RECORDS, WITHDRAWN, holding, latest
from watchlists.lookbacks.versions import VISIT
from watchlists.lookbacks.withdrawals import taken_back
from watchlists.release.store import Releases, release_of_list

#: Hex digits of a visit's name: a hundred thousand visits share none, all but surely.
DIGITS = 12
#: What its list says of a visited household.
PLACES = ("township_id", "rank")


def visit_id(source_kind: str, household_id: str, visited_on: date) -> str:
    """Name a visit; its corrections and its withdrawal keep the name.

    Examples
    --------
    >>> len(visit_id("folder", "H1", date(2026, 2, 3)))
    12
    """
    text = "\n".join((source_kind, household_id, visited_on.isoformat()))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def named_visits(records: pl.DataFrame, releases: Releases, *, withdrawn: bool = False) -> pl.DataFrame:
    """Give the visits that hold, or those that were withdrawn, with their names and places.

    Parameters
    ----------
    records : DataFrame
        `register.lookback_store.LookbackStore.records`.
    releases : Releases
        Whose lists say where a household lives; of a list that is gone the place is missing.
    withdrawn : bool
        Whether to give those that were withdrawn.

    Returns
    -------
    DataFrame
        ``visit``, `PLACES` and every column of the record, by list, place and day.
    """
    gone = records.filter(latest(records), pl.col("result") == WITHDRAWN)
    visits = gone if withdrawn else holding(records)
    places = pl.concat(_places(visits, releases), how="vertical_relaxed")
    names = [visit_id(*visit) for visit in visits.select(VISIT).iter_rows()]
    placed = visits.with_columns(pl.Series("visit", names, dtype=pl.String)).join(
        places, on=["list_id", "household_id"], how="left", maintain_order="left"
    )
    return placed.sort("season", "list_id", "county_id", *PLACES, "visited_on", nulls_last=True)


def withdrawal_of(records: pl.DataFrame, visit: str, by: str, why: str, day: date) -> pl.DataFrame:
    """Write the version that takes a visit back.

    Parameters
    ----------
    records : DataFrame
        `register.lookback_store.LookbackStore.records`.
    visit : str
        `visit_id`.
    by, why : str
        Who withdraws it, and the reason.
    day : date
        From when on it counts no longer.

    Returns
    -------
    DataFrame
        One row of `register.lookback_store.RECORDS`.

    Raises
    ------
    SourceError
        When no visit of that name holds.
    """
    row = {"role": None, "note": why, "recorded_on": day, "file_sha256": None, "file": None, "row": None}
    for one in holding(records).iter_rows(named=True):
        if visit_id(*(one[name] for name in VISIT)) == visit:
            return pl.DataFrame([{**taken_back(one, row), "withdrawn_by": by}], schema=RECORDS)
    raise SourceError(f"visit: no visit {visit} holds; huitou visits list names those that do")


def _places(visits: pl.DataFrame, releases: Releases) -> Iterator[pl.DataFrame]:
    yield pl.DataFrame(
        schema={
            "list_id": pl.String(),
            "household_id": pl.String(),
            "township_id": pl.String(),
            "rank": pl.Int64(),
        }
    )
    for season, list_id in visits.select("season", "list_id").unique(maintain_order=True).iter_rows():
        release = release_of_list(releases, season, list_id)
        if release is not None:
            listed = release.list.unique("household_id", keep="first")
            yield listed.select(pl.lit(list_id).alias("list_id"), "household_id", *PLACES)
