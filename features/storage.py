"""A county's features on disk: whole dates lie together, so that who needs some reads no others."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from register.atomic import write_parquet

if TYPE_CHECKING:
    from pyarrow.parquet import RowGroupMetaData

KEYS = ("household_id", "as_of_date")
#: Rows of a group, about: with fewer the heads of the columns cost more than the dates that are spared.
ROWS = 100_000


def write_features(target: Path, built: pl.DataFrame, rows: int = ROWS) -> None:
    """Write what `features.engine.build_features` gives, some whole dates a row group.

    Parameters
    ----------
    target : Path
    built : DataFrame
        Sorted by household and date.
    rows : int
        Rows of a group, about.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path, days = Path(mkdtemp()) / "C1.parquet", [date(2025, 9, 30), date(2025, 12, 31)]
    >>> write_features(path, pl.DataFrame({"household_id": "an", "as_of_date": days, "wage": [1.0, 2.0]}), 1)
    >>> read_features(path, dates=days[1:], columns=["wage"]).row(0)
    ('an', datetime.date(2025, 12, 31), 2.0)
    """
    repeated = [name for name, kind in built.schema.items() if not kind.is_float()]
    write_parquet(target, *_groups(built, rows), repeated=repeated)


def read_features(
    source: Path, dates: Collection[date] | None = None, columns: Iterable[str] | None = None
) -> pl.DataFrame:
    """Read a county's features, checking every page that is read.

    Parameters
    ----------
    source : Path
        Written by `write_features`, or by an earlier version in one group.
    dates : collection of date, optional
        All by default.
    columns : iterable of str, optional
        Those to read beside `KEYS`, if the file has them; all by default.

    Returns
    -------
    DataFrame
        Sorted by household and date.
    """
    from pyarrow.parquet import ParquetFile  # slow to import

    wanted = None if columns is None else [*dict.fromkeys([*KEYS, *columns])]
    with ParquetFile(source, page_checksum_verification=True) as opened:
        place = opened.schema_arrow.get_field_index("as_of_date")
        heads = [opened.metadata.row_group(one) for one in range(opened.num_row_groups)]
        chosen = [one for one, head in enumerate(heads) if _may_hold(head, place, dates)]
        read = pl.DataFrame(opened.read_row_groups(chosen, wanted))
    if dates is not None:
        read = read.filter(pl.col("as_of_date").is_in([*dates]))
    return read if len(chosen) < 2 else read.sort(KEYS)


def _groups(built: pl.DataFrame, rows: int) -> list[pl.DataFrame]:
    """Keep whole dates together, counted from the latest: those are asked for most."""
    dates = built.group_by("as_of_date").len().sort("as_of_date", descending=True)
    number = (pl.col("len").cum_sum() - pl.col("len")) // rows
    together = dates.with_columns(number.alias("group")).partition_by("group", maintain_order=True)
    if len(together) < 2:
        return [built]
    return [built.filter(pl.col("as_of_date").is_in(one["as_of_date"].implode())) for one in together[::-1]]


def _may_hold(head: "RowGroupMetaData", place: int, dates: Collection[date] | None) -> bool:
    known = head.column(place).statistics
    return dates is None or known is None or any(known.min <= day <= known.max for day in dates)
