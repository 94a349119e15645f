"""First block of a county's board: the plan of its visits, and later how far they have come."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from models.evaluation.disclosure import SMALL, rounded
from register.seasons import months_later, season_end
from watchlists.ledger.due import MONTHS
from watchlists.ledger.progress import COUNTS, progress
from watchlists.ledger.progress_tables import table_of
from watchlists.pages.pages import page

#: What stands around the block, so that another can take its place.
BEGIN, END = "<!-- visits -->\n", "<!-- end of visits -->\n"


def planned_visits(tasks: pl.DataFrame, season: str) -> Markup:
    """Write what is due by when, before anybody went.

    Parameters
    ----------
    tasks : DataFrame
        `watchlists.ledger.tasks.TASKS` of a county; none where nobody of it is listed.
    season : str
        Season of the list.

    Notes
    -----
    A released board may hang on a wall: counts up to `SMALL` are not shown, and how many are
    due by a month's end is rounded, or it would tell how many a department's rule speaks for
    (`models.evaluation.disclosure`).
    """
    start = season_end(season)
    ends = [months_later(start, month) for month in range(1, MONTHS + 1)]
    values = {
        "listed": len(tasks) if len(tasks) > SMALL else f"≤{SMALL}",
        "duty_day": tasks.filter(listed_by="duty")["due_on"].max(),
        "due": [(day, rounded(len(tasks.filter(pl.col("due_on") <= day)))) for day in ends[:-1]],
        "last": ends[-1],
    }
    return _block({**_NOTHING, **values})


def visits_so_far(tasks: pl.DataFrame, day: date) -> Markup:
    """Write how far visits have come by `day`, the county first and then its townships."""
    townships = table_of(tasks, "township", "zh").rows[:-1]
    values = {"total": progress(tasks, []).row(0, named=True), "day": day, "townships": townships}
    return _block({**_NOTHING, **values})


def with_visits(board: str, block: Markup) -> str | None:
    """Put a block in the place of the one a board has; None where it has none, as older boards."""
    before, begin, rest = board.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{block}{after}" if begin and end else None


_NOTHING: dict[str, Any] = {"total": None, "day": None, "townships": []}


def _block(values: Mapping[str, Any]) -> Markup:
    counts = {name: (zh, en) for name, (_, zh, en) in COUNTS.items()}
    filled = page("board_visits.html", {**values, "counts": counts}).rstrip("\n")
    return Markup(f"{BEGIN}{filled}\n{END}")
