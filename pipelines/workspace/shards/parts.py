"""Rows of many counties, as the shards they are walked by."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl


class Part(NamedTuple):
    """One county with the rows of it that a task is about.

    Attributes
    ----------
    county_id : str
    rows : DataFrame
        Maybe none.
    """

    county_id: str
    rows: "pl.DataFrame"


def parts(rows: "pl.DataFrame", counties: Iterable[str]) -> list[Part]:
    """Part rows by their ``county_id``, in the order of the counties; within each the rows keep theirs.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"county_id": ["c2", "c1", "c2"], "n": [1, 2, 3]})
    >>> [(one.county_id, one.rows["n"].to_list()) for one in parts(rows, ["c1", "c2", "c3"])]
    [('c1', [2]), ('c2', [1, 3]), ('c3', [])]
    """
    own = rows.partition_by("county_id", as_dict=True)
    return [Part(county, own.get((county,), rows.clear())) for county in counties]


def name_of(shard: object) -> str:
    """Name a shard for a person who has to look what is wrong with it.

    Examples
    --------
    >>> name_of("530901"), name_of(("530901", "its rows"))
    ('530901', '530901')
    """
    return str(shard[0] if isinstance(shard, tuple) else shard)
