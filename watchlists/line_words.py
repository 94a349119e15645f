"""What the income line and money are called, Chinese and English."""

import re
from collections.abc import Mapping
from typing import Any

from register.reference.cited import Status
from register.reference.income_lines import SOURCED, status_of

#: By ISO 4217 code; any other currency goes by its code.
NAMES = {"CNY": ("元", " yuan")}
#: How sure a line is (`register.reference.cited.Status`).
STATUSES = {
    "sourced": ("有文件", "sourced"),
    "interpolated": ("插补", "interpolated"),
    "unverified": ("未核实", "unverified"),
}
#: A section of the project's pages and ids of its bibliography, as cited amounts name them.
OWN_PAGES = re.compile(r",? DOMAIN [\d.]+( ?\[\w+\])*")
UNTOLD_LINE = ("所用监测线：该发布没有记录。", "Line used: this release does not say.")
UNKNOWN_LINE = ("所用监测线：无，收入无法与线比较。", "Line used: none; incomes cannot be held against one.")


def money(amount: float, currency: str) -> tuple[str, str]:
    """Write an amount without its fraction.

    Parameters
    ----------
    amount : float
    currency : str
        ISO 4217.

    Examples
    --------
    >>> money(8700, "CNY"), money(1200000, "UGX")
    (('8,700元', '8,700 yuan'), ('1,200,000 UGX', '1,200,000 UGX'))
    """
    zh, en = NAMES.get(currency, (f" {currency}", f" {currency}"))
    return f"{amount:,.0f}{zh}", f"{amount:,.0f}{en}"


def line_of_county(
    lines: Mapping[str, Any] | None, county_id: str, caution: tuple[str, str] | None = None
) -> tuple[str, str]:
    """Say which line a county's incomes were held against.

    Parameters
    ----------
    lines : mapping or None
        By county, as a release's manifest keeps them; None of an older release, which keeps none.
    county_id : str
    caution : (str, str), optional
        What every sheet must say before it.
    """
    zh, en = UNTOLD_LINE if lines is None else line_used(_without_pages(lines.get(county_id)))
    return (f"{caution[0]}{zh}", f"{caution[1]} {en}") if caution else (zh, en)


def _without_pages(line: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Leave out where the project's own pages discuss a line: nobody who holds a sheet can look there."""
    return line and {**line, "origin": OWN_PAGES.sub("", line["origin"])}


def line_used(line: Mapping[str, Any] | None) -> tuple[str, str]:
    """Say which line incomes were held against, and warn where no document states it.

    Parameters
    ----------
    line : mapping or None
        `register.shard.IncomeLine` as a release's manifest keeps it: ``region_id, effective_from,
        per_month, currency, origin``; None where none was in force.

    Examples
    --------
    >>> line = {"region_id": "520000", "effective_from": "2025-01-01", "per_month": 700.0}
    >>> line_used({**line, "currency": "CNY", "origin": "delivered: a letter"})[1]
    'Line used: region 520000, 8,400 yuan a person and year since 2025-01-01 (delivered: a letter).'
    """
    if line is None:
        return UNKNOWN_LINE
    region, since, origin = line["region_id"], line["effective_from"], line["origin"]
    caution = _caution(status_of(origin))
    if not line["currency"]:
        return (
            f"所用监测线：地区{region}，自{since}起（{_in_chinese(origin)}）。{caution[0]}",
            f"Line used: region {region}, since {since} ({origin}).{caution[1]}",
        )
    zh, en = money(line["per_month"] * 12, line["currency"])
    return (
        f"所用监测线：地区{region}，自{since}起每人每年{zh}（{_in_chinese(origin)}）。{caution[0]}",
        f"Line used: region {region}, {en} a person and year since {since} ({origin}).{caution[1]}",
    )


def _in_chinese(origin: str) -> str:
    """Say in Chinese how sure a line is; what it rests on stays as it is called."""
    status, colon, document = origin.partition(": ")
    return f"{STATUSES[status][0]}：{document}" if colon and status in STATUSES else origin


def _caution(status: Status) -> tuple[str, str]:
    """Warn of a line that no document states."""
    if status == SOURCED:
        return "", ""
    zh, en = STATUSES[status]
    return (
        f"此线{zh}，没有文件依据，请核实。",
        f" This line is {en}, no document states it; check it.",
    )


def distance_to_line(row: Mapping[str, Any], line_a_year: float | None, currency: str) -> tuple[str, str]:
    """Say how far above or below the line a household's income is."""
    over = row.get("resources_over_line")
    if over is None:
        return (
            "收入未登记，与监测线的距离不详。",
            "Income is not recorded; the distance to the line is unknown.",
        )
    if line_a_year is None:
        zh, en = _distance(over, "监测线", "the line")
        return f"扣除医疗自付后，人均收入{zh}。", f"After own medical payment, income a person is {en}."
    line_zh, _ = money(line_a_year, currency)
    zh, en = _distance(over, f"监测线（{line_zh}）", f"the line of {line_a_year:,.0f}")
    income_zh, income_en = money(round(over * line_a_year, -2), currency)
    return (
        f"扣除医疗自付后，人均年收入约{income_zh}，{zh}。",
        f"After own medical payment, income is about {income_en} a person and year, {en}.",
    )


def _distance(over: float, line_zh: str, line_en: str) -> tuple[str, str]:
    if over >= 2:
        return f"是{line_zh}的{over:.1f}倍", f"{over:.1f} times {line_en}"
    if over >= 1:
        return f"比{line_zh}高{over - 1:.0%}", f"{over - 1:.0%} above {line_en}"
    return f"比{line_zh}低{1 - over:.0%}", f"{1 - over:.0%} below {line_en}"
