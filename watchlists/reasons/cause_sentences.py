"""What is said of causes, fresh and standing, Chinese and English; facts come as words already."""

from collections.abc import Mapping, Sequence
from typing import Any

from features.declaration import CAUSES

Sentence = tuple[str, str]

#: What a cause is about, where it is no cause of anything yet: to ask of, or as a standing weakness.
ASPECTS: Mapping[str, Sentence] = {
    "illness": ("健康", "health"),
    "disability": ("残疾和照护", "disability and care"),
    "schooling": ("就学", "schooling"),
    "labour": ("劳动力", "labour"),
    "employment": ("务工", "work"),
    "business": ("产业", "business"),
    "disaster": ("受灾", "disasters"),
    "accident": ("意外", "accidents"),
    "housing": ("住房", "housing"),
    "water": ("饮水", "drinking water"),
}
#: How sure it is that a named cause is the main one, in the steps whose truth is measured.
CONFIDENCE: Mapping[str, Sentence] = {
    "firm": ("把握较大", "fairly sure"),
    "likely": ("较可能", "likely"),
    "uncertain": ("说不准，请核实", "not sure, please ask"),
}
#: What most households fall by, to be asked of where no forecast says more (DOMAIN 2.3).
COMMONEST = ("illness", "schooling", "employment")
#: So many are asked of first.
ASKED_FIRST = 3

NO_EVENT = (
    "近一年没有登记到推高风险的事件。",
    "No event that raises the risk is on record for the last year.",
)
NO_YEAR = (
    "入册不满一年，看不出近一年的变化。",
    "Less than a year in the register: what changed in the last year cannot be told.",
)
#: Where the model attributes a rise to an event that its cause's needs rule out.
UNFIT = (
    "近一年登记的事件与该户条件不符，不列为原因。",
    "What is on record for the last year does not fit the household and is named as no cause.",
)
#: The short form, for a cell.
NONE_NAMED = ("近一年无新原因", "no fresh cause")
#: Where a published order lists, and nothing was attributed by any model.
NO_RULE = ("没有规则指向任何一项致贫原因。", "No rule points to any of the official causes.")


def aspect(group: str, label: Sentence) -> Sentence:
    """Name what a group is about: of a cause its aspect, of a circumstance its label."""
    return ASPECTS.get(group, label)


#: Where a rule has told the facts already.
BY_RULE = ("见必访规则", "as the rule says")


def named_cause(
    label: Sentence,
    facts: Sequence[Sentence],
    confidence: str | None,
    times: str = "",
    otherwise: Sentence = BY_RULE,
) -> Sentence:
    """Say what happened, and that the model attributes a rise to it.

    Parameters
    ----------
    label : (str, str)
        Of the cause.
    facts : sequence of (str, str)
        What happened.
    confidence : str or None
        A step of `CONFIDENCE`, of the main cause.
    times : str
        The factor on the odds, for evaluators.
    otherwise : (str, str)
        What stands in place of the facts where there are none.

    Examples
    --------
    >>> named_cause(("因病", "illness"), [("住院1次", "1 stay")], "likely")[1]
    'Illness: 1 stay; the model attributes a rise of the risk to it (likely).'
    """
    zh, en = _joined(facts) if facts else otherwise
    (sure_zh, sure_en), by = bracketed(confidence), f" ×{times}" if times else ""
    return (
        f"{label[0]}：{zh}；模型将风险上升归因于此{by}{sure_zh}。",
        f"{capital(label[1])}: {en}; the model attributes a rise of the risk to it{by}{sure_en}.",
    )


def counted_cause(label: Sentence, times: str, facts: Sequence[Sentence]) -> Sentence:
    """Say that rules point to a cause, which a published order multiplies by a factor."""
    zh, en = _joined(facts)
    return (
        f"规则指向：{label[0]} ×{times}{f'，{zh}' if zh else ''}。",
        f"Rules point to: {label[1]} ×{times}{f', {en}' if en else ''}.",
    )


def bracketed(confidence: str | None) -> Sentence:
    """Put a step of confidence in brackets; nothing where none is known."""
    if confidence is None:
        return "", ""
    zh, en = CONFIDENCE[confidence]
    return f"（{zh}）", f" ({en})"


def unattributed(events: Sequence[tuple[Sentence, Sequence[Sentence]]]) -> Sentence:
    """Say what is on record although the model attributes no rise to it: aspects with their facts."""
    zh, en = _weighed(events)
    return (
        f"近一年登记有：{zh}；模型没有将风险上升归因于此。",
        f"On record for the last year: {en}; the model attributes no rise of the risk to it.",
    )


def worsened(aspects: Sequence[tuple[Sentence, Sequence[Sentence]]]) -> Sentence:
    """Say which circumstance, no official cause, became worse within the year: aspects with their facts."""
    zh, en = _weighed(aspects)
    return (
        f"近一年变差的处境（模型归因）：{zh}。",
        f"What became worse in the last year, as the model attributes: {en}.",
    )


def vulnerability(aspects: Sequence[tuple[Sentence, Sequence[Sentence]]]) -> Sentence:
    """Say what makes a household vulnerable for long, the largest first: aspects with their facts."""
    zh, en = _weighed(aspects)
    return (
        f"处境薄弱在于（模型归因）：{zh}。",
        f"What makes it vulnerable, as the model attributes: {en}.",
    )


def ask_first(causes: Sequence[str]) -> Sentence:
    """Say what to ask of first."""
    zh, en = zip(*(ASPECTS[cause] for cause in causes), strict=True)
    return f"走访时先问：{'、'.join(zh)}。", f"Ask first about: {', '.join(en)}."


def likeliest(row: Mapping[str, Any]) -> list[str]:
    """Name what such households were most recorded to fall by; without a forecast the commonest causes."""
    shares = {cause: row.get(f"forecast_{cause}") for cause in CAUSES}
    known = {cause: share for cause, share in shares.items() if share is not None}
    return sorted(known, key=lambda cause: -known[cause])[:ASKED_FIRST] or list(COMMONEST)


def capital(words: str) -> str:
    """Begin an English sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def _weighed(aspects: Sequence[tuple[Sentence, Sequence[Sentence]]]) -> Sentence:
    parts = [(*words, *_joined(facts)) for words, facts in aspects]
    return (
        "；".join(f"{zh}{f'——{facts}' if facts else ''}" for zh, _, facts, _ in parts),
        "; ".join(f"{en}{f' – {facts}' if facts else ''}" for _, en, _, facts in parts),
    )


def _joined(facts: Sequence[Sentence]) -> Sentence:
    return "，".join(zh for zh, _ in facts), ", ".join(en for _, en in facts)
