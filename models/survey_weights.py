"""How many households of the population one of a survey stands for, and training rows weighed by it."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from models.keys import KEYS
from register.shard import Shard

#: How many households of the population one stands for (`register.tables.households`).
WEIGHT = "survey_weight"


def survey_weights(shard: Shard, days: Iterable[date]) -> pl.DataFrame:
    """Read the weight of every household of a county, as known at each date.

    Returns
    -------
    DataFrame
        `KEYS` and `WEIGHT`, missing where the survey gives none.
    """
    read = (
        shard.view("households", day).select("household_id", pl.lit(day).alias("as_of_date"), WEIGHT)
        for day in days
    )
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *read])


_SCHEMA = {"household_id": pl.String(), "as_of_date": pl.Date(), WEIGHT: pl.Float64()}


def weighed(rows: pl.DataFrame) -> pl.DataFrame:
    """Let training rows count by how many households of the population they stand for.

    Only ``weight`` changes, and with it what trees and logistic member learn. The kind is chosen and
    the risks are calibrated by households as they were asked, each once: the list is of them, and what
    it promises, the gates and the past seasons are counted so.

    Parameters
    ----------
    rows : DataFrame
        `KEYS`, ``weight``, how many rows of the cohort one stands for (missing where it does not
        train), and `WEIGHT`.

    Returns
    -------
    DataFrame
        Sorted by `KEYS`, without `WEIGHT`. All rows of a date weigh together what they weighed before,
        or one wave would outweigh another whose weights are of another scale; who has no weight, or
        none above zero, counts as the mean of the date. Alike weights, or none, change no bit.

    Examples
    --------
    >>> rows = pl.DataFrame({"household_id": ["a", "b", "c"], "as_of_date": [date(2020, 1, 1)] * 3})
    >>> asked = rows.with_columns(weight=1.0, survey_weight=pl.Series([30.0, 10.0, None]))
    >>> weighed(asked)["weight"].to_list()
    [1.5, 0.5, 1.0]
    """
    weight, day = pl.col("weight"), "as_of_date"
    trains = rows.sort(KEYS).with_columns(
        pl.when(pl.col(WEIGHT) > 0, weight.is_not_null()).then(pl.col(WEIGHT)).alias(WEIGHT)
    )
    # beside the largest: alike weights are one to the last bit, and so is their mean
    share = pl.col(WEIGHT) / pl.col(WEIGHT).max().over(day)
    counted = pl.when(share.is_not_null()).then(weight)
    mean = (weight * share).sum().over(day) / counted.sum().over(day)
    return trains.with_columns(weight * (share / mean).fill_null(1.0)).drop(WEIGHT)
