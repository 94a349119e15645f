"""The register's tables of a panel: one state, one total and a list of people for each wave."""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from register.contract import Table
from register.shard import LINES_SCHEMA
from register.sources.panel.people import OLDEST, YOUNGEST
from register.sources.panel.reading import AMOUNT, PART
from register.sources.panel.waves import Wave
from register.tables import TABLES

#: Where a place is not mapped, all live in one of this name.
WHOLE = "panel"
#: What may not stand in a county's name.
NO_NAME = re.compile(r"[^\w.-]+")
#: Columns that say when, and which day of the wave they are.
DAYS = {
    "valid_from": "begins",
    "started_on": "begins",
    "valid_to": "ends",
    "ended_on": "ends",
    "occurred_on": "day",
    "recorded_on": "day",
}


def placed(households: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Add ``county_id, township_id, village_id``: where a household lived when it was first asked.

    A survey follows its households; that they moved is no other household's life.
    """
    columns = households.columns
    order = {wave.name: place for place, wave in enumerate(waves)}
    first = pl.col("wave").replace_strict(order, return_dtype=pl.Int64)
    levels = [name for name in ("region", "district", "area") if name in columns]
    absent = [
        pl.lit(None, pl.String).alias(name) for name in ("region", "district", "area") if name not in columns
    ]
    made = households.with_columns(
        *absent, *(pl.col(name).sort_by(first).drop_nulls().first().over("household_id") for name in levels)
    )
    county = pl.col("region").str.replace_all(NO_NAME.pattern, "_").str.strip_chars("._")
    county = pl.when(county.str.len_chars() > 0).then(county).fill_null(WHOLE)
    made = made.with_columns(county.alias("county_id"))
    township = pl.concat_str("county_id", "district", separator="-", ignore_nulls=True)
    village = pl.concat_str("county_id", "district", "area", separator="-", ignore_nulls=True)
    return made.with_columns(township.alias("township_id"), village.alias("village_id"))


def villages(households: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Give each place once, known from the first wave on."""
    begins, name = waves[0].begins, pl.coalesce([pl.col("area"), pl.col("district"), pl.col("region")])
    places = households.group_by("village_id", "township_id", "county_id").agg(
        name.drop_nulls().first().alias("name")
    )
    return _texts(
        "villages",
        places.with_columns(
            pl.col("county_id").alias("region_id"),
            pl.lit(begins).alias("valid_from"),
            pl.lit(begins).alias("recorded_on"),
        ),
    )


def household_states(households: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Give each household's state for the quarter of each wave that it was asked in."""
    split = pl.when(pl.col("split_from").is_not_null()).then(pl.lit("split"))
    weight = pl.col("weight") if "weight" in households.columns else pl.lit(None, pl.Float64)
    made = _dated(households, "households", waves).with_columns(
        pl.lit("ordinary").alias("category"),
        pl.when(weight > 0).then(weight).alias("survey_weight"),
        split.alias("origin"),
        pl.col("split_from").alias("origin_household_id"),
    )
    return _texts("households", made)


def income(households: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Give what a household had a month at each wave, by source; a loss is a cost of business.

    Parts of a total are scaled down where they are more than it; what they leave is ``other``.
    """
    parts = {
        name.removeprefix(f"{PART}."): pl.col(name).fill_null(0).clip(0)
        for name in households.columns
        if name.startswith(f"{PART}.")
    }
    if parts:
        held = pl.sum_horizontal(parts.values())
        fit = (
            pl.when(held > 0)
            .then(pl.min_horizontal(pl.lit(1.0), pl.col("resources").clip(0) / held))
            .otherwise(0.0)
        )
        values = {source: value * fit for source, value in parts.items()}
        values["other"] = values.get("other", pl.lit(0.0)) + pl.col("resources") - held * fit
    else:
        values = {
            name.removeprefix(f"{AMOUNT}."): pl.col(name)
            for name in households.columns
            if name.startswith(f"{AMOUNT}.")
        }
    wide = _dated(households, "income", waves).with_columns(
        **{f"of.{name}": value for name, value in values.items()}
    )
    kept = [name for name in wide.columns if not name.startswith("of.")]
    long = wide.unpivot(
        [f"of.{name}" for name in values], index=kept, variable_name="source", value_name="money"
    )
    rows = long.with_columns(pl.col("source").str.strip_prefix("of."), pl.col("money").round(4)).drop_nulls(
        "money"
    )
    loss = rows.filter(pl.col("money") < 0).with_columns(
        pl.lit("business_cost").alias("source"), -pl.col("money")
    )
    # A household that had nothing keeps one row of 0: that differs from not asked.
    gain = rows.filter(pl.col("money") >= 0).sort(
        "household_id", "occurred_on", "money", descending=[False, False, True]
    )
    gain = gain.filter((pl.col("money") > 0) | pl.struct("household_id", "occurred_on").is_first_distinct())
    losses = loss.group_by("household_id", "source", "occurred_on", "recorded_on").agg(pl.col("money").sum())
    return _texts(
        "income", pl.concat([gain, losses], how="diagonal").with_columns(pl.col("money").alias("amount"))
    )


def members(persons: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Give each person for each wave: each counts for an equal part of the household's equivalents."""
    dated = _dated(persons, "members", waves)
    age = (pl.col("valid_from") - pl.col("birth_date")).dt.total_days() / 365.25
    able = pl.when(age.is_between(YOUNGEST, OLDEST)).then(pl.lit("ordinary")).otherwise(pl.lit("none"))
    labour = pl.coalesce([pl.col("labour"), able]) if "labour" in persons.columns else able
    share = pl.col("equivalents") / pl.len().over("household_id", "valid_from")
    return _texts("members", dated.with_columns(labour.alias("labour"), share.alias("equivalents")))


def further(name: str, rows: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Give another table; a row without what its table requires tells nothing."""
    table, dated = TABLES[name], _dated(rows, name, waves)
    own = [column.name for column in table.columns if column.name in rows.columns and column.name not in DAYS]
    own = [column for column in own if not column.endswith("_id")]
    required = [column.name for column in table.columns if column.required]
    held = dated.filter(pl.any_horizontal(pl.col(column).is_not_null() for column in own)) if own else dated
    lacking = [column for column in required if column not in held.columns]
    held = held.with_columns(pl.lit(None, pl.String).alias(column) for column in lacking)
    return _texts(
        name,
        held.drop_nulls(required).unique(
            list(table.key),
            keep="first",
            maintain_order=True,
        ),
    )


def _dated(frame: pl.DataFrame, name: str, waves: Sequence[Wave]) -> pl.DataFrame:
    """Add the days of a table's rows; a date that the mapping gives stays."""
    days: Mapping[str, Mapping[str, object]] = {
        column: {wave.name: getattr(wave, end) for wave in waves}
        for column, end in DAYS.items()
        if column in TABLES[name].by_name and column not in frame.columns
    }
    return frame.with_columns(
        pl.col("wave").replace_strict(day, return_dtype=pl.Date).alias(column) for column, day in days.items()
    )


def _texts(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    table: Table = TABLES[name]
    columns = table.by_name
    present = [pl.col(column).cast(pl.String) for column in columns if column in frame.columns]
    absent = [pl.lit(None, pl.String).alias(column) for column in columns if column not in frame.columns]
    return frame.select(*present, *absent).select(*columns).sort(table.key, nulls_last=True)


def lines(
    counties: Sequence[str],
    by_wave: Mapping[str, float],
    waves: Sequence[Wave],
    currency: str | None,
    source: str,
) -> pl.DataFrame:
    """Give each county the line of each wave, from its quarter's first day until the next wave's.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`.
    """
    starts = [wave.begins for wave in waves]
    ends = [*starts[1:], None]
    rows = [
        (county, start, end, by_wave[wave.name], currency, source)
        for county in counties
        for wave, start, end in zip(waves, starts, ends, strict=True)
    ]
    return pl.DataFrame(rows, schema=LINES_SCHEMA, orient="row")
