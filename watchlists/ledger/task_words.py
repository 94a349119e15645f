"""Tasks as people read them: codes become words, in the language of the page."""

from collections.abc import Mapping
from typing import Any

from register.tables.lookbacks import LOOKBACKS
from watchlists.language import Language, english, in_language
from watchlists.ledger.help import HELP
from watchlists.ledger.tasks import LISTED_BY, STATES

#: A visit that is late, a measure that is late.
OVERDUE, NO_ONE = ("逾期", "overdue"), ("未指定", "nobody named")


def task_view(task: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Add to a task what people read.

    Returns
    -------
    dict
        The task with ``village_shown, township_shown, listed_by_shown, state_shown, overdue_shown,
        result_shown, help_shown, responsible_shown`` and days as text, "" where nothing is known.

    Examples
    --------
    >>> from watchlists.ledger.tasks import TASKS
    >>> task = {**dict.fromkeys(TASKS), "village_id": "V1", "listed_by": "duty", "state": "not_visited"}
    >>> view = task_view({**task, "overdue": True}, "zh")
    >>> view["village_shown"], view["listed_by_shown"], view["state_shown"], view["overdue_shown"]
    ('V1', '必访', '未走访', '逾期')
    """
    days = ("due_on", "visited_on", "help_due_on", "help_begun_on")
    return {
        **task,
        **{name: task[name].isoformat() if task[name] else "" for name in days},
        "village_shown": task["village_name"] or task["village_id"],
        "township_shown": task["township_name"] or task["township_id"],
        "listed_by_shown": in_language(LISTED_BY[task["listed_by"]], language),
        "state_shown": in_language(STATES[task["state"]], language),
        "overdue_shown": in_language(OVERDUE, language) if task["overdue"] else "",
        "result_shown": in_language(_result(task["result"]), language) if task["result"] else "",
        "help_shown": in_language(HELP[task["help"]], language) if task["help"] else "",
        "responsible_shown": task["responsible"] or in_language(NO_ONE, language),
    }


def _result(code: str) -> tuple[str, str]:
    return LOOKBACKS.by_name["result"].meanings[code], english(code)
