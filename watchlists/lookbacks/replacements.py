"""A corrected day or household: the visit that was read back wrongly gives way to the one that says 更正."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from register.lookback_store import RECORDS, holding
from register.quarantine import REASONS
from watchlists.lookbacks.rows import JUDGED
from watchlists.lookbacks.versions import CORRECTABLE, LISTED, VISIT
from watchlists.lookbacks.withdrawals import taken_back
from watchlists.lookbacks.words import CORRECTION, reason_and_step

#: A visit that was written beside the wrong household says the same but for the correction.
ALIKE = ["source_kind", "list_id", "visited_on", *(name for name in CORRECTABLE if name != "note")]
MOVED_DAY = (
    "更正了走访日期，此前读回的那天撤销 / corrects the day: the visit of the other day is withdrawn",
    "原来的内容也保留；走访了两次的，另起一行写那一次 / if there were two visits, add a row for it",
)
MOVED_HOUSEHOLD = (
    "更正了走访的户，此前记在另一户的撤销 / corrects the household: that of another is withdrawn",
    "原来的内容也保留；两户都走访过的，另一户再填一次 / if both were visited, fill in the other again",
)
WHICH_DAY = (
    "写了“更正”，该户此前读回的走访不止一次，不知更正哪一次 / a correction, but of which visit?",
    (
        "加一行，核实结果写“撤销”，走访日期写错的那天（{days}），本行去掉“更正” / add a row with 撤销 as the "
        "result and the wrong day ({days}), and take 更正 out of this one"
    ),
)
WHICH_HOUSEHOLD = (
    "写了“更正”，此前内容相同的不止一户，不知更正哪一户 / a correction, but of which household?",
    (
        "在填错的那一户的核实结果写“撤销”，本行去掉“更正” / write 撤销 as the result of the household that "
        "was wrong, and take 更正 out of this row"
    ),
)


def replacements(
    accepted: pl.DataFrame, sound: pl.DataFrame, blank: pl.DataFrame, stored: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Find the visits that give way to a correction of their day or household.

    A row whose note says 更正 and whose visit is new corrects the one visit to its household
    by the same kind of visitor that its file no longer tells of; where there is none, the one
    that reads the same but stands beside a household whose row is empty now.

    Parameters
    ----------
    accepted : DataFrame
        Visits to keep (`watchlists.lookbacks.rows.JUDGED`).
    sound : DataFrame
        Every visit of this reading without a fault: `VISIT`, ``file``.
    blank : DataFrame
        Rows that are not filled in: `LISTED`, ``file``.
    stored : DataFrame
        What earlier readings left.

    Returns
    -------
    withdrawn, remarks, reasons : tuple of DataFrame
        Versions that take the wrong visits back; `register.quarantine.REASONS` of the rows
        that do so, and against those of which it is not clear what they correct.
    """
    before = holding(pl.concat([one.select(list(RECORDS)) for one in (stored, accepted)]))
    new = accepted.join(holding(stored), on=VISIT, how="anti", maintain_order="left")
    declared = new.filter(pl.col("note").str.contains(CORRECTION, literal=True))
    withdrawn: list[dict[str, Any]] = []
    remarks: list[tuple[str, int, str, str, str]] = []
    reasons: list[tuple[str, int, str, str, str]] = []
    for row in declared.iter_rows(named=True):
        untold = before.join(sound.filter(file=row["file"]), on=VISIT, how="anti")
        wrong, remark, unclear = _corrected_by(row, untold, blank)
        if len(wrong) > 1:
            days = "、".join(f"{day}" for day in sorted(wrong["visited_on"]))
            reasons.append((row["file"], row["row"], remark[0], *reason_and_step(unclear, days=days)))
        elif len(wrong):
            withdrawn.append(taken_back(wrong.row(0, named=True), row))
            remarks.append((row["file"], row["row"], *remark))
    return (
        pl.DataFrame(withdrawn, schema=JUDGED).unique(VISIT, keep="first", maintain_order=True),
        pl.DataFrame(remarks, schema=REASONS, orient="row"),
        pl.DataFrame(reasons, schema=REASONS, orient="row"),
    )


def _may_be_of(role: str | None) -> pl.Expr:
    """Leave out the visits of others: whoever corrects a day corrects what was written by the same hand."""
    return pl.lit(role is None) | pl.col("role").is_null() | (pl.col("role") == role)


def _corrected_by(
    row: Mapping[str, Any], untold: pl.DataFrame, blank: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[str, str, str], tuple[str, str]]:
    """Give the visits a row may correct, the remark about it, and the reason where they are several."""
    same_household = untold.filter([*(pl.col(name) == row[name] for name in LISTED), _may_be_of(row["role"])])
    if len(same_household):
        return same_household, ("visited_on", *MOVED_DAY), WHICH_DAY
    emptied = untold.join(blank.filter(file=row["file"]), on=LISTED, how="semi")
    alike = emptied.filter(pl.col(name).eq_missing(pl.lit(row[name])) for name in ALIKE)
    return alike, ("household_id", *MOVED_HOUSEHOLD), WHICH_HOUSEHOLD
