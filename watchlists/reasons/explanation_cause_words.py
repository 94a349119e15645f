"""What an explanation says of causes, in sentences: the year, what is of long standing, what is forecast."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from watchlists.label_wording import OutcomeWords, wording_of
from watchlists.reasons.cause_sentences import (
    ASKED_FIRST,
    ASPECTS,
    COMMONEST,
    NO_EVENT,
    NO_RULE,
    NO_YEAR,
    UNFIT,
    Sentence,
    ask_first,
    aspect,
    capital,
    named_cause,
    unattributed,
    vulnerability,
    worsened,
)
from watchlists.reasons.fact_words import factor
from watchlists.reasons.row_shape import worst_circumstance

#: An effect on the odds below it is not told.
LEAST = math.log(1.05)
#: What older releases said where they named nothing.
NO_CAUSE = (
    "模型未将风险归因于任何一项致贫原因。",
    "The model attributes the risk to none of the official causes.",
)
_SOME_EVENT = ("近一年登记有事件", "an event of the year is on record")
#: Of a household that is not listed: by where its records come from.
_UNLISTED: Mapping[str | None, Sentence] = {
    "register": (
        "没有入列的户，发布件不保存背后的记录；以上情况是现在从同一份登记数据取出的。",
        "Not listed, so the release keeps no records; these were gathered now from the same register.",
    ),
    None: (
        "没有入列的户，发布件不保存背后的记录；做名单所用的登记数据也不在这里，只能给出各方面的倍数。",
        "Not listed, so the release keeps no records, and its register is not here: factors alone are known.",
    ),
}


class Section(NamedTuple):
    """A heading and its sentences, each in Chinese and English."""

    heading: Sentence
    sentences: list[Sentence]


def cause_sections(document: Mapping[str, Any]) -> list[Section]:
    """Tell what the model attributes, or what a published order counts; sections may be empty."""
    if document["risk"]["value"] is None:
        heading = ("排序计入哪些方面", "What does the order count?")
        return [Section(heading, _whole_parts(document, NO_RULE))]
    if document["has_year_behind"] is None:
        heading = ("模型归因于哪些方面", "What does the model attribute it to?")
        how = [how_to_read(wording_of(document["label"]).of)]
        whole = [*how, *_whole_parts(document, NO_CAUSE), _product(document)]
        return [Section(heading, whole)]
    return [
        Section(("近一年发生了什么", "What happened in the last year?"), _year(document)),
        Section(("长期处境", "What is of long standing?"), _standing(document)),
        Section(
            ("像这样的户，返贫的多因什么", "What were such households found to fall by?"), _forecast(document)
        ),
        Section(("这个风险是怎样得出的", "How does the model arrive at this risk?"), _sum(document)),
    ]


def how_to_read(of: OutcomeWords) -> Sentence:
    """Say what a factor means."""
    zh = f"“×2.3”的意思：模型认为这一方面使{of.back_zh}的几率变为2.3倍"
    en = "“×2.3”: the model attributes to it a factor of 2.3 on the odds"
    return (
        f"{zh}（几率＝会{of.back_zh}的户数比不会的户数）。",
        f"{en} (those who {of.present} to those who {of.not_present}).",
    )


def fact(one: Mapping[str, Any]) -> Sentence:
    """Tell a value beside what it was and what is usual, and how new the records behind it are."""
    value, typical, before, day = (
        one[name] for name in ("value_shown", "county_median_shown", "a_year_ago_shown", "newest_record")
    )
    is_then_told = before and before not in (value, typical)
    behind = [
        *([(f"一年前{before['zh']}", f"a year ago {before['en']}")] if is_then_told else []),
        *(
            [(f"全县一般{typical['zh']}", f"typical of the county: {typical['en']}")]
            if typical != value
            else []
        ),
        *([(f"最近记录{day}", f"newest record {day}")] if day else []),
    ]
    zh, en = "，".join(words for words, _ in behind), ", ".join(words for _, words in behind)
    return (
        f"{one['zh']}：{value['zh']}{f'（{zh}）' if zh else ''}",
        f"{one['en']}: {value['en']}{f' ({en})' if en else ''}",
    )


def _year(document: Mapping[str, Any]) -> list[Sentence]:
    """Tell the named causes with their factors; or why none is named, and what to ask of first."""
    part = {one["code"]: one for one in document["parts"]}
    named = [(part[one["code"]], place == 0) for place, one in enumerate(document["named_causes"])]
    worse = worst_circumstance({code: one["fresh"] for code, one in part.items()}, LEAST)
    aspects = [(_times(part[code], "fresh"), _facts(part[code], fresh=True)) for code in worse]
    circumstances = [worsened(aspects)] if aspects else []
    if named:
        causes = [
            named_cause(
                (one["zh"], one["en"]),
                _facts(one, fresh=True),
                document["confidence"] if is_main else None,
                factor(one["fresh"]),
                _SOME_EVENT,
            )
            for one, is_main in named
        ]
        return [*causes, *circumstances]
    likeliest = [one["code"] for one in document["forecast"][:ASKED_FIRST]] or list(COMMONEST)
    return [_nothing_named(document, part), *circumstances, ask_first(likeliest)]


def _nothing_named(document: Mapping[str, Any], part: Mapping[str, Mapping[str, Any]]) -> Sentence:
    if not document["has_year_behind"]:
        return NO_YEAR
    if not document["events"]:
        return NO_EVENT
    events = [part[one["code"]] for one in document["events"]]
    harmless = [(ASPECTS[one["code"]], _facts(one, fresh=True)) for one in events if one["fresh"] < LEAST]
    return unattributed(harmless) if harmless else UNFIT


def _standing(document: Mapping[str, Any]) -> list[Sentence]:
    part = {one["code"]: one for one in document["parts"]}
    weak = [part[one["code"]] for one in document["vulnerability"]]
    aspects = [(_times(one, "standing"), _facts(one, fresh=False)) for one in weak]
    return [vulnerability(aspects)] if aspects else []


def _facts(one: Mapping[str, Any], *, fresh: bool) -> list[Sentence]:
    return [fact(known) for known in one["evidence"] if known["is_fresh"] is fresh]


def _forecast(document: Mapping[str, Any]) -> list[Sentence]:
    first = document["forecast"][:ASKED_FIRST]
    if not first:
        return []
    back = wording_of(document["label"]).of
    zh = "、".join(f"{one['zh']} {one['share']:.0%}（风险{one['risk']:.1%}）" for one in first)
    en = ", ".join(f"{one['en']} {one['share']:.0%} (a risk of {one['risk']:.1%})" for one in first)
    return [
        (
            f"像这样的户，{back.back_zh}后登记的原因多为：{zh}。",
            f"What such households were recorded with when they did: {en}.",
        )
    ]


def _sum(document: Mapping[str, Any]) -> list[Sentence]:
    """Tell both axes, and how they make the risk."""
    sentences = [how_to_read(wording_of(document["label"]).of)]
    for axis, zh, en in (
        ("standing", "长期处境", "Of long standing"),
        ("fresh", "近一年的变化", "Of the last year"),
    ):
        moving = _moving(document["parts"], axis)
        words_zh, words_en = "、".join(zh for zh, _ in moving), ", ".join(en for _, en in moving)
        sentences += [(f"{zh}：{words_zh}。", f"{en}: {words_en}.")] if moving else []
    if not document["list"]["is_listed"]:
        sentences.append(_UNLISTED[document["records"]])
    return [*sentences, _product(document)]


def _moving(parts: Sequence[Mapping[str, Any]], axis: str) -> list[Sentence]:
    """Name what moves the odds on an axis, what raises them most first."""
    moving = [one for one in parts if abs(one[axis] or 0.0) >= LEAST]
    return [_times(one, axis) for one in sorted(moving, key=lambda one: -one[axis])]


def _times(one: Mapping[str, Any], axis: str) -> Sentence:
    zh, en = aspect(one["code"], (one["zh"], one["en"]))
    times = factor(one[axis])
    return f"{zh} ×{times}", f"{en} ×{times}"


def _product(document: Mapping[str, Any]) -> Sentence:
    risk = document["risk"]
    base, odds, value = math.exp(risk["base_log_odds"]), math.exp(risk["log_odds"]), risk["value"]
    return (
        f"起点几率{base:.3g}，乘以各方面的倍数，得该户几率{odds:.3g}，即风险{value:.1%}。",
        f"The starting odds of {base:.3g} times all factors give odds of {odds:.3g}: a risk of {value:.1%}.",
    )


def _whole_parts(document: Mapping[str, Any], none: Sentence) -> list[Sentence]:
    """Tell the parts that are not split: of a published order, and of older releases."""
    raising = [one for one in document["parts"] if one["log_odds"] >= LEAST]
    lowering = [one for one in reversed(document["parts"]) if one["log_odds"] <= -LEAST]
    sentences = [_whole(one) for one in raising] + ([] if document["named_causes"] else [none])
    if not document["list"]["is_listed"]:
        sentences.append(_UNLISTED[document["records"]])
    if lowering:
        zh = "、".join(f"{one['zh']} ×{factor(one['log_odds'])}" for one in lowering)
        en = ", ".join(f"{one['en']} ×{factor(one['log_odds'])}" for one in lowering)
        lowered = "使排序后移的" if document["risk"]["value"] is None else "使风险降低的"
        sentences.append((f"{lowered}：{zh}。", f"Lowering it: {en}."))
    return sentences


def _whole(one: Mapping[str, Any]) -> Sentence:
    facts = [fact(known) for known in one["evidence"]]
    zh, en = "；".join(words for words, _ in facts), "; ".join(words for _, words in facts)
    times = factor(one["log_odds"])
    return (
        f"{one['zh']} ×{times}{f'：{zh}' if zh else ''}。",
        f"{capital(one['en'])} ×{times}{f': {en}' if en else ''}.",
    )
