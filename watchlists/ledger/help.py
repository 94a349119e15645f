"""How far help has come for a household whose risk a visit confirmed."""

from datetime import date

import polars as pl

from watchlists.ledger.visits import HOUSEHOLD

#: Codes of ``help``, Chinese and English; missing while no visit has met anybody.
HELP = {
    "none_needed": ("无需帮扶", "none needed"),
    "planned": ("待落实", "planned"),
    "begun": ("已落实", "begun"),
    "done": ("已到期", "ended"),
    "overdue": ("逾期未落实", "overdue"),
}
#: A row a household that the register says gets help begun since the list.
REGISTERED = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    "helped_on": pl.Date(),
    "helped_by": pl.List(pl.String()),
    "helped_until": pl.Date(),
}


def registered_help(assistance: pl.DataFrame, county_id: str, since: date, day: date) -> pl.DataFrame:
    """Sum up the measures that the register says were begun after a list's day.

    Parameters
    ----------
    assistance : DataFrame
        Rows of table ``assistance`` as known by `day`, of the county.
    county_id : str
    since : date
        The list's day: what ran before is what the household has had all along.
    day : date
        Measures that begin later are not begun.

    Returns
    -------
    DataFrame
        `REGISTERED`: first day, the measures, and the day the last of them ended or ends,
        missing where one has no end.
    """
    begun = assistance.filter(pl.col("started_on").is_between(since, day, closed="right"))
    no_end = pl.col("ended_on").is_null().any()
    summed = begun.group_by("household_id").agg(
        pl.lit(county_id).alias("county_id"),
        pl.col("started_on").min().alias("helped_on"),
        pl.col("measure").unique().sort().alias("helped_by"),
        pl.when(no_end).then(None).otherwise(pl.col("ended_on").max()).alias("helped_until"),
    )
    return summed.select(pl.col(name).cast(kind) for name, kind in REGISTERED.items()).sort(HOUSEHOLD)


def help_state(help_days: int, day: date) -> list[pl.Expr]:
    """Give ``help``, ``help_due_on`` and ``help_begun_on`` of rows with visits and registered help.

    Parameters
    ----------
    help_days : int
        Days from the visit that confirmed a risk to the first measure.
    day : date
        As of which help is overdue.

    Notes
    -----
    Done is what the register says has ended, all of it, and no visit knows of a measure
    beside: of a measure that a visit reports nobody has written down an end.
    """
    is_confirmed, begun_on = pl.col("result") == "confirmed", pl.min_horizontal("measure_on", "helped_on")
    due_on = pl.col("confirmed_on") + pl.duration(days=help_days)
    has_ended = (pl.col("helped_until") <= day) & (
        pl.col("measures").list.set_difference("helped_by").list.len() == 0
    )
    state = (
        pl.when(pl.col("closed").is_not_null())
        .then(pl.lit("none_needed"))
        .when(is_confirmed & begun_on.is_not_null() & has_ended)
        .then(pl.lit("done"))
        .when(is_confirmed & begun_on.is_not_null())
        .then(pl.lit("begun"))
        .when(is_confirmed & (due_on < day))
        .then(pl.lit("overdue"))
        .when(is_confirmed)
        .then(pl.lit("planned"))
    )
    return [
        state.alias("help"),
        pl.when(is_confirmed).then(due_on).alias("help_due_on"),
        pl.when(is_confirmed).then(begun_on).alias("help_begun_on"),
    ]
