"""What visits found joins a delivery: as one more table of the county the household lives in."""

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from register.cells.blanks import trimmed
from register.contract import Table
from register.sources.delivery import RawTable, Source
from register.tables.lookbacks import LOOKBACKS

Pseudonym = Callable[[str], str]


class WithLookbacks:
    """A source and what visits found.

    A visit names its household as the list does, by its pseudonym. The ids of the
    delivery are hashed to find the household it is, so that visits pass the same
    contracts and get their pseudonym the same way as everything else, once.

    Parameters
    ----------
    source : Source
        The delivery.
    records : DataFrame
        Visits to households of this source (`register.lookback_store.RECORDS`).
    pseudonym : callable or None
        Gives a household id's pseudonym; None where ids stay as they are.
    table : Table
        What the visits are: look-backs, or visits off the list.

    Attributes
    ----------
    left_out : int
        Visits to households that their county does not deliver (any more); they stay in
        the store and count again as soon as it does.
    """

    def __init__(
        self,
        source: Source,
        records: pl.DataFrame,
        pseudonym: Pseudonym | None,
        table: Table = LOOKBACKS,
    ) -> None:
        self._source, self._records, self._pseudonym, self._table = source, records, pseudonym, table
        self.left_out = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the source has to say
        """Say what the source says of itself, such as ``has_control_totals``."""
        return getattr(self._source, name)

    def counties(self) -> list[str]:
        """Name the counties of the source."""
        return self._source.counties()

    def lines(self) -> pl.DataFrame:
        """Give the income lines of the source."""
        return self._source.lines()

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the tables of one county, the visits last."""
        visits = self._records.filter(pl.col("county_id") == county_id)
        ids: list[pl.Series] = []
        for raw in self._source.tables(county_id):
            if raw.name == "households" and len(visits):
                ids.append(raw.frame.select(trimmed(pl.col("household_id"))).to_series())
            yield raw
        if len(visits):
            yield self._delivered(county_id, visits, _unique(ids))

    def _delivered(self, county_id: str, visits: pl.DataFrame, ids: list[str]) -> RawTable:
        listed = [self._pseudonym(one) if self._pseudonym else one for one in ids]
        pairs = {"household_id": listed, "delivered": ids}
        named = pl.DataFrame(pairs, schema=dict.fromkeys(pairs, pl.String()))
        matched = visits.join(named, on="household_id", how="inner", maintain_order="left")
        self.left_out += len(visits) - len(matched)
        text = matched.with_columns(household_id="delivered").select(list(self._table.schema)).cast(pl.String)
        return RawTable(self._table.name, f"{self._table.name} ({county_id})", text)


def _unique(ids: list[pl.Series]) -> list[str]:
    every = pl.concat([pl.Series([], dtype=pl.String), *ids])
    return every.drop_nulls().unique(maintain_order=True).to_list()
