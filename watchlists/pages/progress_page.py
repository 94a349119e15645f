"""A county's progress as a page: for the screen, a phone and A4."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from register.atomic import write_text
from watchlists.language import Language, in_language
from watchlists.ledger.progress import COUNTS
from watchlists.ledger.progress_tables import Table
from watchlists.ledger.task_words import task_view
from watchlists.pages.pages import page


def write_progress_page(
    target: Path,
    tables: Sequence[Table],
    rows: Sequence[Mapping[str, Any]],
    facts: Mapping[str, Any],
    language: Language,
) -> None:
    """Write the page.

    Parameters
    ----------
    target : Path
        The .html file.
    tables : sequence of Table
        From `watchlists.ledger.progress_tables.tables_of`; the last row of each is the county.
    rows : sequence of mapping
        Tasks in the order in which they are to be spoken of; those that are late are listed. A
        named copy has ``head`` and ``phone`` too.
    facts : mapping
        ``place, season, day, list_id``, ``simulated``.
    language : str
        Of its words.
    """
    late = [row for row in rows if row["overdue"] or row["help"] == "overdue"]
    values = {
        **facts,
        "tables": tables,
        "total": tables[0].rows[-1],
        "counts": {name: (zh, en) for name, (_, zh, en) in COUNTS.items()},
        "late": [{"head": "", "phone": "", **task_view(row, language)} for row in late],
        "named": bool(rows) and "head" in rows[0],
        "language": language,
        "say": lambda zh, en: in_language((zh, en), language),
    }
    write_text(target, page("progress.html", values))
