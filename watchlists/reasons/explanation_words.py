"""An explanation in sentences, Chinese and English, made from the document and nothing else."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from watchlists.label_wording import ORDER, UNDER_HELP, OutcomeWords, wording_of
from watchlists.reasons.household_view import CHANGES, LISTED_BY
from watchlists.reasons.reasons import NO_CAUSE, NO_RULE, factor, line
from watchlists.visits.change import WHY_ENTERED

#: Why a measure does not fit: nobody in the household meets the need.
UNMET = {
    "student": ("家中没有在校生", "nobody is at school"),
    "disabled": ("家中没有残疾人", "nobody is disabled"),
    "able_to_work": ("家中没有能劳动的人", "nobody is able to work"),
}
PLACES = {"village": ("本村", "village"), "township": ("本乡镇", "township"), "county": ("本县", "county")}
#: An effect on the odds below it is not told.
LEAST = math.log(1.05)

Sentence = tuple[str, str]


class Section(NamedTuple):
    """A heading and its sentences, each in Chinese and English."""

    heading: Sentence
    sentences: list[Sentence]


def sections(document: Mapping[str, Any]) -> list[Section]:
    """Tell an explanation in the order a visitor asks; what there is nothing to tell of is left out."""
    chapters = [
        Section(_WHERE[document["risk"]["value"] is None], [*_risk(document), _place(document)]),
        Section(("离监测线多远", "How far from the line?"), _line(document)),
        Section(
            ("触发的必访规则", "Which rules speak?"),
            [(f"{one['zh']}。", f"{_capital(one['en'])}.") for one in document["rules"]],
        ),
        Section(_ATTRIBUTED[document["risk"]["value"] is None], _parts(document)),
        Section(("与上季相比", "What changed since last season?"), _since(document)),
        Section(("可考虑的帮扶", "Which help fits?"), _measures(document["measures"])),
        Section(("如果得到帮扶（模型试算）", "If help came (a trial inside the model)"), _trials(document)),
        Section(
            ("请注意", "Please note"),
            [
                (document["notice"]["zh"], document["notice"]["en"]),
                *([] if document["risk"]["value"] is None else [_ATTRIBUTES]),
            ],
        ),
    ]
    return [section for section in chapters if section.sentences]


#: Headings: of a risk, and of a published order.
_WHERE = (("风险有多高", "How high is the risk?"), ("排在哪里", "Where in the order?"))
_ATTRIBUTED = (
    ("模型归因于哪些方面", "What does the model attribute it to?"),
    ("排序计入哪些方面", "What does the order count?"),
)
_ATTRIBUTES = (
    "以上是模型的归因，不等于真实原因；以入户核实为准。",
    "The model attributes; what is really behind it only a visit can tell.",
)


_NO_EVIDENCE = (
    "没有入列的户，发布件只保存各方面的倍数，不保存背后的记录。",
    "Of a household that is not listed a release keeps the factors, not the records behind them.",
)


def _how_to_read(of: OutcomeWords) -> Sentence:
    zh = f"“×2.3”的意思：模型认为这一方面使{of.back_zh}的几率变为2.3倍"
    en = "“×2.3”: the model attributes to it a factor of 2.3 on the odds"
    return (
        f"{zh}（几率＝会{of.back_zh}的户数比不会的户数）。",
        f"{en} (those who {of.present} to those who {of.not_present}).",
    )


def _risk(document: Mapping[str, Any]) -> list[Sentence]:
    risk = document["risk"]
    value, low, high, base = (risk[name] for name in ("value", "low", "high", "base"))
    if value is None:
        return [ORDER]
    few_zh, few_en = (f"约{100 * value:.0f}", f"about {100 * value:.0f}")
    if value < 0.01:
        few_zh, few_en = "不到1", "fewer than 1"
    wording, (help_zh, help_en) = wording_of(document["label"]), UNDER_HELP
    zh = f"{help_zh}，{wording.within_zh}{wording.of.back_zh}的风险是{value:.1%}"
    en = f"{_capital(help_en)} the risk of {wording.of.back} within {wording.months} months is {value:.1%}"
    zh, en = f"{zh}（可能在{low:.1%}到{high:.1%}之间）", f"{en} (between {low:.1%} and {high:.1%})"
    few_zh = f"像这样的100户里，{few_zh}户会{wording.of.back_zh}"
    return [
        (
            f"{zh}：{few_zh}。",
            f"{en}: of 100 such households {few_en}.",
        ),
        (
            f"对一户什么都不知道时，模型从{base:.1%}算起。",
            f"Knowing nothing of a household the model starts from {base:.1%}.",
        ),
    ]


def _place(document: Mapping[str, Any]) -> Sentence:
    place = document["list"]
    if place["is_listed"]:
        zh, en = LISTED_BY[place["listed_by"]]
        return (
            f"已列入走访名单，走访顺序第{place['rank']}（{zh}）。",
            f"On the list, visit number {place['rank']} ({en}).",
        )
    (zh, en), last = PLACES[place["counted_per"]], place["lowest_risk_listed_by_risk"]
    lowest_zh = f"；{zh}按风险入列的最后一户是{last:.1%}" if last is not None else ""
    lowest_en = f"; the last household of its {en} listed by risk has {last:.1%}" if last is not None else ""
    rank, free = place["rank_in_county"], "It may ask for help and be visited all the same."
    by_zh, by_en = ("排序", "in order") if document["risk"]["value"] is None else ("风险", "by risk")
    return (
        f"没有列入走访名单：{by_zh}在县内排第{rank}{lowest_zh}。没有入列不影响申报、走访和帮扶。",
        f"Not on the list: {by_en} number {rank} in the county{lowest_en}. {free}",
    )


def _line(document: Mapping[str, Any]) -> list[Sentence]:
    if not document["list"]["is_listed"]:
        return []
    return [line(document["line"], document["line"]["line_a_year"], document["line"]["currency"])]


def _parts(document: Mapping[str, Any]) -> list[Sentence]:
    raising = [one for one in document["parts"] if one["log_odds"] >= LEAST]
    lowering = [one for one in reversed(document["parts"]) if one["log_odds"] <= -LEAST]
    ordered = document["risk"]["value"] is None
    how = [] if ordered else [_how_to_read(wording_of(document["label"]).of)]
    sentences = [*how, *_raising(raising, document["main_cause"], NO_RULE if ordered else NO_CAUSE)]
    if not document["list"]["is_listed"]:
        sentences.append(_NO_EVIDENCE)
    if lowering:
        zh, en = _named(lowering, "zh", "、"), _named(lowering, "en", ", ")
        lowered = "使排序后移的" if ordered else "使风险降低的"
        sentences.append((f"{lowered}：{zh}。", f"Lowering it: {en}."))
    return sentences if ordered else [*sentences, _product(document["risk"])]


def _raising(
    raising: Sequence[Mapping[str, Any]], main: Mapping[str, Any] | None, none: Sentence
) -> list[Sentence]:
    """Tell what raises the risk; of the main cause also whether the members of the model agree on it."""
    if main is None or main["code"] not in [one["code"] for one in raising]:
        return [*(_part(one, weak=False) for one in raising), none]
    sentences = [_part(one, weak=one["code"] == main["code"] and not main["is_firm"]) for one in raising]
    if main["is_firm"]:
        return sentences
    share = f"{main['support']:.0%}"
    zh = f"依据不足：对主要方面，模型各成员看法不一（{share}认同），请同时核实其他方面。"
    en = f"Weakly supported: only {share} of the model's members name it first; ask about the others too."
    return [*sentences, (zh, en)]


def _part(one: Mapping[str, Any], *, weak: bool) -> Sentence:
    zh, en = (
        "；".join(_fact(fact)[0] for fact in one["evidence"]),
        "; ".join(_fact(fact)[1] for fact in one["evidence"]),
    )
    times = factor(one["log_odds"])
    return (
        f"{one['zh']} ×{times}{'（依据不足）' if weak else ''}{f'：{zh}' if zh else ''}。",
        f"{_capital(one['en'])} ×{times}{' (weakly supported)' if weak else ''}{f': {en}' if en else ''}.",
    )


def _fact(one: Mapping[str, Any]) -> Sentence:
    """Tell a value beside what is typical, and how new the records behind it are."""
    value, typical, day = one["value_shown"], one["county_median_shown"], one["newest_record"]
    beside = (
        ("", "")
        if value == typical
        else (f"全县一般{typical['zh']}", f"typical of the county: {typical['en']}")
    )
    dated = (f"最近记录{day}", f"newest record {day}") if day else ("", "")
    zh, en = "，".join(filter(None, (beside[0], dated[0]))), ", ".join(filter(None, (beside[1], dated[1])))
    return (
        f"{one['zh']}：{value['zh']}{f'（{zh}）' if zh else ''}",
        f"{one['en']}: {value['en']}{f' ({en})' if en else ''}",
    )


def _named(parts: Sequence[Mapping[str, Any]], language: str, separator: str) -> str:
    return separator.join(f"{one[language]} ×{factor(one['log_odds'])}" for one in parts)


def _product(risk: Mapping[str, float]) -> Sentence:
    base, odds, value = math.exp(risk["base_log_odds"]), math.exp(risk["log_odds"]), risk["value"]
    return (
        f"起点几率{base:.3g}，乘以各方面的倍数，得该户几率{odds:.3g}，即风险{value:.1%}。",
        f"The starting odds of {base:.3g} times all factors give odds of {odds:.3g}: a risk of {value:.1%}.",
    )


def _since(document: Mapping[str, Any]) -> list[Sentence]:
    since, now = document["since"], document["risk"]["value"]
    if since is None:
        return _without_comparison(document["list"])
    whole, season, then = factor(since["log_odds_change"]), since["season"], since["risk"]
    moves_zh, moves_en = zip(*_moves(document), strict=True)
    zh = f"上季（{season}）风险{then:.1%}，本季{now:.1%}；几率变为×{whole}，由这几部分相乘而来"
    en = f"Last season ({season}) the risk was {then:.1%}, now it is {now:.1%}; the odds changed by ×{whole}"
    return [(f"{zh}：{'、'.join(moves_zh)}。", f"{en}, the product of: {', '.join(moves_en)}.")]


def _without_comparison(place: Mapping[str, Any]) -> list[Sentence]:
    if place["change"] is None:
        return []
    zh, en = WHY_ENTERED.get(place["why_entered"], CHANGES[place["change"]])
    return [(f"{zh}。", f"{_capital(en)}.")]


def _moves(document: Mapping[str, Any]) -> list[Sentence]:
    """Name what moved the odds: changed facts, with the groups that moved most, model, calibration."""
    since = document["since"]
    largest = sorted(document["parts"], key=lambda one: -abs(since["facts"][one["code"]]))[:3]
    moved = [{**one, "log_odds": since["facts"][one["code"]]} for one in largest]
    moved = [one for one in moved if abs(one["log_odds"]) >= LEAST]
    zh, en = (f"（{_named(moved, 'zh', '、')}）", f" ({_named(moved, 'en', '; ')})") if moved else ("", "")
    facts = factor(sum(since["facts"].values()))
    sentences = [(f"情况变化×{facts}{zh}", f"changed facts ×{facts}{en}")]
    sentences.append((f"模型更新×{factor(since['model'])}", f"changed model ×{factor(since['model'])}"))
    if since["calibration"] is not None:
        times = factor(since["calibration"])
        sentences.append((f"校准更新×{times}", f"changed calibration ×{times}"))
    return sentences


def _measures(measures: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    fitting = [one for one in measures if not one["unmet_needs"]]
    sentences = []
    if fitting:
        zh = "、".join(f"{one['zh']}{'（在享）' if one['is_in_force'] else ''}" for one in fitting)
        en = ", ".join(f"{one['en']}{' (in force)' if one['is_in_force'] else ''}" for one in fitting)
        sentences.append((f"条件相符：{zh}。", f"Fitting: {en}."))
    for one in measures:
        if one["unmet_needs"]:
            why = [UNMET[need] for need in one["unmet_needs"]]
            sentences.append(
                (
                    f"{one['zh']}：条件不符，{'、'.join(zh for zh, _ in why)}。",
                    f"{_capital(one['en'])}: does not fit, {', '.join(en for _, en in why)}.",
                )
            )
    return sentences


def _trials(document: Mapping[str, Any]) -> list[Sentence]:
    now = document["risk"]["value"]
    sentences = [
        (
            f"{one['zh']}：模型给出的风险从{now:.1%}变为{one['risk']:.1%}。",
            f"{_capital(one['en'])}: the model would say {one['risk']:.1%} instead of {now:.1%}.",
        )
        for one in document["trials"]
    ]
    warning = (
        "试算只是把这几项数据改了再算一遍，不是效果承诺，也不能证明因果。",
        "A trial computes the risk again with these data changed; it is no promise and proves no effect.",
    )
    return [*sentences, warning] if sentences else []


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
