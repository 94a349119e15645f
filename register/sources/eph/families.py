"""Who is who from interview to interview: birth dates, and families that follow one another in a dwelling."""

import polars as pl

#: Months by which an age may be off and still be the same person's.
FITS = 24
#: A dwelling is visited in two quarters, left out for two, and visited in two more.
MOST_INTERVIEWS = 4
FAMILY = "family"


def with_birth_dates(persons: pl.DataFrame) -> pl.DataFrame:
    """Add ``birth_date``: half a year off either end of the age at a person's first interview.

    Birthdays are not asked, and a date from every interview's own age would make another person of
    everybody each quarter. From where an age fits the last one no more somebody else answers under the
    number, or it was mended: a new date.

    Parameters
    ----------
    persons : DataFrame
        ``household_id, COMPONENTE, age, as_of`` of all interviews.
    """
    number = ("household_id", "COMPONENTE")
    born = pl.col("as_of").dt.year() * 12 + pl.col("as_of").dt.month() - 1 - (pl.col("age") * 12 + 6)
    jumps = ((pl.col("born") - pl.col("born").shift(1).over(number)).abs() > FITS).fill_null(value=False)
    months = pl.col("born").drop_nulls().first().over(*number, "who")
    return (
        persons.sort(*number, "as_of")
        .with_columns(born.alias("born"))
        .with_columns(jumps.cum_sum().over(number).alias("who"))
        .with_columns(pl.date(months // 12, months % 12 + 1, 1).alias("birth_date"))
        .drop("born", "who")
    )


def families(persons: pl.DataFrame) -> pl.DataFrame:
    """Give a number to each family that answered under an id of the survey, which stays with the dwelling.

    Interviews that have anybody in common, at one remove or at several, are of one family.

    Parameters
    ----------
    persons : DataFrame
        ``household_id, COMPONENTE, birth_date, as_of`` of all interviews.

    Returns
    -------
    DataFrame
        ``household_id, as_of, family``: 0 for the family interviewed first.
    """
    begun = persons.with_columns(pl.col("as_of").alias("begun"))
    for _ in range(MOST_INTERVIEWS):
        for met in (("as_of",), ("COMPONENTE", "birth_date")):
            begun = begun.with_columns(pl.col("begun").min().over("household_id", *met))
    number = (pl.col("begun").rank("dense").over("household_id") - 1).alias(FAMILY)
    return begun.select("household_id", "as_of", number).unique(["household_id", "as_of"])


def named_apart(frame: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Give every family after the first an id of its own, that of the survey and its number."""
    of_survey, number = pl.col("household_id"), pl.col(FAMILY).fill_null(0)
    own = pl.when(number > 0).then(pl.concat_str(of_survey, number.cast(pl.String), separator="+"))
    return (
        frame.join(numbered, on=["household_id", "as_of"], how="left", maintain_order="left")
        .with_columns(own.otherwise(of_survey).alias("household_id"))
        .drop(FAMILY)
    )
