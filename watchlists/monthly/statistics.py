"""How many households of a month, by township: 排查情况统计表."""

from collections.abc import Mapping

import polars as pl

from register.tables.assistance import MEASURES
from watchlists.ledger.visits import NOT_AT_HOME
from watchlists.monthly.proposals import UNDECIDED
from watchlists.monthly.visits import CONFIRMED, MET

TOWNSHIP = ["county_id", "township_id"]
GROUPS = ("unstable", "marginal", "sudden", UNDECIDED)
#: Where the form has a column of a group of measures, this stands before its code.
BEGUN = "begun_"
_RESULT = pl.col("result")
#: Column of the form -> the households it counts.
COUNTED: Mapping[str, pl.Expr] = {
    "due": pl.col("is_due"),
    "visited": _RESULT.is_in(MET),
    "absent": _RESULT == NOT_AT_HOME,
    **{result: pl.col("result") == result for result in MET},
    "proposed": pl.col("group_proposed").is_not_null(),
    **{group: pl.col("group_proposed") == group for group in GROUPS},
    **{f"{BEGUN}{code}": pl.col("measures_begun").list.contains(code) for code in MEASURES},
    "off_list": ~pl.col("is_listed") & (_RESULT == CONFIRMED),
}
STATISTICS = {**dict.fromkeys(TOWNSHIP, pl.String()), **dict.fromkeys(COUNTED, pl.Int64())}


def statistics(cases: pl.DataFrame, townships: pl.DataFrame) -> pl.DataFrame:
    """Count a month's households by township.

    Parameters
    ----------
    cases : DataFrame
        `watchlists.monthly.cases.CASES`.
    townships : DataFrame
        `TOWNSHIP` of every township that has to report: also one where nothing happened.

    Returns
    -------
    DataFrame
        `STATISTICS`, a row a township in order of ids. Visited are those confirmed, not
        confirmed, helped already and moved away together; proposed those of the four
        groups together. No rate of them is worked out: they are counts to add up.
    """
    counted = cases.group_by(TOWNSHIP).agg(
        pl.when(which).then(1).otherwise(0).sum().alias(name) for name, which in COUNTED.items()
    )
    places = pl.concat([townships.select(TOWNSHIP), cases.select(TOWNSHIP)]).unique()
    rows = places.join(counted, on=TOWNSHIP, how="left").with_columns(pl.col(*COUNTED).fill_null(0))
    return rows.select(pl.col(name).cast(kind) for name, kind in STATISTICS.items()).sort(TOWNSHIP)


def total(rows: pl.DataFrame) -> dict[str, int]:
    """Add up the townships: column -> households.

    Examples
    --------
    >>> total(pl.DataFrame(schema=STATISTICS))["visited"]
    0
    """
    return {name: int(rows[name].sum()) for name in COUNTED}
