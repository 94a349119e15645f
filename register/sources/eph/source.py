"""The EPH folder as a source: regions are counties, cities are villages, interviews are states."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import polars as pl

from register.errors import SourceError
from register.sources.delivery import RawTable
from register.sources.eph.baskets import read_equivalents, read_lines
from register.sources.eph.home import assistance, housing, shocks, water
from register.sources.eph.interviews import Interviews, read_interviews
from register.sources.eph.money import income
from register.sources.eph.moves import relocation
from register.sources.eph.people import health, households, members, villages
from register.sources.eph.work import employment, schooling
from register.tables import TABLES

#: Register table -> how it is made from the interviews of one region.
MADE_BY: dict[str, Callable[[Interviews], pl.DataFrame]] = {
    "villages": villages,
    "households": households,
    "members": members,
    "income": income,
    "employment": employment,
    "health": health,
    "schooling": schooling,
    "relocation": relocation,
    "housing": housing,
    "water": water,
    "shocks": shocks,
    "assistance": assistance,
}


class EphSource:
    """A folder of EPH microdata, with the baskets and the adult equivalents.

    Only valid interviews (PONDIH > 0) become rows: income that was refused is no income
    of zero. A household is visible in the quarters it was interviewed in.

    Parameters
    ----------
    path : Path
        Folder with `canastas.csv`, `adulto_equivalente.csv` and two files a quarter.

    Raises
    ------
    SourceError
        When the folder or one of its files is missing.
    ContractError
        When a file lacks a column or holds something that is no number.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise SourceError(f"{path}: no such folder; set source.path to the EPH folder (docs/data_eph.md)")
        self.path = path

    def counties(self) -> list[str]:
        """Name the survey regions (REGION), sorted."""
        return sorted(self._interviews.households["region_id"].unique().to_list())

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the register tables of one region, one after the other."""
        own = self._interviews.of_region(county_id)
        for name, make in MADE_BY.items():
            yield RawTable(name, f"EPH {name} (base_hogar, base_individual)", _as_text(name, make(own)))

    def lines(self) -> pl.DataFrame:
        """Give the total basket of every region and quarter as its income line."""
        return read_lines(self.path)

    @cached_property
    def _interviews(self) -> Interviews:
        return read_interviews(self.path, read_equivalents(self.path))


def _as_text(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    table = TABLES[name]
    columns = table.by_name
    present = [pl.col(column).cast(pl.String) for column in columns if column in frame.columns]
    absent = [pl.lit(None, pl.String).alias(column) for column in columns if column not in frame.columns]
    return frame.select(*present, *absent).select(*columns).sort(table.key, nulls_last=True)
