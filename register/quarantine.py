"""What cannot be used is kept apart with every reason; nothing is lost, nothing is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from register.contract import Table

REASONS = {
    "file": pl.String(),
    "row": pl.UInt32(),
    "column": pl.String(),
    "reason": pl.String(),
    "next_step": pl.String(),
}
#: In every reason that another row's was set aside: whoever mends that one has mended these.
FOLLOWS = "被隔离"
#: Reasons that are said on a terminal; a person mends the first before reading on.
AT_MOST = 5


@dataclass(frozen=True)
class Finding:
    """One fault that some rows share. It never carries a value of theirs.

    Attributes
    ----------
    rows : Series
        True for the rows at fault.
    column : str
        Column at fault; several are joined by ``+``.
    reason, next_step : str
        Chinese / English, for whoever mends the data.
    """

    rows: pl.Series
    column: str
    reason: str
    next_step: str


def reasons_of(frame: pl.DataFrame, findings: Iterable[Finding]) -> pl.DataFrame:
    """List file, row, column, reason and next step of every finding.

    Parameters
    ----------
    frame : DataFrame
        With ``file`` and ``row``, as long as the findings' masks.
    findings : iterable of Finding

    Returns
    -------
    DataFrame
        Columns of `REASONS`, by row in the order of the findings.
    """
    parts = [
        frame.select("file", "row")
        .filter(finding.rows)
        .with_columns(
            column=pl.lit(finding.column), reason=pl.lit(finding.reason), next_step=pl.lit(finding.next_step)
        )
        for finding in findings
    ]
    return pl.concat([pl.DataFrame(schema=REASONS), *parts]).sort("file", "row", maintain_order=True)


def without_rows(frame: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows that no reason names."""
    if not len(reasons):
        return frame
    return frame.join(reasons.select("file", "row").unique(), on=["file", "row"], how="anti")


def without_duplicates(frame: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Drop exact repetitions and set aside records that contradict each other.

    Parameters
    ----------
    frame : DataFrame
        Typed, with ``file`` and ``row``.
    table : Table

    Returns
    -------
    kept, dropped, reasons : tuple of DataFrame
        Rows to go on with; the second and further copies of a row (``file, row``); the
        reasons against all records of one key and one `recorded_on` that differ, each with the
        columns that do and another such row. What goes to the vault makes no difference: the
        first copy's is kept.
    """
    version = list(dict.fromkeys([*table.key, "recorded_on"]))
    repeated = frame.select(version).is_duplicated()
    if not repeated.any():
        return frame, frame.clear().select("file", "row"), pl.DataFrame(schema=REASONS)
    suspects = frame.filter(repeated)
    distinct = suspects.unique(list(table.kept), keep="first", maintain_order=True)
    dropped = suspects.select("file", "row").join(distinct, on=["file", "row"], how="anti")
    reasons = _at_odds(distinct.filter(distinct.select(version).is_duplicated()), table, version)
    gone = pl.concat([dropped, reasons.select("file", "row")])
    return frame.join(gone, on=["file", "row"], how="anti", maintain_order="left"), dropped, reasons


def _at_odds(rows: pl.DataFrame, table: Table, version: list[str]) -> pl.DataFrame:
    """Name of records that should be one the columns that differ, and the row of another."""
    facts = [name for name in table.kept if name not in version]
    differ = [
        pl.when(pl.col(name).n_unique().over(version) > 1).then(pl.lit(name)).alias(name) for name in facts
    ]
    first, second = pl.col("row").first().over(version), pl.col("row").get(1).over(version)
    other = pl.when(pl.col("row") == first).then(second).otherwise(first)
    where = pl.format("{} ≠ row {}", pl.concat_str(differ, separator="+", ignore_nulls=True), other)
    return rows.select(
        "file",
        "row",
        where.alias("column"),
        pl.lit("同一记录同日录入但内容不一 / records of one key entered on one day differ").alias("reason"),
        pl.lit("核实后只留一条 / keep the true one, or enter the later one with its own recorded_on").alias(
            "next_step"
        ),
    ).sort("file", "row")


def leading(reasons: pl.DataFrame) -> str:
    """Give the first of `leaders` in a sentence: how many rows, one of them, and what to do.

    Parameters
    ----------
    reasons : DataFrame
        Columns of `REASONS`.

    Returns
    -------
    str
        "" where nothing was set aside.
    """
    for reason, next_step, n, file, row, _ in leaders(reasons).head(1).iter_rows():
        return f"most often (n={n}, first {file} row {row}): {reason}; {next_step}"
    return ""


def reason_lines(reasons: pl.DataFrame, listed: str) -> list[str]:
    """Give for a terminal the reasons most rows were set aside for, with one row of each.

    Parameters
    ----------
    reasons : DataFrame
        Columns of `REASONS` at least.
    listed : str
        Where all of them stand.
    """
    ranked = leaders(reasons)
    lines = [
        f"{n:>8,}  隔离 {reason} ({file} row {row}, {column})\n          → {next_step}"
        for reason, next_step, n, file, row, column in ranked.head(AT_MOST).iter_rows()
    ]
    more = len(ranked) - len(lines)
    return [*lines, *([f"          … (+{more}: {listed})"] if more > 0 else [])]


def leaders(reasons: pl.DataFrame) -> pl.DataFrame:
    """Count the rows of every reason, the most frequent first, and what only follows from others last.

    Returns
    -------
    DataFrame
        ``reason, next_step, n, file, row, column``, of the last three the first such row's.
    """
    ordered = reasons.sort("file", "row", maintain_order=True)
    counted = ordered.group_by("reason", "next_step", maintain_order=True).agg(
        pl.struct("file", "row").n_unique().alias("n"), pl.col("file", "row", "column").first()
    )
    follows = pl.col("reason").str.contains(FOLLOWS, literal=True)
    return counted.sort(follows, "n", descending=[False, True], maintain_order=True)
