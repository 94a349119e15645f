"""Tasks counted by place and person: whole households that add up to the list."""

from collections.abc import Sequence

import polars as pl

#: Levels of a count: the columns that tell its places apart, Chinese and English.
LEVELS = {
    "county": (["county_id"], "县", "county"),
    "township": (["county_id", "township_id"], "乡镇", "township"),
    "village": (["county_id", "township_id", "village_id"], "行政村", "village"),
    "person": (["county_id", "responsible", "responsible_phone"], "责任人", "responsible"),
}
_VISITED = pl.col("state").is_in(["visited", "done"])
#: What is counted, how, Chinese and English. The first of them is the sum of the next five.
COUNTS = {
    "listed": (pl.lit(value=True), "应访", "listed"),
    "visited": (_VISITED, "已访", "visited"),
    "to_repeat": (pl.col("state") == "to_repeat", "待补访", "to repeat"),
    "returned": (pl.col("state") == "returned", "退回更正", "to correct"),
    "not_visited": (pl.col("state") == "not_visited", "未访", "not visited"),
    "overdue": (pl.col("overdue"), "逾期", "overdue"),
    "confirmed": (pl.col("result") == "confirmed", "风险属实", "confirmed"),
    "not_confirmed": (pl.col("closed") == "not_confirmed", "未发现风险", "not confirmed"),
    "help_begun": (pl.col("help").is_in(["begun", "done"]), "措施已落实", "help begun"),
    "help_overdue": (pl.col("help") == "overdue", "措施逾期", "help overdue"),
}
#: Each task is in one of these counts.
EVERY_STATE = ("visited", "to_repeat", "returned", "not_visited")


def progress(tasks: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Count tasks by some of their columns.

    Parameters
    ----------
    tasks : DataFrame
        `watchlists.ledger.tasks.TASKS`.
    by : sequence of str
        Columns that tell the rows apart, such as those of `LEVELS`; none for one row in all.

    Returns
    -------
    DataFrame
        `by` and the counts of `COUNTS`, households, in the order of `by`, what is missing last.
        Whatever `by` is, the rows add up to the list: `EVERY_STATE` of a row to its ``listed``,
        ``listed`` of all rows to the tasks.
    """
    counts = [expression.fill_null(value=False).cast(pl.Int64) for expression, _, _ in COUNTS.values()]
    flags = tasks.select(*by, *(one.alias(name) for name, one in zip(COUNTS, counts, strict=True)))
    sums = pl.col(list(COUNTS)).sum()
    if not by:
        return flags.select(sums)
    return flags.group_by(list(by), maintain_order=True).agg(sums).sort(list(by), nulls_last=True)
