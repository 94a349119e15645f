"""The as-of engine: every declared feature of one county at every date."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl

from features.declaration import EVENTS, PASSES, PLACES, Feature, declared_features
from features.lineage import dated, views
from features.order import numbered, owner_of
from features.views import Past
from register.shard import Shard
from register.tables import TABLES

#: Who the row is about; not features.
SPINE = ("household_id", "as_of_date", "village_id", "category")
#: Records of a table read at a time, those of as many dates as make about so many.
AT_ONCE = 1_000_000


def build_features(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    features: Sequence[Feature] | None = None,
    threads: int = 1,
) -> pl.DataFrame:
    chosen = declared_features() if features is None else features
    wanted = {name for one in chosen for name in one.reads}
    past = Past.of(numbered(shard), dates, resources_months, wanted)
    by_table = {name: [one for one in chosen if one.over == name] for name in TABLES}
    with ThreadPoolExecutor(threads) as pool:  # polars works without Python's lock
        made = pool.map(lambda over: _over_table(past, over), filter(None, by_table.values()))
        frame = pl.concat([_placed(past), *made], how="horizontal")
    for name in PASSES:
        place = pl.col(PLACES.get(name, "household_id")).alias("place_id")
        passing = {one.name: one.expression() for one in chosen if one.over == name}
        frame = frame.with_columns(place).with_columns(**passing).with_columns(map(_number, passing))
    return frame.select(*SPINE, *(one.name for one in chosen)).cast({pl.Enum: pl.String})


def _placed(past: Past) -> pl.DataFrame:
    places = views(past.shard, "villages", past.dates).with_columns(dated("village_id").alias("village_at"))
    keyed = places.select("village_at", *set(PLACES.values()) - {"village_id"})
    return past.spine.join(keyed, on="village_at", how="left", maintain_order="left")


def _over_table(past: Past, features: Sequence[Feature]) -> pl.DataFrame:
    name = features[0].over
    wanted = {one for feature in features for one in feature.reads}
    at = owner_of(TABLES[name]).replace("_id", "_at")
    parts = []
    for dates in _batches(past.dates, len(past.ordered.tables[name])):
        view = past.view(name, dates, wanted)
        if name in EVENTS:
            view = with_silent(view, past.owners(at, dates))
        parts.append(summarised(view, at, features))
    return past.spine.select(at).join(pl.concat(parts), on=at, how="left", maintain_order="left").drop(at)


def _batches(dates: Sequence[date], n_records: int) -> Iterator[Sequence[date]]:
    step = max(1, AT_ONCE // max(n_records, 1))
    for first in range(0, len(dates), step):
        yield dates[first : first + step]


def with_silent(view: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Add a record that says nothing for each owner without any."""
    at = owners.columns[0]
    silent = owners.join(view, on=at, how="anti")
    return pl.concat([view, silent], how="diagonal").sort(at, maintain_order=True)


def summarised(view: pl.DataFrame, owner: str, features: Sequence[Feature]) -> pl.DataFrame:
    """Aggregate the records of each `owner`: shared parts once, then what rests on them."""
    parts = {name: part for one in features for name, part in one.parts.items()}
    direct = {one.name: one.expression() for one in features if not one.parts}
    resting = {one.name: one.expression() for one in features if one.parts}
    runs = view.with_columns(pl.col(owner).rle_id().alias("run"))  # sorted, so that no group is searched for
    made = runs.group_by("run", maintain_order=True).agg(**parts, **direct).with_columns(**resting)
    owners = view[owner].rle().struct.field("value").alias(owner)
    return made.select(owners, *(_number(one.name) for one in features))


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).fill_nan(None)
