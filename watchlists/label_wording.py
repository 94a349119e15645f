"""What an outcome is called, Chinese and English, on everything people read: declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.labels.label_rules import ENTERS, FALLS, INCOME, NEXT, RELAPSES, outcome_of
from register.tables import TABLES
from watchlists.survey_words import in_survey_words

Words = tuple[str, str]

#: Stands on whatever a published order lists, in place of what a risk means.
_ORDER_ZH = (
    "本名单按公布的排序列出：收入离监测线越近越靠前；"
    "规则也计入的，部门预警和重点走访每触发一项，相当于收入减半（×2.0）。"
)
_ORDER_EN = (
    "Listed by a published order: the nearer to the line the sooner; where rules count too, every department "
    "alert or priority visit that speaks counts as half the income (×2.0)."
)
ORDER: Words = (
    f"{_ORDER_ZH}没有训练模型，排序不是概率，须入户核实。",
    f"{_ORDER_EN} Nothing was trained; an order is no probability, a visit must tell.",
)
#: Stands on whatever a model of another place lists.
UNTESTED: Words = (
    "名单由另一地训练的模型列出，没有在本地检验过：风险数字不作承诺，须入户核实。",
    "Listed by a model of another place, untested here: its risks are no promise, a visit must tell.",
)
#: Stands wherever a risk is described: labels are read with the help there was.
UNDER_HELP: Words = ("在现有帮扶下", "under current help")


@dataclass(frozen=True)
class OutcomeWords:
    """The words of one outcome.

    Attributes
    ----------
    risk_zh, risk : str
        Name of the risk.
    zh, full_zh, back_zh : str
        The event as a verb, short (跌破), with its object (跌破监测线), in plain speech (返贫).
    cases_zh, definition_zh : str
        Who comes to it (返贫户); what counts as it.
    past, past_full, not_past, present, not_present, known_to_have : str
        Who fell; fell below the line; did not fall; fall; do not; have fallen.
    noun, nouns, gerund, back, definition : str
        A fall; falls; falling below the line; falling back; falls below the line or ...
    """

    risk_zh: str
    risk: str
    zh: str
    full_zh: str
    cases_zh: str
    back_zh: str
    definition_zh: str
    past: str
    past_full: str
    not_past: str
    present: str
    not_present: str
    noun: str
    nouns: str
    gerund: str
    back: str
    definition: str
    known_to_have: str


@dataclass(frozen=True)
class LabelWording:
    """An outcome and its time, as people read them.

    Attributes
    ----------
    months : int
        Length of the label window.
    is_administrative : bool
        Whether the outcome is a decision of the mechanism.
    is_survey : bool
        Whether waves of a survey are read, no register.
    resources : str
        What a survey's resources are: ``income`` or ``consumption``.
    """

    of: OutcomeWords
    months: int
    is_administrative: bool
    is_survey: bool = False
    resources: str = INCOME

    @property
    def within_zh(self) -> str:
        """The time, in Chinese: a year, or so many months."""
        return "一年内" if self.months == 12 else f"{self.months}个月内"

    def worded(self, text: str) -> str:
        """Say a text in the words of what was read: a register's as it is, a survey's in its own."""
        return in_survey_words(text, self.resources) if self.is_survey else text


_OUTCOMES: Mapping[str, OutcomeWords] = {
    FALLS: OutcomeWords(
        risk_zh="返贫风险",
        risk="risk",
        zh="跌破",
        full_zh="跌破监测线",
        cases_zh="返贫户",
        back_zh="返贫",
        definition_zh="跌破监测线或新出现三保障、饮水问题",
        past="fell",
        past_full="fell below the line",
        not_past="did not fall",
        present="fall",
        not_present="do not",
        noun="fall",
        nouns="falls",
        gerund="falling below the line",
        back="falling back",
        definition="falls below the line or newly loses a guarantee",
        known_to_have="fallen",
    ),
    ENTERS: OutcomeWords(
        risk_zh="纳入监测的可能",
        risk="chance of identification",
        zh="纳入监测",
        full_zh="被纳入监测",
        cases_zh="纳入监测户",
        back_zh="被纳入监测",
        definition_zh="被识别为监测对象",
        past="were identified",
        past_full="were identified for monitoring",
        not_past="were not identified",
        present="are identified",
        not_present="are not",
        noun="identification",
        nouns="identifications",
        gerund="being identified for monitoring",
        back="being identified for monitoring",
        definition="is identified for monitoring",
        known_to_have="been identified for monitoring",
    ),
    RELAPSES: OutcomeWords(
        risk_zh="再次纳入监测的可能",
        risk="chance of repeat identification",
        zh="再次纳入监测",
        full_zh="再次被纳入监测",
        cases_zh="再次纳入监测户",
        back_zh="再次被纳入监测",
        definition_zh="风险消除后再次被识别为监测对象",
        past="were identified again",
        past_full="were identified again for monitoring",
        not_past="were not identified again",
        present="are identified again",
        not_present="are not",
        noun="repeat identification",
        nouns="repeat identifications",
        gerund="being identified again after elimination",
        back="being identified again after elimination",
        definition="is identified again for monitoring after its risk was eliminated",
        known_to_have="been identified again after elimination",
    ),
}


def words_of(outcome: str) -> OutcomeWords:
    """Give the words of an outcome."""
    return _OUTCOMES[outcome]


def wording_of(label: Mapping[str, Any]) -> LabelWording:
    """Give the words for a section ``label`` of params.yaml, of this run or of an older release."""
    outcome = outcome_of(label)
    return LabelWording(
        _OUTCOMES[outcome],
        label.get("months", 12),
        outcome != FALLS,
        label.get("reading") == NEXT,
        label.get("resources", INCOME),
    )


def label_seen_in(tables: Mapping[str, bool]) -> Words:
    """Say which of the tables that an outcome is read from are there, and which are not.

    Examples
    --------
    >>> label_seen_in({"housing": True, "water": False})[1]
    'The outcome is read from: housing. No records of drinking water: what shows only there is not seen.'
    """
    (zh, en), (zh_lacking, en_lacking) = _named(tables, held=True), _named(tables, held=False)
    unseen_zh = f"没有{zh_lacking}记录，只有那里看得出的不算在内。" if zh_lacking else ""
    unseen = f" No records of {en_lacking}: what shows only there is not seen." if en_lacking else ""
    return f"结果由这些记录看出：{zh}。{unseen_zh}", f"The outcome is read from: {en}.{unseen}"


def _named(tables: Mapping[str, bool], *, held: bool) -> Words:
    named = [TABLES[name] for name, is_held in tables.items() if is_held is held]
    return "、".join(one.zh for one in named), ", ".join(one.en for one in named)
