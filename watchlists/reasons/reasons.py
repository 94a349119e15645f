"""Reasons in words, in Chinese and English, from declarations and reference data only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from features.declaration import CAUSES, declared_features
from register.reference import AlertRule, Cause
from watchlists.line_words import money
from watchlists.reasons.facts import County, Fact
from watchlists.reasons.feature_words import is_flag, value_words

NO_CAUSE = (
    "模型未将风险归因于任何一项致贫原因。",
    "The model attributes the risk to none of the official causes.",
)


#: The same where a published order lists, and nothing was attributed by any model.
NO_RULE = ("没有规则指向任何一项致贫原因。", "No rule points to any of the official causes.")


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


def served_causes(row: Mapping[str, Any], wording: Wording) -> list[str]:
    """Name the causes that help should serve: the main ones, then those the rules speak of."""
    group_of = {one.name: one.group for one in declared_features()}
    of_rules = [group_of[name] for code in row.get("rules", ()) for name in wording.rules[code].when]
    return list(dict.fromkeys([*main_causes(row, wording), *(one for one in of_rules if one in CAUSES)]))


def reasons(row: Mapping[str, Any], county: County, wording: Wording) -> tuple[list[str], list[str]]:
    """Say why a household is listed, a sentence a point.

    Parameters
    ----------
    row : mapping
        Its scores, `rules` and features.
    county : County
        Medians the facts are held against, and the line.
    wording : Wording
        Labels and lengths.

    Returns
    -------
    tuple of list of str
        Chinese and English: the rules that speak, the distance to the line, then a cause
        each, which is what "the model attributes", as a multiplier of the odds, exp(phi). What
        a rule has told is not told again.
    """
    points = [
        *_rules(row, county, wording),
        line(row, county.line_a_year, county.currency),
        *_causes(row, county, wording),
    ]
    return [zh for zh, _ in points], [en for _, en in points]


def _rules(row: Mapping[str, Any], county: County, wording: Wording) -> list[tuple[str, str]]:
    spoken = [(wording.rules[code], _value(row, wording.rules[code], county)) for code in row["rules"]]
    zh = "；".join(f"{rule.zh}{f'（该户{value}）' if value else ''}" for rule, (value, _) in spoken)
    en = "; ".join(f"{rule.en}{f' (here {value})' if value else ''}" for rule, (_, value) in spoken)
    return [(f"必访：{zh}。", f"Must visit: {en}.")] if spoken else []


def _value(row: Mapping[str, Any], rule: AlertRule, county: County) -> tuple[str, str]:
    """Tell the value that is over the rule's first threshold, unless the rule says it all."""
    feature = county.features.get(next(iter(rule.when)))
    if feature is None or is_flag(feature):
        return "", ""
    return value_words(feature, row[feature.name])


def line(row: Mapping[str, Any], line_a_year: float | None, currency: str) -> tuple[str, str]:
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


def _causes(row: Mapping[str, Any], county: County, wording: Wording) -> list[tuple[str, str]]:
    named = main_causes(row, wording)
    if not named:
        return [no_cause(row)]
    known = {feature for code in row["rules"] for feature in wording.rules[code].when}
    facts = {cause: county.facts(row, cause, wording.most_facts, known) for cause in named}
    return [_cause(row, cause, facts[cause], wording) for cause in named]


def _cause(row: Mapping[str, Any], cause: str, facts: list[Fact], wording: Wording) -> tuple[str, str]:
    zh, en = ([fact(one)[language] for one in facts] for language in (0, 1))
    times, label = multiplier(row, cause), wording.causes[cause]
    weak_zh, weak_en = weakness(row) if cause == row["main_cause"] else ("", "")
    who_zh, who_en = (
        ("规则指向", "Rules point to") if row["risk"] is None else ("模型归因", "The model attributes")
    )
    return (
        f"{who_zh}{weak_zh}：{label.zh} ×{times}{'，' if zh else ''}{'；'.join(zh)}。",
        f"{who_en}{weak_en}: {label.en} ×{times}{', ' if en else ''}{'; '.join(en)}.",
    )


def no_cause(row: Mapping[str, Any]) -> tuple[str, str]:
    """Say that no official cause is named: by the model, or by the rules of a published order."""
    return NO_RULE if row["risk"] is None else NO_CAUSE


def weakness(row: Mapping[str, Any]) -> tuple[str, str]:
    """Say where not all members of the model name the main cause; nothing where they do."""
    support = row["main_cause_support"]
    return ("（依据不足）", " (weakly supported)") if support is not None and support < 1 else ("", "")


def multiplier(row: Mapping[str, Any], group: str) -> str:
    """Write what the group does to the odds."""
    return factor(row[f"phi_{group}"])


def factor(log_odds: float) -> str:
    """Write exp(log_odds) with two digits after the point below 1.05."""
    times = math.exp(log_odds)
    return f"{times:.1f}" if times >= 1.05 else f"{times:.2f}"


def fact(one: Fact) -> tuple[str, str]:
    """Tell a value, and what is typical in the county unless it says no more."""
    (zh, en), (typical_zh, typical_en) = (
        value_words(one.feature, one.value),
        value_words(one.feature, one.median),
    )
    if is_flag(one.feature) or zh == typical_zh:
        return f"{one.feature.zh}：{zh}", f"{one.feature.en}: {en}"
    return (
        f"{one.feature.zh}：{zh}（全县一般{typical_zh}）",
        f"{one.feature.en}: {en} (typical of the county: {typical_en})",
    )
