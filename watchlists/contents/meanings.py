"""What the codes in a release mean: from the rooms that write them."""

from collections.abc import Mapping
from functools import cache

from models.evaluation.declaration import OF, TIES
from register.reference import causes, levers, measures
from watchlists.ledger import tasks
from watchlists.ledger.help import HELP
from watchlists.reasons import household_view
from watchlists.release.declaration import Words
from watchlists.visits.boards import LEVELS
from watchlists.visits.change import WHY_ENTERED, WHY_LEFT
from watchlists.visits.groups import HARD_GROUPS


def meanings(table: str, name: str) -> Mapping[str, Words]:
    """Give Chinese and English of every code of a column; none where the codes are listed elsewhere.

    Examples
    --------
    >>> meanings("tasks", "listed_by")["duty"], meanings("listed", "rules")
    (('必访', 'must visit'), {})
    """
    known = _known()
    return known.get(f"{table}.{name}") or known.get(name) or {}


@cache
def _known() -> dict[str, dict[str, Words]]:
    named = {code: (one.zh, one.en) for code, one in causes().items()}
    served = {code: (one.zh, one.en) for code, one in measures().items()}
    return {
        **dict.fromkeys(("main_cause", "named_causes", "vulnerability", "evidence.group"), named),
        **dict.fromkeys(("measure", "measures", "measures_in_force", "measures_ending"), served),
        "listed_by": household_view.LISTED_BY,
        "tasks.listed_by": tasks.LISTED_BY,
        "state": tasks.STATES,
        "closed": tasks.CLOSED,
        "help": HELP,
        "change": household_view.CHANGES,
        "why_entered": WHY_ENTERED,
        "why_left": WHY_LEFT,
        "groups": {code: (one.zh, one.en) for code, one in HARD_GROUPS.items()},
        "trials.lever": {one.code: (one.zh, one.en) for one in levers()},
        "level": {code: (zh, en) for code, (_, _, zh, en) in LEVELS.items()},
        "ties": {one: (one, one) for one in TIES},
        "metrics.of": {one: (one, one) for one in OF},
    }
