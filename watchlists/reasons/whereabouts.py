"""Where a household stands: its place, monitoring, and what visits to it said; in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from register.tables.households import HOUSEHOLDS
from register.tables.lookbacks import LOOKBACKS
from register.tables.monitoring import MONITORING
from watchlists.language import english
from watchlists.reasons.cause_sentences import Sentence

#: So many visits are told, the last ones.
MOST_VISITS = 5
OUTSIDE = (
    "不在{season}的评估范围：那时或已是监测对象，或收入已低于监测线，或还没有登记在册，所以没有评估，也没有排名。",
    (
        "Not in the cohort of {season}: monitored already, below the line already or not on record by then; "
        "so it was not judged and has no rank."
    ),
)
FREE = (
    "没有入列不影响申报、走访和帮扶。",
    "It may ask for help and be visited all the same.",
)


def masked(name: str) -> str:
    """Hide a name but for its first character.

    Examples
    --------
    >>> masked("王桂花"), masked("")
    ('王**', '')
    """
    return name[:1] + "*" * (len(name) - 1)


def outside(season: str) -> list[Sentence]:
    """Tell of a household that a season's list was not chosen from."""
    return [tuple(words.format(season=season) for words in OUTSIDE), FREE]  # type: ignore[list-item]


def monitored(events: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    """Tell since when a household is monitored and as what, or that it was and no more is.

    Parameters
    ----------
    events : sequence of mapping
        Its rows of table ``monitoring`` as known, the oldest first.

    Returns
    -------
    list of (str, str)
        Nothing of a household that never was.
    """
    if not events:
        return []
    last = events[-1]
    if last["event"] == "eliminated":
        day = last["occurred_on"]
        return [(f"曾是监测对象，{day}风险消除。", f"Was monitored; its risk was eliminated on {day}.")]
    since, group, cause = last["occurred_on"], last["group"], last["main_cause"]
    zh, en = (
        "、".join(word for word in (_meaning("group", group), _meaning("main_cause", cause)) if word),
        ", ".join(english(code) for code in (group, cause) if code),
    )
    return [
        (
            f"已是监测对象：自{since}{f'，{zh}' if zh else ''}。",
            f"Monitored already: since {since}{f', {en}' if en else ''}.",
        )
    ]


def visited(visits: Sequence[Mapping[str, Any]]) -> list[Sentence]:
    """Tell what the last visits said, the newest first.

    Parameters
    ----------
    visits : sequence of mapping
        ``visited_on, result, role, season, is_off_list``; notes are not told.
    """
    if not visits:
        return [("没有读回的走访。", "No visit was read back.")]
    newest = sorted(visits, key=lambda visit: visit["visited_on"], reverse=True)
    return [_visit(visit) for visit in newest[:MOST_VISITS]]


def category(code: str) -> Sentence:
    """Name the kind of household."""
    return HOUSEHOLDS.by_name["category"].meanings.get(code, ""), english(code)


def _visit(visit: Mapping[str, Any]) -> Sentence:
    words = LOOKBACKS.by_name
    day, result, role, season = (visit[name] for name in ("visited_on", "result", "role", "season"))
    who_zh = f"（{words['role'].meanings[role]}）" if role else ""
    who_en = f" ({english(role)})" if role else ""
    list_zh, list_en = ("名单外", "off the list of") if visit["is_off_list"] else ("名单", "list of")
    return (
        f"{day}走访：{words['result'].meanings[result]}{who_zh}，{season}{list_zh}。",
        f"Visited {day}: {english(result)}{who_en}, {list_en} {season}.",
    )


def _meaning(column: str, code: str | None) -> str:
    return MONITORING.by_name[column].meanings.get(code, "") if code else ""
