"""The ledger of visits: every household of a published list as a task, and how far it has come.

It is worked out anew from the list, the visits read back and the register: there is no
second store of tasks that could say something else.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from watchlists.ledger.due import due_days
from watchlists.ledger.help import REGISTERED, help_state
from watchlists.ledger.parameters import LedgerParameters
from watchlists.ledger.returned import RETURNED
from watchlists.ledger.visits import HOUSEHOLD, NOT_AT_HOME, VISITED
from watchlists.visits.place_names import NAMES

#: Codes of ``state``, Chinese and English; every task is in one of them.
STATES = {
    "not_visited": ("未走访", "not visited"),
    "to_repeat": ("户主不在家待补访", "nobody at home, to repeat"),
    "returned": ("退回更正", "returned for correction"),
    "visited": ("已走访", "visited"),
    "done": ("已完成", "done"),
}
#: Codes of ``listed_by``.
LISTED_BY = {"duty": ("必访", "must visit"), "risk": ("按风险", "by risk")}
#: Codes of ``closed``: results of a visit after which nothing is left to do.
CLOSED = {
    "not_confirmed": ("未发现风险", "risk not confirmed"),
    "already_helped": ("已有帮扶", "already helped"),
    "moved_away": ("已迁出", "moved away"),
}
#: A task, one a household of the list. What a village or household has nobody for is missing.
TASKS = {
    "list_id": pl.String(),
    "season": pl.String(),
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    **dict.fromkeys(NAMES, pl.String()),
    "group": pl.String(),
    "household_id": pl.String(),
    "order": pl.Int64(),
    "listed_by": pl.String(),
    "responsible": pl.String(),
    "responsible_phone": pl.String(),
    "due_on": pl.Date(),
    "state": pl.String(),
    "overdue": pl.Boolean(),
    "visited_on": pl.Date(),
    "result": pl.String(),
    "closed": pl.String(),
    "help": pl.String(),
    "help_due_on": pl.Date(),
    "help_begun_on": pl.Date(),
}


@dataclass(frozen=True)
class CameBack:
    """What is known by a day of a list that was handed out.

    Attributes
    ----------
    visited : DataFrame
        `watchlists.ledger.visits.VISITED`.
    returned : DataFrame
        `watchlists.ledger.returned.RETURNED`, each household once or more.
    registered : DataFrame
        `watchlists.ledger.help.REGISTERED`.
    """

    visited: pl.DataFrame
    returned: pl.DataFrame
    registered: pl.DataFrame


#: Before anybody went.
NOTHING_BACK = CameBack(*(pl.DataFrame(schema=schema) for schema in (VISITED, RETURNED, REGISTERED)))


def tasks(
    listed: pl.DataFrame,
    season: str,
    list_id: str,
    back: CameBack,
    rules: LedgerParameters,
    day: date,
) -> pl.DataFrame:
    """Work out the tasks of a list as of a day.

    Parameters
    ----------
    listed : DataFrame
        The list of a release (`watchlists.assembly.LISTED`); lists from before places had
        names lack those.
    season, list_id : str
        Which list it is (`watchlists.release.store`).
    back : CameBack
        What is known by `day`.
    rules : LedgerParameters
        When visits and help are due.
    day : date
        A task is overdue from the day after it was due.

    Returns
    -------
    DataFrame
        `TASKS`, in the order of the list; ``group`` and ``responsible`` are missing until
        `watchlists.ledger.responsible.assigned` fills them in.

    Notes
    -----
    A household whose row was set aside is ``returned`` until the row is put right, also
    where an earlier visit stands: which of the two holds is open. ``done`` is a task with
    nothing left to do: closed by its result, or the risk confirmed and help begun.
    """
    rows = _of_list(listed, season, list_id)
    returned = back.returned.select(HOUSEHOLD).unique().with_columns(pl.lit(value=True).alias("is_returned"))
    joined = due_days(rows, season, rules.duty_days)
    for known in (back.visited, back.registered, returned):
        joined = joined.join(known, on=HOUSEHOLD, how="left", maintain_order="left", validate="m:1")
    closed = pl.when(pl.col("result").is_in(list(CLOSED))).then("result").alias("closed")
    helped = joined.with_columns(closed).with_columns(help_state(rules.help_days, day))
    late = (pl.col("due_on") < day) & pl.col("state").is_in(["not_visited", "to_repeat", "returned"])
    return (
        helped.with_columns(_state().alias("state")).with_columns(late.alias("overdue")).select(list(TASKS))
    )


def _of_list(listed: pl.DataFrame, season: str, list_id: str) -> pl.DataFrame:
    """Bring a list to the columns of tasks that it knows itself."""
    names = [name if name in listed.columns else pl.lit(None, pl.String()).alias(name) for name in NAMES]
    is_duty = pl.col("listed_by") == "rule"
    return listed.select(
        pl.lit(list_id).alias("list_id"),
        pl.lit(season).alias("season"),
        "county_id",
        "township_id",
        "village_id",
        *names,
        *(pl.lit(None, pl.String()).alias(empty) for empty in ("group", "responsible", "responsible_phone")),
        "household_id",
        pl.col("rank").cast(pl.Int64).alias("order"),
        pl.when(is_duty).then(pl.lit("duty")).otherwise(pl.lit("risk")).alias("listed_by"),
    )


def _state() -> pl.Expr:
    is_done = pl.col("closed").is_not_null() | pl.col("help").is_in(["begun", "done"])
    return (
        pl.when("is_returned")
        .then(pl.lit("returned"))
        .when(pl.col("result").is_null())
        .then(pl.lit("not_visited"))
        .when(pl.col("result") == NOT_AT_HOME)
        .then(pl.lit("to_repeat"))
        .when(is_done)
        .then(pl.lit("done"))
        .otherwise(pl.lit("visited"))
    )
