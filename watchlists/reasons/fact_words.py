"""A fact in words: the value beside what it was a year ago and what is usual in the county."""

import math

from features.declaration import Feature
from watchlists.reasons.cause_sentences import Sentence
from watchlists.reasons.facts import Fact
from watchlists.reasons.feature_words import is_flag, value_words


def fact(one: Fact) -> Sentence:
    """Tell a value, what it was a year ago and what is typical, unless that says no more."""
    zh, en = value_words(one.feature, one.value)
    before = beside(one.feature, one.value, one.a_year_ago, one.median)
    zh_before, en_before = "，".join(words for words, _ in before), ", ".join(words for _, words in before)
    return (
        f"{one.feature.zh}：{zh}{f'（{zh_before}）' if before else ''}",
        f"{one.feature.en}: {en}{f' ({en_before})' if before else ''}",
    )


def beside(feature: Feature, value: float, a_year_ago: float | None, median: float) -> list[Sentence]:
    """Give what stands in brackets behind a value: a year ago, and typical of the county."""
    words, typical = value_words(feature, value), value_words(feature, median)
    then = words if a_year_ago is None else value_words(feature, a_year_ago)
    is_typical_told = typical != words and not is_flag(feature)
    is_then_told = then != words and not (is_typical_told and then == typical)
    return [
        *([(f"一年前{then[0]}", f"a year ago {then[1]}")] if is_then_told else []),
        *([(f"全县一般{typical[0]}", f"typical of the county: {typical[1]}")] if is_typical_told else []),
    ]


def factor(log_odds: float) -> str:
    """Write exp(log_odds) with two digits after the point below 1.05.

    Examples
    --------
    >>> factor(0.833), factor(-0.1)
    ('2.3', '0.90')
    """
    times = math.exp(log_odds)
    return f"{times:.1f}" if times >= 1.05 else f"{times:.2f}"
