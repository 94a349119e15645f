"""What the income line and money are called, Chinese and English."""

from collections.abc import Mapping
from typing import Any

#: By ISO 4217 code; any other currency goes by its code.
NAMES = {"CNY": ("元", " yuan")}
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
    zh, en = UNTOLD_LINE if lines is None else line_used(lines.get(county_id))
    return (f"{caution[0]}{zh}", f"{caution[1]} {en}") if caution else (zh, en)


def line_used(line: Mapping[str, Any] | None) -> tuple[str, str]:
    """Say which line incomes were held against.

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
    if not line["currency"]:
        return (
            f"所用监测线：地区{region}，自{since}起（{origin}）。",
            f"Line used: region {region}, since {since} ({origin}).",
        )
    zh, en = money(line["per_month"] * 12, line["currency"])
    return (
        f"所用监测线：地区{region}，自{since}起每人每年{zh}（{origin}）。",
        f"Line used: region {region}, {en} a person and year since {since} ({origin}).",
    )
