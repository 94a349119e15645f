"""The as-of engine: every declared feature of one county at every date."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl

from features.dates import dated, views
from features.declaration import EVENTS, PASSES, PLACES, Feature, declared_features
from features.order import at
from features.past import Past
from register.shard import Shard
from register.tables import TABLES

#: Who the row is about; not features.
SPINE = ("household_id", "as_of_date", "village_id", "category")

#: A table is read at so many dates at a time as its records, all counted at each, come to this many:
#: enough that small tables cost what their records cost, and memory does not grow with the dates.
RECORDS_AT_ONCE = 300_000


def build_features(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    features: Sequence[Feature] | None = None,
    threads: int = 1,
) -> pl.DataFrame:
    """Build the features of every household of a county at each date.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : sequence of date
        Month ends, ascending: `history` features look back along them.
    resources_months : int
        Months of resources that are compared with the line.
    features : sequence of Feature, optional
        All declared ones by default.
    threads : int
        Tables summed up at a time; the result does not depend on it.

    Returns
    -------
    DataFrame
        `SPINE` columns, then one Float64 column a feature; sorted by household and date.
        A household without a record in a table's window is missing there, not zero; of
        `EVENTS` it has what the expressions say of no records.
    """
    chosen = declared_features() if features is None else features
    over = {name: [one for one in chosen if one.over == name] for name in TABLES}
    wanted = {name: {column for one in some for column in one.reads} for name, some in over.items() if some}
    past = Past.of(shard, dates, resources_months, wanted)
    with ThreadPoolExecutor(threads) as pool:  # polars works without Python's lock
        made = pool.map(lambda name: _over_table(past, name, over[name]), wanted)
        frame = pl.concat([_placed(past), *made], how="horizontal")
    for name in PASSES:
        passing = {one.name: one.expression() for one in chosen if one.over == name}
        place = dated(PLACES.get(name, "household_id")).alias("place_id")
        frame = frame.with_columns(place).with_columns(**passing).with_columns(map(_number, passing))
    return frame.select(*SPINE, *(one.name for one in chosen)).cast({pl.Enum: pl.String})


def _placed(past: Past) -> pl.DataFrame:
    villages = views(past.shard, "villages", past.dates).with_columns(dated("village_id").alias("village_at"))
    places = villages.select("village_at", *(one for one in PLACES.values() if one != "village_id"))
    return past.spine.join(places, on="village_at", how="left", maintain_order="left")


def _over_table(past: Past, name: str, features: Sequence[Feature]) -> pl.DataFrame:
    owner, made = at(TABLES[name]), []
    for dates in _batches(past.dates, len(past.shard.tables[name])):
        view = past.view(name, dates)
        if name in EVENTS:
            view = with_silent(view, past.owners(TABLES[name], dates))
        made.append(summarised(view, owner, features))
    return (
        past.spine.select(owner)
        .join(pl.concat(made), on=owner, how="left", maintain_order="left")
        .drop(owner)
    )


def _batches(dates: Sequence[date], records: int) -> Iterator[Sequence[date]]:
    step = max(1, RECORDS_AT_ONCE // max(1, records))
    return (dates[first : first + step] for first in range(0, len(dates), step))


def with_silent(view: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Give each of `owners` that has no record one that says nothing; the first column is the owner."""
    owner = owners.columns[0]
    silent = owners.join(view, on=owner, how="anti")
    return pl.concat([view, silent], how="diagonal").sort(owner, maintain_order=True)


def summarised(view: pl.DataFrame, owner: str, features: Sequence[Feature]) -> pl.DataFrame:
    """Aggregate the records of each `owner`: shared parts once, then what rests on them.

    An owner's records lie together in the view, so that no group is searched for: runs are groups.
    """
    parts = {name: part for one in features for name, part in one.parts.items()}
    direct = {one.name: one.expression() for one in features if not one.parts}
    resting = {one.name: one.expression() for one in features if one.parts}
    runs = view.with_columns(pl.col(owner).rle_id().alias("run")).group_by("run", maintain_order=True)
    made = runs.agg(**parts, **direct).with_columns(**resting)
    owners = view[owner].rle().struct.field("value").alias(owner)
    return made.select(owners, *(_number(one.name) for one in features))


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).fill_nan(None)
