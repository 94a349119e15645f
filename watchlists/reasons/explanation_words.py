"""An explanation in sentences, Chinese and English, made from the document and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchlists.label_wording import ORDER, UNDER_HELP, wording_of
from watchlists.line_words import distance_to_line
from watchlists.reasons.cause_sentences import Sentence, capital
from watchlists.reasons.change_words import since_last
from watchlists.reasons.ending_help_words import ENDING, ending_help
from watchlists.reasons.explanation_cause_words import Section, cause_sections
from watchlists.reasons.household_view import LISTED_BY

#: Why a measure does not fit: a need is not met.
UNMET = {
    "student": ("家中没有在校生", "nobody is at school"),
    "disabled": ("家中没有残疾人", "nobody is disabled"),
    "child_of_compulsory_age": ("家中没有义务教育阶段的孩子", "no child is of compulsory school age"),
    "able_to_work": ("家中没有能劳动的人", "nobody is able to work"),
    "not_relocated": ("已易地搬迁", "the household was moved already"),
    "unsafe_house": ("住房未鉴定为危房", "the house is not found unsafe"),
    "unsafe_water": ("饮水安全", "drinking water is safe"),
}
PLACES = {"village": ("本村", "village"), "township": ("本乡镇", "township"), "county": ("本县", "county")}


def sections(document: Mapping[str, Any]) -> list[Section]:
    """Tell an explanation in the order a visitor asks; what there is nothing to tell of is left out."""
    chapters = [
        Section(_WHERE[document["risk"]["value"] is None], [*_risk(document), place_on_list(document)]),
        Section(("离监测线多远", "How far from the line?"), _line(document)),
        Section(
            ("触发的必访规则", "Which rules speak?"),
            [(f"{one['zh']}。", f"{capital(one['en'])}.") for one in document["rules"]],
        ),
        *cause_sections(document),
        Section(("与上季相比", "What changed since last season?"), since_last(document)),
        Section(("可考虑的帮扶", "Which help fits?"), _measures(document["measures"])),
        Section(("如果得到帮扶（模型试算）", "If help came (a trial inside the model)"), _trials(document)),
        Section(ENDING, ending_help(document)),
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
_ATTRIBUTES = (
    "以上是模型的归因，不等于真实原因；以入户核实为准。",
    "The model attributes; what is really behind it only a visit can tell.",
)


def _risk(document: Mapping[str, Any]) -> list[Sentence]:
    risk = document["risk"]
    value, mean = risk["value"], risk["mean"]
    if value is None:
        return [ORDER]
    few_zh, few_en = (f"约{100 * value:.0f}", f"about {100 * value:.0f}")
    if value < 0.01:
        few_zh, few_en = "不到1", "fewer than 1"
    wording, (help_zh, help_en) = wording_of(document["label"]), UNDER_HELP
    zh = f"{help_zh}，{wording.within_zh}{wording.of.back_zh}的风险是{value:.1%}"
    en = f"{capital(help_en)} the risk of {wording.of.back} within {wording.months} months is {value:.1%}"
    few_zh = f"像这样的100户里，{few_zh}户会{wording.of.back_zh}"
    return [
        (
            f"{zh}：{few_zh}。",
            f"{en}: of 100 such households {few_en}.",
        ),
        (f"全部户平均风险是{mean:.1%}。", f"The mean risk of all households is {mean:.1%}."),
    ]


def place_on_list(document: Mapping[str, Any]) -> Sentence:
    """Tell where on the list a household stands, or how far from it."""
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
    if document["records"] is None:
        return []
    line = document["line"]
    return [distance_to_line(line, line["line_a_year"], line["currency"])]


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
                    f"{capital(one['en'])}: does not fit, {', '.join(en for _, en in why)}.",
                )
            )
    return sentences


def _trials(document: Mapping[str, Any]) -> list[Sentence]:
    now = document["risk"]["value"]
    sentences = [
        (
            f"{one['zh']}：模型给出的风险从{now:.1%}变为{one['risk']:.1%}。",
            f"{capital(one['en'])}: the model would say {one['risk']:.1%} instead of {now:.1%}.",
        )
        for one in document["trials"]
    ]
    warning = (
        "试算只是把这几项数据改了再算一遍，不是效果承诺，也不能证明因果。",
        "A trial computes the risk again with these data changed; it is no promise and proves no effect.",
    )
    return [*sentences, warning] if sentences else []
