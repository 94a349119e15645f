"""The income lines that a delivery brings: where each holds, since when, in which currency."""

from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from register.cells.blanks import trimmed
from register.cells.dates import day_of
from register.cells.numbers import numbers
from register.errors import ContractError
from register.faults import Faults
from register.parameters import parameter
from register.reference.cited import Cited, Status
from register.reference.income_lines import Currency, cited_lines, delivered_origin, in_force
from register.reference.yearly_amounts import province_of
from register.sources.delivery import Sheet

#: Name of the file beside the counties, or of the database's table.
LINES = "lines"
MONTHS = {"month": 1, "year": 12}


class DeliveredLine(Cited):
    """One row of ``lines.csv``."""

    region_id: str = parameter("region; villages.region_id names it", min_length=1)
    amount: float = parameter("net income a head below which a household is at risk", unit="currency", gt=0)
    period: Literal["year", "month"] = parameter("what the amount is for")
    currency: Currency = parameter("ISO 4217, such as CNY")
    status: Status = parameter("whether a document states it", default="sourced")


def delivered_lines(file: str, sheet: Sheet) -> pl.DataFrame:
    """Read the lines of a delivery; for regions it says nothing of, the cited ones hold.

    A province's delivered lines also replace the cited ones of its counties.

    Parameters
    ----------
    file : str
        What people call it.
    sheet : Sheet
        Its rows.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`.

    Raises
    ------
    ParamsError
        At the first cell of a row that is missing or not allowed; several rows come together.
    ContractError
        When there is no row, or a region has two lines from one day on.
    """
    cells = sheet.frame.select(trimmed(pl.col(name)).alias(name) for name in sheet.frame.columns)
    lines, faults = list[DeliveredLine](), Faults()
    for row, number in zip(cells.iter_rows(named=True), sheet.rows, strict=True):
        with faults.gathered():
            lines.append(DeliveredLine.of(_read(row), f"{file} row {number}:"))
    faults.refuse()
    _refuse_doubled(file, lines)
    own, cited = pl.DataFrame([_stated(one) for one in lines]), cited_lines()
    regions = {one.region_id for one in lines}
    holds = [regions.isdisjoint({one, province_of(one)}) for one in cited["region_id"]]
    return in_force(pl.concat([cited.filter(pl.Series(holds)), own.select(cited.columns)]))


def _read(row: Mapping[str, str | None]) -> dict[str, Any]:
    """Take what is filled in; what cannot be read stays as it is, to be refused by its name."""
    filled: dict[str, Any] = {name: text for name, text in row.items() if text is not None}
    day = day_of(filled.get("effective_from", ""))
    amount = pl.select(numbers(pl.lit(filled.get("amount", "")))).item()
    return filled | ({"effective_from": day} if day else {}) | ({} if amount is None else {"amount": amount})


def _stated(line: DeliveredLine) -> dict[str, Any]:
    return {
        "region_id": line.region_id,
        "effective_from": line.effective_from,
        "line_per_month": line.amount / MONTHS[line.period],
        "currency": line.currency,
        "origin": delivered_origin(line.status, line.source),
    }


def _refuse_doubled(file: str, lines: list[DeliveredLine]) -> None:
    if not lines:
        raise ContractError(f"{file}: found no line; fill in a row, or remove it to use the cited lines")
    keys = [(one.region_id, one.effective_from) for one in lines]
    doubled = next((key for key in keys if keys.count(key) > 1), None)
    if doubled:
        raise ContractError(
            f"{file}: region_id {doubled[0]} has two lines from {doubled[1]} on; keep one of them"
        )
