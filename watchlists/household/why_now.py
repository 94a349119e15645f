"""Why a household is visited now: the duty, what happened behind every named cause, what else did."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from features.declaration import CAUSES, declared_features
from register.reference import AlertRule, Cause
from watchlists.household.happened_at_home import happened
from watchlists.household.people import Sentence
from watchlists.household.records import Household
from watchlists.reasons.cause_sentences import ASPECTS

#: Of a named cause whose event no record of today shows any more.
ON_RECORD = ("登记有变动，请核实", "on record, please check")
#: Where nothing happened within the year.
NOTHING = ("近一年没有登记新的变故", "nothing new is on record for the last year")
#: So many events of one cause have room.
MOST_EVENTS = 3


def why_now(
    row: Mapping[str, Any],
    home: Household,
    causes: Mapping[str, Cause],
    rules: Mapping[str, AlertRule],
    fell: Sequence[Sentence],
) -> list[Sentence]:
    """Say why a household is visited now.

    Parameters
    ----------
    row : mapping
        Of the list: ``rules, named_causes, events``.
    home : Household
        Its records.
    causes : mapping of str to Cause
        Labels.
    rules : mapping of str to AlertRule
        Must-visit rules by code.
    fell : sequence of (str, str)
        That income fell within the year; none where it did not.

    Returns
    -------
    list of (str, str)
        Duties first, rules of one cause together; then the named causes, the main one first; then other
        events of the year and the fall of income.
    """
    duties = _by_causes([rules[code] for code in row["rules"]])
    spoken = {cause for of_rule in duties for cause in of_rule}
    named = [cause for cause in row["named_causes"] if cause in CAUSES]
    others = [cause for cause in row["events"] if cause not in {*named, *spoken}]
    points = [
        *(_duty(together, _events(home, of_rule)) for of_rule, together in duties.items()),
        *(
            _cause(_label(causes[one]), _events(home, [one]) or [ON_RECORD])
            for one in named
            if one not in spoken
        ),
        *(_cause(ASPECTS[one], events) for one in others if (events := _events(home, [one]))),
        *fell,
    ]
    return points or [NOTHING]


def _by_causes(rules: Sequence[AlertRule]) -> dict[tuple[str, ...], list[AlertRule]]:
    """Put rules of the same causes together: the same events stand behind them."""
    group_of = {one.name: one.group for one in declared_features()}
    together: dict[tuple[str, ...], list[AlertRule]] = defaultdict(list)
    for rule in rules:
        together[tuple(dict.fromkeys(g for name in rule.when if (g := group_of[name]) in CAUSES))].append(
            rule
        )
    return together


def _events(home: Household, causes: Sequence[str]) -> list[Sentence]:
    return [event for cause in causes for event in happened(home, cause)[:MOST_EVENTS]]


def _duty(rules: Sequence[AlertRule], events: Sequence[Sentence]) -> Sentence:
    duty_zh, duty_en = _joined([(rule.zh, rule.en) for rule in rules])
    zh, en = _joined(events)
    return (
        f"必访——{duty_zh}{f'：{zh}' if zh else ''}",
        f"must visit – {duty_en}{f': {en}' if en else ''}",
    )


def _cause(label: Sentence, events: Sequence[Sentence]) -> Sentence:
    """Put the official cause before its events; of what is no cause here, only what it is about."""
    zh, en = _joined(events)
    return f"{label[0]}：{zh}", f"{label[1]}: {en}"


def _label(cause: Cause) -> Sentence:
    return cause.zh, cause.en


def _joined(events: Sequence[Sentence]) -> Sentence:
    return "；".join(zh for zh, _ in events), "; ".join(en for _, en in events)
