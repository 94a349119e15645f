"""Reasons in words, in Chinese and English, from declarations and reference data only."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from features.declaration import CAUSES, CIRCUMSTANCES, declared_features
from register.reference import AlertRule, Cause
from watchlists.line_words import distance_to_line
from watchlists.reasons.cause_sentences import (
    ASPECTS,
    BY_RULE,
    NO_EVENT,
    NO_RULE,
    NO_YEAR,
    UNFIT,
    Sentence,
    ask_first,
    aspect,
    counted_cause,
    likeliest,
    named_cause,
    unattributed,
    vulnerability,
    worsened,
)
from watchlists.reasons.fact_words import fact, factor
from watchlists.reasons.facts import County
from watchlists.reasons.feature_words import is_flag, value_words
from watchlists.reasons.row_shape import has_year_behind, worst_circumstance

#: Told of every household: how far it is from the line.
_DISTANCE = ("resources_over_line",)


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
        A part that raises the odds by less is not worth telling.
    worded : callable
        Says a sentence in the words of what was read (`watchlists.label_wording.LabelWording.worded`).
    """

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    most_causes: int
    most_facts: int
    least_multiplier: float
    worded: Callable[[str], str] = str

    def label(self, group: str) -> Sentence:
        """Name a cause or circumstance."""
        return self.causes[group].zh, self.causes[group].en


def main_causes(row: Mapping[str, Any], wording: Wording) -> list[str]:
    """Name the official causes that texts and measures speak of, the main one first."""
    return list(row["named_causes"][: wording.most_causes])


def served_causes(row: Mapping[str, Any], wording: Wording) -> list[str]:
    """Name the causes that help should serve: the named ones, then those the rules speak of."""
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
        Medians the facts are held against, what was a year ago, and the line.
    wording : Wording
        Labels and lengths.

    Returns
    -------
    tuple of list of str
        Chinese and English: the rules that speak, the distance to the line, every named cause
        with what happened, or that none is named; what makes the household vulnerable; where
        no cause is named, what to ask of first. What a rule has told is not told again.
    """
    points = [
        *_rules(row, county, wording),
        distance_to_line(row, county.line_a_year, county.currency),
        *(_counted(row, county, wording) if row["risk"] is None else _attributed(row, county, wording)),
    ]
    return [wording.worded(zh) for zh, _ in points], [wording.worded(en) for _, en in points]


def _rules(row: Mapping[str, Any], county: County, wording: Wording) -> list[Sentence]:
    spoken = [(wording.rules[code], _value(row, wording.rules[code], county)) for code in row["rules"]]
    zh = "；".join(f"{rule.zh}{f'（该户{value}）' if value else ''}" for rule, (value, _) in spoken)
    en = "; ".join(f"{rule.en}{f' (here {value})' if value else ''}" for rule, (_, value) in spoken)
    return [(f"必访：{zh}。", f"Must visit: {en}.")] if spoken else []


def _value(row: Mapping[str, Any], rule: AlertRule, county: County) -> Sentence:
    """Tell the value that is over the rule's first threshold, unless the rule says it all."""
    feature = county.features.get(next(iter(rule.when)))
    if feature is None or is_flag(feature):
        return "", ""
    return value_words(feature, row[feature.name])


def _of_rules(row: Mapping[str, Any], wording: Wording) -> set[str]:
    """Name the features that the rules have told."""
    return {feature for code in row["rules"] for feature in wording.rules[code].when}


def _counted(row: Mapping[str, Any], county: County, wording: Wording) -> list[Sentence]:
    """Name the causes that a published order counts, with the factors it multiplies."""
    known = _of_rules(row, wording)
    return [
        counted_cause(
            wording.label(cause),
            factor(row[f"phi_{cause}"]),
            [fact(one) for one in county.standing_out(row, cause, wording.most_facts, known)],
        )
        for cause in main_causes(row, wording)
    ] or [NO_RULE]


def _attributed(row: Mapping[str, Any], county: County, wording: Wording) -> list[Sentence]:
    """Tell what the model attributes: the named causes, and what makes the household vulnerable."""
    named = main_causes(row, wording)
    standing = [*_worsened(row, county, wording), *_vulnerability(row, county, wording)]
    if not named:
        return [_nothing_named(row, county, wording), *standing, ask_first(likeliest(row))]
    sure = [row.get("main_cause_confidence"), *(None for _ in named[1:])]
    happened = [_happened(row, cause, county, wording) for cause in named]
    return [
        *(
            named_cause(wording.label(cause), facts, confidence)
            for cause, facts, confidence in zip(named, happened, sure, strict=True)
        ),
        *standing,
    ]


def _nothing_named(row: Mapping[str, Any], county: County, wording: Wording) -> Sentence:
    """Say why no cause is named: no year behind, no event, or none that the model holds for a rise."""
    if not has_year_behind(row):
        return NO_YEAR
    if not row["events"]:
        return NO_EVENT
    least = math.log(wording.least_multiplier)
    harmless = [cause for cause in row["events"] if row[f"fresh_{cause}"] < least][: wording.most_causes]
    aspects = [(ASPECTS[cause], _happened(row, cause, county, wording) or [BY_RULE]) for cause in harmless]
    return unattributed(aspects) if aspects else UNFIT


def _happened(row: Mapping[str, Any], cause: str, county: County, wording: Wording) -> list[Sentence]:
    known = _of_rules(row, wording)
    return [fact(one) for one in county.happened(row, cause, wording.most_facts, known)]


def _worsened(row: Mapping[str, Any], county: County, wording: Wording) -> list[Sentence]:
    """Name the circumstance that became worst within the year, with the plainest change."""
    fresh = {group: row[f"fresh_{group}"] for group in CIRCUMSTANCES}
    aspects = [
        (wording.label(group), [fact(one) for one in county.happened(row, group, 1)])
        for group in worst_circumstance(fresh, math.log(wording.least_multiplier))
    ]
    return [worsened(aspects)] if aspects else []


def _vulnerability(row: Mapping[str, Any], county: County, wording: Wording) -> list[Sentence]:
    """Name the largest standing part, and others as far as a fact stands behind them: the plainest one."""
    known = {*_of_rules(row, wording), *_DISTANCE}
    facts = {group: county.standing_out(row, group, 1, known, lasting=True) for group in row["vulnerability"]}
    worth = [group for place, group in enumerate(facts) if place == 0 or facts[group]][: wording.most_causes]
    aspects = [(aspect(group, wording.label(group)), [fact(one) for one in facts[group]]) for group in worth]
    return [vulnerability(aspects)] if aspects else []
