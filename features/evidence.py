"""What made a value: the records a feature saw, and what it would be without each of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from features.declaration import EVENTS, PLACES, Feature, declared_features
from features.engine import SPINE, build_features, summarised, with_silent
from features.order import IDS, at, owner_of
from features.past import Past
from register.contract import Table
from register.readings import readings
from register.shard import Shard
from register.tables import TABLES

#: What the record would leave; and, of who is no record, how many there are.
WITHOUT, N_OTHERS = "value_without", "n_others"
#: What resources over the line were divided by, and the quotient.
READ = ("n_members", "equivalents", "line_per_month", "resources_over_line")


@dataclass(frozen=True)
class Evidence:
    """A household's value of a feature with what it was made from.

    Attributes
    ----------
    value : float or None
        As the matrix has it.
    records : DataFrame
        Of a feature over a table: the household's records as known at the date, with the
        columns the feature reads and `WITHOUT`, the value if the record had not been
        there. Of a place: `N_OTHERS`, how many others live there. Of any other: the values
        it was made from, one row a date.
    """

    feature: Feature
    household_id: str
    as_of_date: date
    value: float | None
    records: pl.DataFrame


def evidence(
    shard: Shard, feature: Feature, household_id: str, dates: Sequence[date], resources_months: int
) -> Evidence | None:
    """Find what made a feature's value of a household at the last of `dates`.

    Parameters
    ----------
    shard : Shard
        The county that holds the household.
    feature : Feature
        A declared feature.
    household_id : str
        As in the register.
    dates : sequence of date
        Month ends, ascending; `history` features look back along them.
    resources_months : int
        Months of resources that are compared with the line.

    Returns
    -------
    Evidence or None
        None when the register did not know the household at the date.
    """
    if feature.over in TABLES:
        return _of_table(shard, feature, household_id, dates[-1], resources_months)
    return _of_features(shard, feature, household_id, dates, resources_months)


def _of_table(shard: Shard, feature: Feature, home: str, day: date, months: int) -> Evidence | None:
    built = build_features(shard, [day], months, [feature]).filter(pl.col("household_id") == home)
    if built.is_empty():
        return None
    table = TABLES[feature.over]
    owner = owner_of(table)
    view = table_view(shard, table, day, months, feature.reads).filter(pl.col(owner) == built[owner][0])
    without = _without_each(view, feature)
    read = [one for one in (*table.key, *_inputs(feature), "recorded_on") if one not in (owner, table.event)]
    records = view.select(table.event, *dict.fromkeys(read), pl.Series(WITHOUT, without))
    return Evidence(feature, home, day, built[feature.name][0], records)


def table_view(
    shard: Shard, table: Table, day: date, resources_months: int, wanted: Collection[str]
) -> pl.DataFrame:
    """Show a table at a date as features over it that read `wanted` see it, sorted by owner and event."""
    view = Past.of(shard, [day], resources_months, {table.name: wanted}).view(table.name, [day])
    ids = [one for line in IDS for one in line if one in view.columns]
    return view.sort(at(table), maintain_order=True).with_columns(pl.col(ids).cast(pl.String))


def _of_features(
    shard: Shard, feature: Feature, home: str, dates: Sequence[date], months: int
) -> Evidence | None:
    built = build_features(shard, dates, months, _needed(feature))
    own = built.filter(pl.col("household_id") == home)
    if own.is_empty() or own["as_of_date"][-1] != dates[-1]:
        return None
    value = own[feature.name][-1]
    if feature.over in PLACES:
        return Evidence(feature, home, dates[-1], value, _place(shard, feature, home, dates[-1]))
    names = _inputs(feature)
    read = readings(shard, dates, months).select("household_id", "as_of_date", *READ)
    inputs = own.drop("resources_over_line", strict=False).join(read, on=["household_id", "as_of_date"])
    beside = READ if "resources_over_line" in names else ()
    records = inputs.select("as_of_date", *dict.fromkeys([*names, *beside])).sort("as_of_date")
    return Evidence(
        feature, home, dates[-1], value, records if feature.over == "history" else records.tail(1)
    )


def _place(shard: Shard, feature: Feature, home: str, day: date) -> pl.DataFrame:
    """Say where the household lives and how many others do; who they are is not told."""
    places = shard.view("villages", day).select(*PLACES.values())
    homes = shard.view("households", day).join(places, on="village_id", how="left")
    place = PLACES[feature.over]
    own = homes.filter(pl.col("household_id") == home)[place][0]
    n_others = max(0, len(homes.filter(pl.col(place) == own)) - 1)
    return pl.DataFrame({place: [own], N_OTHERS: [n_others]}, schema_overrides={place: pl.String})


def _inputs(feature: Feature) -> list[str]:
    return sorted(feature.reads - {"place_id", "rural_income", *SPINE})


def _needed(feature: Feature) -> list[Feature]:
    """List a feature after all those its expression reads, directly or not."""
    by_name = {one.name: one for one in declared_features()}
    needed: dict[str, Feature] = {}

    def visit(one: Feature) -> None:
        if one.name not in needed:
            needed[one.name] = one
            for name in _inputs(one) if one.over not in TABLES else []:
                if name in by_name:
                    visit(by_name[name])

    visit(feature)
    return list(needed.values())


def _without_each(view: pl.DataFrame, feature: Feature) -> list[float | None]:
    numbered = view.with_row_index("record")
    records = numbered.select(left_out="record")
    left = numbered.join(records, how="cross", maintain_order="right_left")
    others = left.filter(pl.col("record") != pl.col("left_out"))
    if feature.over in EVENTS:
        rural = [one for one in ("rural_income",) if one in view.columns]
        others = with_silent(others, numbered.select(pl.col("record").alias("left_out"), *rural))
    made = summarised(others, "left_out", [feature])
    return records.join(made, on="left_out", how="left", maintain_order="left")[feature.name].to_list()
