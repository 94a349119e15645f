"""Households with a row of a filled workbook that was set aside and is not yet put right."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

import polars as pl

from watchlists.ledger.visits import HOUSEHOLD

RETURNED = dict.fromkeys(HOUSEHOLD, pl.String())


class OpenRow(Protocol):
    """A row that was set aside, and of which household on whose list it is."""

    @property
    def source_kind(self) -> str:
        """Kind of the source of its list."""
        ...

    @property
    def season(self) -> str:
        """Season of its list."""
        ...

    @property
    def county_id(self) -> str:
        """County of its household."""
        ...

    @property
    def household_id(self) -> str:
        """Its id of the list; "" or what was written where it is none."""
        ...

    @property
    def read_on(self) -> str:
        """ISO day of the reading that set it aside."""
        ...


def returned_households(rows: Iterable[OpenRow], source_kind: str, season: str, day: date) -> pl.DataFrame:
    """Name the households of a season's lists whose row is still open.

    Parameters
    ----------
    rows : iterable of OpenRow
        All that are open now.
    source_kind, season : str
        Of the release.
    day : date
        What was set aside later is not yet known.

    Returns
    -------
    DataFrame
        `RETURNED`; a row that names no household of a list is nobody's task.
    """
    wanted = (source_kind, season)
    kept = {
        (one.county_id, one.household_id)
        for one in rows
        if (one.source_kind, one.season) == wanted and date.fromisoformat(one.read_on) <= day
    }
    return pl.DataFrame(sorted(kept), schema=RETURNED, orient="row")
