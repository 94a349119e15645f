"""Load the reference data; a value without a date and a source does not load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from register.errors import ContractError
from register.shard import LINES_SCHEMA
from register.tables.assistance import MEASURES
from register.tables.monitoring import CAUSES

FOLDER = Path(__file__).parent
NEEDS = ("student", "disabled", "able_to_work")
STATUSES = ("sourced", "interpolated")


@dataclass(frozen=True)
class Cause:
    """A cause of return to poverty, or (`kind` circumstance) what else risk is split over.

    Attributes
    ----------
    code, official_code : str
        Huitou's name and the number of the official table, "" where none was found.
    kind : str
        ``cause`` or ``circumstance``.
    zh, en : str
        What people read.
    older : tuple of str
        Wordings of older lists that mean the same.
    effective_from : date
        Since when.
    source : str
        Where it comes from.
    """

    code: str
    official_code: str
    kind: str
    zh: str
    en: str
    older: tuple[str, ...]
    effective_from: date
    source: str


@dataclass(frozen=True)
class Measure:
    """A group of measures: the causes it serves and what a member must be (`needs`) to get it."""

    code: str
    official_code: str
    zh: str
    en: str
    serves: tuple[str, ...]
    needs: tuple[str, ...]
    effective_from: date
    source: str


@dataclass(frozen=True)
class AlertRule:
    """A must-visit rule: it speaks where every feature of `when` is at least its threshold."""

    code: str
    zh: str
    en: str
    when: Mapping[str, float]
    effective_from: date
    source: str


def causes(path: Path = FOLDER / "causes.yaml") -> dict[str, Cause]:
    """Load causes, then circumstances, by code."""
    loaded = [
        Cause(**{**row, "older": tuple(row["older"])})
        for row in cited_rows(path, ("code", "official_code", "kind", "zh", "en", "older"))
    ]
    for cause in loaded:
        _allowed(path, cause.code, "kind", [cause.kind], ("cause", "circumstance"))
        _allowed(path, cause.code, "code", [cause.code] if cause.kind == "cause" else [], CAUSES)
    return {cause.code: cause for cause in loaded}


def measures(path: Path = FOLDER / "measures.yaml") -> dict[str, Measure]:
    """Load the groups of measures by code, in official order."""
    loaded = [
        Measure(**{**row, "serves": tuple(row["serves"]), "needs": tuple(row["needs"])})
        for row in cited_rows(path, ("code", "official_code", "zh", "en", "serves", "needs"))
    ]
    for measure in loaded:
        _allowed(path, measure.code, "code", [measure.code], MEASURES)
        _allowed(path, measure.code, "serves", measure.serves, CAUSES)
        _allowed(path, measure.code, "needs", measure.needs, NEEDS)
    return {measure.code: measure for measure in loaded}


def alert_rules(path: Path = FOLDER / "alert_rules.yaml") -> tuple[AlertRule, ...]:
    """Load the must-visit rules in the order they are named on a list."""
    return tuple(_alert_rule(path, row) for row in cited_rows(path, ("code", "zh", "en", "when")))


def income_lines(path: Path = FOLDER / "income_lines.yaml") -> pl.DataFrame:
    """Load the income lines of all regions.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`, sorted by region and date; a line ends where the
        next of its region begins, ``origin`` tells its status and source.
    """
    rows = cited_rows(path, ("region_id", "yuan_per_person_year", "status"))
    for row in rows:
        _allowed(path, row["region_id"], "status", [row["status"]], STATUSES)
    lines = pl.DataFrame(rows).sort("region_id", "effective_from")
    return lines.select(
        "region_id",
        "effective_from",
        pl.col("effective_from").shift(-1).over("region_id").alias("effective_to"),
        (pl.col("yuan_per_person_year") / 12).alias("line_per_month"),
        pl.format("{}: {}", "status", "source").alias("origin"),
    ).cast(LINES_SCHEMA)  # type: ignore[arg-type]  # polars types the mapping too narrowly


def _alert_rule(path: Path, row: Mapping[str, Any]) -> AlertRule:
    when = row["when"]
    if not isinstance(when, dict) or not all(isinstance(least, int | float) for least in when.values()):
        raise ContractError(
            f"{path.name}: entry {row['code']!r} has no readable `when`; write when: {{FEATURE: AT_LEAST}}"
        )
    return AlertRule(**{**row, "when": {name: float(least) for name, least in when.items()}})


def cited_rows(path: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Read entries that have all of `names`, a date and a source; refuse a file with any that has not."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = (*names, "effective_from", "source")
    for number, row in enumerate(rows, 1):
        lacking = [name for name in expected if row.get(name) is None or row[name] == ""]
        lacking = [name for name in lacking if name != "official_code" or name not in row]
        unknown = sorted(row.keys() - set(expected))
        if lacking or unknown or not isinstance(row["effective_from"], date):
            raise ContractError(
                f"{path.name}: entry {number} lacks {lacking} and has unknown {unknown}; every value needs "
                f"{', '.join(expected)}, effective_from as YYYY-MM-DD; add them or drop the value"
            )
    return list(rows)


def _allowed(path: Path, code: str, name: str, found: Iterable[str], allowed: tuple[str, ...]) -> None:
    wrong = [value for value in found if value not in allowed]
    if wrong:
        raise ContractError(
            f"{path.name}: entry {code!r}, {name}: found {wrong}, allowed are {list(allowed)}; correct it"
        )
