"""Families that follow one another under a number: nobody of the one before is there any more."""

from collections.abc import Sequence

import polars as pl

from register.errors import ContractError
from register.sources.panel.waves import Wave

#: Share of households asked again with nobody of before, above which it is the numbers that changed.
MOST_REPLACED = 0.2


def replaced(persons: pl.DataFrame, waves: Sequence[Wave]) -> pl.DataFrame:
    """Count the families under each household's number, from 0 for the first.

    Parameters
    ----------
    persons : DataFrame
        ``wave, household, person``.
    waves : sequence of Wave

    Returns
    -------
    DataFrame
        ``wave, household, family``.

    Raises
    ------
    ContractError
        When so many are replaced that people must have been numbered anew.
    """
    order = pl.col("wave").replace_strict({wave.name: place for place, wave in enumerate(waves)})
    lists = persons.group_by("wave", "household").agg("person").sort(order)
    before = pl.col("person").shift(1).over("household")
    nobody = pl.col("person").list.set_intersection(before).list.len() == 0
    breaks = lists.with_columns(
        before.is_not_null().alias("is_again"), (nobody & before.is_not_null()).alias("breaks")
    )
    n_again, n_breaks = int(breaks["is_again"].sum()), int(breaks["breaks"].sum())
    if n_breaks > MOST_REPLACED * n_again:
        raise ContractError(
            f"the mapping: in {n_breaks} of {n_again} households that were asked again nobody has a person's "
            "number of before; write persons_keep_numbers: false where people are numbered anew, or a "
            "household's number that stays"
        )
    family = pl.col("breaks").fill_null(value=False).cum_sum().over("household").alias("family")
    return breaks.with_columns(family).select("wave", "household", "family")


def named_apart(frame: pl.DataFrame, families: pl.DataFrame) -> pl.DataFrame:
    """Give every family after the first a number of its own: the household's and +1, +2."""
    number = pl.col("family").fill_null(0)
    own = pl.when(number > 0).then(pl.format("{}+{}", "household", "family")).otherwise(pl.col("household"))
    joined = frame.join(families, on=["wave", "household"], how="left", maintain_order="left")
    return joined.with_columns(own.alias("household")).drop("family")
