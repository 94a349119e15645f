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
from register.tables.households import HOUSEHOLDS
from register.tables.monitoring import CAUSES, CAUSES_FILE

FOLDER = Path(__file__).parent
STRUCTURAL = HOUSEHOLDS.by_name["structural_cause"].codes
NEEDS = ("student", "disabled", "able_to_work")
STATUSES = ("sourced", "interpolated", "unverified")
#: Fields that may be "": no number was found, no current cause corresponds.
MAY_BE_EMPTY = ("official_code", "cause")


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
    effective_from: date
    source: str


@dataclass(frozen=True)
class OlderCause:
    """A cause of the 2014 and 2017 lists, in all its wordings.

    Attributes
    ----------
    wordings : tuple of str
        How systems spell it.
    structural : str
        Code of ``households.structural_cause``.
    cause : str
        Today's cause it maps to; "" where none corresponds.
    """

    wordings: tuple[str, ...]
    structural: str
    cause: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Measure:
    """A group of measures: the causes it serves and what a member must be (`needs`) to get it.

    `is_development` (开发式) measures let people earn: who can work needs one of them.
    """

    code: str
    official_code: str
    zh: str
    en: str
    serves: tuple[str, ...]
    needs: tuple[str, ...]
    is_development: bool
    effective_from: date
    source: str


@dataclass(frozen=True)
class AlertRule:
    """A department's alert: it speaks where every feature of `when` is at least its threshold.

    `must_visit` rules put a household on the list whatever its risk.
    """

    code: str
    zh: str
    en: str
    when: Mapping[str, float]
    must_visit: bool
    effective_from: date
    source: str


def causes(path: Path = CAUSES_FILE) -> dict[str, Cause]:
    """Load causes, then circumstances, by code."""
    loaded = [Cause(**row) for row in cited_rows(path, ("code", "official_code", "kind", "zh", "en"))]
    for cause in loaded:
        allowed_only(path, cause.code, "kind", [cause.kind], ("cause", "circumstance"))
        allowed_only(path, cause.code, "code", [cause.code] if cause.kind == "cause" else [], CAUSES)
    return {cause.code: cause for cause in loaded}


def older_causes(path: Path = FOLDER / "older_causes.yaml") -> dict[str, OlderCause]:
    """Load the causes of the older lists by wording."""
    loaded = [
        OlderCause(**{**row, "wordings": tuple(row["wordings"])})
        for row in cited_rows(path, ("wordings", "structural", "cause"))
    ]
    for older in loaded:
        allowed_only(path, older.wordings[0], "structural", [older.structural], STRUCTURAL)
        allowed_only(path, older.wordings[0], "cause", [older.cause], ("", *CAUSES))
    return {wording: older for older in loaded for wording in older.wordings}


def measures(path: Path = FOLDER / "measures.yaml") -> dict[str, Measure]:
    """Load the groups of measures by code, in official order."""
    loaded = [
        Measure(**{**row, "serves": tuple(row["serves"]), "needs": tuple(row["needs"])})
        for row in cited_rows(
            path, ("code", "official_code", "zh", "en", "serves", "needs", "is_development")
        )
    ]
    for measure in loaded:
        allowed_only(path, measure.code, "code", [measure.code], MEASURES)
        allowed_only(path, measure.code, "serves", measure.serves, CAUSES)
        allowed_only(path, measure.code, "needs", measure.needs, NEEDS)
        allowed_only(path, measure.code, "is_development", [measure.is_development], (True, False))
    return {measure.code: measure for measure in loaded}


def alert_rules(path: Path = FOLDER / "alert_rules.yaml") -> tuple[AlertRule, ...]:
    """Load all rules of the departments, in the order they are named on a list."""
    names = ("code", "zh", "en", "when", "must_visit")
    return tuple(_alert_rule(path, row) for row in cited_rows(path, names))


def must_visit_rules(path: Path = FOLDER / "alert_rules.yaml") -> tuple[AlertRule, ...]:
    """Load the rules that put a household on the list whatever its risk."""
    return tuple(rule for rule in alert_rules(path) if rule.must_visit)


def income_lines(path: Path = FOLDER / "income_lines.yaml") -> pl.DataFrame:
    """Load the income lines of all regions.

    A county with lines of its own is a region of its own: where it is silent, its
    province's lines hold.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`, sorted by region and date; a line ends where the
        next of its region begins, ``origin`` tells its status and source.
    """
    rows = cited_rows(path, ("region_id", "yuan_per_person_year", "status"))
    for row in rows:
        allowed_only(path, row["region_id"], "status", [row["status"]], STATUSES)
    lines = pl.concat([_own_and_province(pl.DataFrame(rows), region) for region in _regions(rows)])
    return lines.select(
        "region_id",
        "effective_from",
        pl.col("effective_from").shift(-1).over("region_id").alias("effective_to"),
        (pl.col("yuan_per_person_year") / 12).alias("line_per_month"),
        pl.format("{}: {}", "status", "source").alias("origin"),
    ).cast(LINES_SCHEMA)  # type: ignore[arg-type]  # polars types the mapping too narrowly


def province_of(region_id: str) -> str:
    """Give the code of the province a county lies in (GB/T 2260); a province is its own."""
    return f"{region_id[:2]}0000"


def _regions(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({str(row["region_id"]) for row in rows})


def _own_and_province(rows: pl.DataFrame, region: str) -> pl.DataFrame:
    """Merge a region's own lines with its province's; on the same day its own wins."""
    both = rows.filter(pl.col("region_id").is_in([region, province_of(region)]))
    ordered = both.sort("effective_from", pl.col("region_id") == region)
    latest = ordered.unique("effective_from", keep="last", maintain_order=True)
    return latest.with_columns(pl.lit(region).alias("region_id"))


def _alert_rule(path: Path, row: Mapping[str, Any]) -> AlertRule:
    when = row["when"]
    if not isinstance(when, dict) or not all(isinstance(least, int | float) for least in when.values()):
        raise ContractError(
            f"{path.name}: entry {row['code']!r} has no readable `when`; write when: {{FEATURE: AT_LEAST}}"
        )
    allowed_only(path, row["code"], "must_visit", [row["must_visit"]], (True, False))
    return AlertRule(**{**row, "when": {name: float(least) for name, least in when.items()}})


def cited_rows(path: Path, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Read entries that have all of `names`, a date and a source; refuse a file with any that has not."""
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    expected = (*names, "effective_from", "source")
    for number, row in enumerate(rows, 1):
        lacking = [name for name in expected if row.get(name) is None or row[name] == ""]
        lacking = [name for name in lacking if name not in MAY_BE_EMPTY or name not in row]
        unknown = sorted(row.keys() - set(expected))
        if lacking or unknown or not isinstance(row["effective_from"], date):
            raise ContractError(
                f"{path.name}: entry {number} lacks {lacking} and has unknown {unknown}; every value needs "
                f"{', '.join(expected)}, effective_from as YYYY-MM-DD; add them or drop the value"
            )
    return list(rows)


def allowed_only(
    path: Path, code: str, name: str, values: Iterable[object], allowed: tuple[object, ...]
) -> None:
    """Refuse an entry whose field holds what is not allowed."""
    wrong = [value for value in values if value not in allowed]
    if wrong:
        raise ContractError(
            f"{path.name}: entry {code!r}, {name}: found {wrong}, allowed are {list(allowed)}; correct it"
        )
