"""Reasons in words, in Chinese and English, from declarations and reference data only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from features.declaration import CAUSES
from register.reference import AlertRule, Cause
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.facts import County, Fact

UNITS_ZH = {
    "cases": "例",
    "events": "次",
    "falls": "次",
    "findings": "次",
    "hours/week": "小时/周",
    "kinds": "种",
    "km": "公里",
    "measures": "项",
    "months": "个月",
    "mu": "亩",
    "observations": "次",
    "persons": "人",
    "rooms": "间",
    "sources": "项",
    "spells": "段",
    "times": "次",
    "units": "个",
    "x line": "倍监测线",
    "x needs": "倍需求",
    "x rural income": "倍上年农村人均收入",
    "years": "年",
}


@dataclass(frozen=True)
class Wording:
    """What the texts are made of.

    Attributes
    ----------
    causes : mapping of str to Cause
        Labels of causes.
    rules : mapping of str to AlertRule
        Labels of must-visit rules.
    most_causes, most_facts : int
        How many causes a text names, and how many facts behind each.
    least_multiplier : float
        A cause that raises the odds by less is not worth naming.
    """

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    most_causes: int
    most_facts: int
    least_multiplier: float


def main_causes(row: Mapping[str, Any], wording: Wording) -> list[str]:
    """Name the official causes that raise the risk worth naming, the largest first."""
    least = math.log(wording.least_multiplier)
    raising = [cause for cause in CAUSES if row[f"phi_{cause}"] >= least]
    return sorted(raising, key=lambda cause: (-row[f"phi_{cause}"], CAUSES.index(cause)))[
        : wording.most_causes
    ]


def reasons(row: Mapping[str, Any], county: County, wording: Wording) -> tuple[str, str]:
    """Say why a household is listed.

    Parameters
    ----------
    row : mapping
        Its scores, `rules` and features.
    county : County
        Medians the facts are held against.
    wording : Wording
        Labels and lengths.

    Returns
    -------
    tuple of str
        Chinese and English. Causes are what "the model attributes", as multipliers of
        the odds, exp(phi); both texts end with what a score is for.
    """
    named = [(cause, county.facts(row, cause, wording.most_facts)) for cause in main_causes(row, wording)]
    zh = [*_rules_zh(row, wording), *_line_zh(row), _causes_zh(row, named, wording), NOTICE_ZH]
    en = [*_rules_en(row, wording), *_line_en(row), _causes_en(row, named, wording), NOTICE_EN]
    return "".join(zh), " ".join(en)


def number(value: float) -> str:
    """Write a number as people do: whole, or with two digits that matter.

    Examples
    --------
    >>> number(3.0), number(0.0345), number(1.2345), number(12.34)
    ('3', '0.035', '1.2', '12')
    """
    if value == round(value):
        return f"{value:.0f}"
    digits = max(0, 1 - math.floor(math.log10(abs(value))))
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def _rules_zh(row: Mapping[str, Any], wording: Wording) -> list[str]:
    return [f"必访：{'；'.join(wording.rules[code].zh for code in row['rules'])}。"] if row["rules"] else []


def _rules_en(row: Mapping[str, Any], wording: Wording) -> list[str]:
    return (
        [f"Must visit: {'; '.join(wording.rules[code].en for code in row['rules'])}."] if row["rules"] else []
    )


def _line_zh(row: Mapping[str, Any]) -> list[str]:
    over = row.get("resources_over_line")
    if over is None:
        return ["收入未登记，与监测线的距离不详。"]
    return [f"资源为监测线的{over:.2f}倍（{'高出' if over >= 1 else '低于'}{abs(over - 1):.0%}）。"]


def _line_en(row: Mapping[str, Any]) -> list[str]:
    over = row.get("resources_over_line")
    if over is None:
        return ["Income is not recorded; the distance to the line is unknown."]
    return [
        f"Resources are {over:.2f} times the line ({abs(over - 1):.0%} {'above' if over >= 1 else 'below'})."
    ]


def _causes_zh(row: Mapping[str, Any], named: Sequence[tuple[str, list[Fact]]], wording: Wording) -> str:
    if not named:
        return "模型未将风险归因于任何一项致贫原因。"
    return f"模型归因于：{'；'.join(_cause_zh(row, *pair, wording) for pair in named)}。"


def _causes_en(row: Mapping[str, Any], named: Sequence[tuple[str, list[Fact]]], wording: Wording) -> str:
    if not named:
        return "The model attributes the risk to none of the official causes."
    return f"The model attributes the risk to: {'; '.join(_cause_en(row, *pair, wording) for pair in named)}."


def _cause_zh(row: Mapping[str, Any], cause: str, facts: Sequence[Fact], wording: Wording) -> str:
    told = "，".join(f"{one.feature.zh}{_valued_zh(one)}" for one in facts)
    return f"{wording.causes[cause].zh} ×{multiplier(row, cause)}{f'（{told}）' if told else ''}"


def _cause_en(row: Mapping[str, Any], cause: str, facts: Sequence[Fact], wording: Wording) -> str:
    told = ", ".join(f"{one.feature.en} {_valued_en(one)}" for one in facts)
    return f"{wording.causes[cause].en} ×{multiplier(row, cause)}{f' ({told})' if told else ''}"


def multiplier(row: Mapping[str, Any], group: str) -> str:
    """Write exp(phi), what the group does to the odds, with two digits after the point below 1.05."""
    factor = math.exp(row[f"phi_{group}"])
    return f"{factor:.1f}" if factor >= 1.05 else f"{factor:.2f}"


def _valued_zh(one: Fact) -> str:
    if is_flag(one):
        return f"：{'是' if one.value else '否'}（县中位数：{'是' if one.median else '否'}）"
    unit = UNITS_ZH.get(one.feature.unit, one.feature.unit)
    return f" {number(one.value)}{unit}（县中位数 {number(one.median)}{unit}）"


def _valued_en(one: Fact) -> str:
    if is_flag(one):
        return f"{'yes' if one.value else 'no'} (county median {'yes' if one.median else 'no'})"
    unit = f" {one.feature.unit}" if one.feature.unit else ""
    return f"{number(one.value)}{unit} (county median {number(one.median)}{unit})"


def is_flag(one: Fact) -> bool:
    """Tell yes-or-no features from numbers: named has_, is_ or was_, and 0 or 1."""
    return one.feature.name.startswith(("has_", "is_", "was_")) and one.value in (0.0, 1.0)
