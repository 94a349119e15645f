"""Run every check over a county and list what is in doubt, without a personal value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from register.atomic import write_parquet
from register.consistency.across import across_counties, marks_of
from register.consistency.declaration import CHECKS, Check
from register.consistency.known import Known
from register.consistency.limits import limits_on
from register.seasons import months_later
from register.shard import Shard
from register.tables import TABLES

FINDINGS = {
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "household_id": pl.String(),
    "member_id": pl.String(),
    "code": pl.String(),
    "severity": pl.String(),
    "evidence": pl.String(),
}
WHO = ("household_id", "member_id")


@dataclass(frozen=True)
class Examined:
    """What the checks said of one county.

    Attributes
    ----------
    findings : DataFrame
        Columns of `FINDINGS`, one row a check and household, member or township in doubt.
    unchecked : tuple of str
        Codes of the checks that could say nothing, because a column they read has no
        value in the whole county.
    marks : DataFrame
        Hashes to compare counties by (`register.consistency.across`); never written.
    """

    findings: pl.DataFrame
    unchecked: tuple[str, ...]
    marks: pl.DataFrame


def examine(
    tables: Mapping[str, pl.DataFrame], lines: pl.DataFrame, as_of_date: date | None = None
) -> Examined:
    """Look through one county with every declared check.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Admitted tables, with phones and identity numbers where they were delivered.
    lines : DataFrame
        Income lines of all regions.
    as_of_date : date, optional
        Events after it are not seen; `last_month` of the tables by default. All that has
        been recorded counts, late entries too.

    Returns
    -------
    Examined
    """
    day = as_of_date or last_month(tables)
    known = Known(Shard.of(tables, lines), day, date.max, limits_on(day))
    filled = _filled(known.shard)
    able = [check for check in CHECKS.values() if filled.issuperset(check.reads)]
    findings = [_listed(check, known) for check in able]
    listed = pl.concat([pl.DataFrame(schema=FINDINGS), *findings]).sort(list(FINDINGS), nulls_last=True)
    silent = tuple(sorted(CHECKS.keys() - {check.code for check in able}))
    return Examined(listed, silent, marks_of(known))


def last_month(tables: Mapping[str, pl.DataFrame]) -> date:
    """Give the end of the last month in which anything happened that is on record."""
    days = [
        table[TABLES[name].event].max()
        for name, table in tables.items()
        if not TABLES[name].entity and "ended_on" not in TABLES[name].by_name
    ]
    return months_later(max(day for day in days if isinstance(day, date)), 0)


def _filled(shard: Shard) -> set[str]:
    """Name every ``table.column`` that has a value."""
    return {
        f"{name}.{column}"
        for name, frame in shard.tables.items()
        for column in frame.columns
        if frame[column].null_count() < len(frame)
    }


def _listed(check: Check, known: Known) -> pl.DataFrame:
    """Put one check's findings in the columns of `FINDINGS`: the place, who, and how many records."""
    doubts = check.find(known)
    of_household = "household_id" in doubts.columns
    who = [name for name in WHO if name in doubts.columns] if of_household else ["township_id"]
    if "evidence" not in doubts.columns:
        evidence = pl.format("{}; n={}", pl.lit(" ".join(check.reads)), pl.len().over(who))
        doubts = doubts.with_columns(evidence.alias("evidence"))
    once = doubts.select(*who, "evidence").unique(who)
    placed = once.join(known.places, on="household_id", how="left") if of_household else once
    constants = {"county_id": known.county_id, "code": check.code, "severity": check.severity}
    filled = placed.with_columns(pl.lit(value).alias(name) for name, value in constants.items())
    absent = [pl.lit(None, pl.String).alias(name) for name in FINDINGS if name not in filled.columns]
    return filled.with_columns(absent).select(list(FINDINGS))


def write_findings(folder: Path, examined: Sequence[Examined]) -> pl.DataFrame:
    """Write the findings in and across all counties to ``findings.parquet``; give them."""
    across = across_counties([one.marks for one in examined]).select(list(FINDINGS))
    findings = pl.concat([pl.DataFrame(schema=FINDINGS), *(one.findings for one in examined), across])
    where = ["county_id", "township_id", "village_id"]
    once = findings.unique(["code", *where, *WHO], keep="first", maintain_order=True)
    ordered = once.sort(list(FINDINGS), nulls_last=True)
    write_parquet(folder / "findings.parquet", ordered)
    return ordered


def counted(findings: pl.DataFrame) -> dict[str, int]:
    """Count the findings by code."""
    return dict(findings.group_by("code").len().sort("code").iter_rows())


def unchecked(examined: Sequence[Examined]) -> list[str]:
    """Name the checks that no county could answer."""
    silent = [set(one.unchecked) for one in examined]
    return sorted(set.intersection(*silent)) if silent else []
