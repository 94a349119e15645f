"""`huitou progress`: how far the visits of a list have come, on the terminal and as pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.commands.hand_out import identifier, refuse_place
from pipelines.commands.places import Places
from pipelines.commands.progress_folder import Pages, write_pages
from pipelines.commands.returned import open_rows
from pipelines.workspace.events import keep_event
from pipelines.workspace.ledger import entries_of, ledger_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today
from register.cells.width import padded, text_width
from register.errors import ParamsError
from register.seasons import season_end
from watchlists.language import Language
from watchlists.ledger.progress import COUNTS
from watchlists.ledger.progress_tables import BELOW, Table, table_of
from watchlists.ledger.responsible_file import Entry
from watchlists.release.store import open_release


@dataclass(frozen=True)
class Wanted:
    """What progress is wanted of: list, places, day, language, with names or not."""

    season: str
    places: Places
    as_of: str | None
    language: Language | None
    with_names: bool


def show_progress(wanted: Wanted, folder: Path | None) -> str:
    """Count how far visits have come, by the places below those that were asked for.

    Parameters
    ----------
    wanted : Wanted
        As the terminal said.
    folder : Path, optional
        A new folder, for its owner alone: a page and a workbook a county, and its board.

    Returns
    -------
    str
        The table, and where the pages are.

    Raises
    ------
    ParamsError
        When the day is none, or lies before the list's; or the file of those responsible has a fault.
    SourceError
        When nobody of a place is listed, or the folder is in use or inside the releases.
    StoreError
        When release, register or look-backs are damaged.
    """
    params = load_params()
    if folder is not None:
        refuse_place(folder)
    released = open_release(releases_of(HERE, params), wanted.season)
    day = _day(wanted.as_of, season_end(released.season))
    tasks = wanted.places.of(ledger_of(released, params, day, open_rows(params.privacy)))
    if wanted.with_names:
        keep_event(
            HERE, params, "progress", release=released.folder.name, day=f"{day}", **vars(wanted.places)
        )
    language = wanted.language or params.watchlist.language
    title = f"走访进度 progress of visits · {released.season} · 截至 as of {day}"
    lines = [title, *_terminal(tasks, wanted, entries_of(params))]
    if folder is not None:
        identify = identifier(params, released) if wanted.with_names else None
        lines += write_pages(folder, Pages(tasks, released, day, language, wanted.places, identify))
    return "".join(f"{line}\n" for line in lines)


def _day(as_of: str | None, list_day: date) -> date:
    try:
        day = today() if as_of is None else date.fromisoformat(as_of)
    except ValueError:
        raise ParamsError(f"--as-of: found {as_of!r}, allowed is a day such as 2026-01-31; mend it") from None
    if day < list_day:
        raise ParamsError(
            f"--as-of: found {day}, before the list's own day; allowed is {list_day} or later; mend it"
        )
    return day


def _terminal(tasks: pl.DataFrame, wanted: Wanted, entries: Iterable[Entry]) -> list[str]:
    """Write the table of the level below the narrowest place that was asked for.

    People stand there by the rows of their file: a terminal is kept in logs.
    """
    narrowed = [name for name, place in vars(wanted.places).items() if place is not None]
    level = BELOW[narrowed[-1] if narrowed else ""]
    rows: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        rows[entry.responsible].append(str(entry.row))
    called = {who: f"第{'、'.join(numbers)}行 row {', '.join(numbers)}" for who, numbers in rows.items()}
    table = table_of(tasks, level, "both", None if wanted.with_names else called)
    return _aligned(table)


def _aligned(table: Table) -> list[str]:
    """Write heads in two lines, Chinese and English, and columns as wide as their widest cell."""
    heads = [(table.zh, table.en), *((zh, en) for _, zh, en in COUNTS.values())]
    cells = [[row["place"], *(str(row[name]) for name in COUNTS)] for row in table.rows]
    lines = [[zh for zh, _ in heads], [en for _, en in heads], *cells]
    widths = [max(text_width(line[place]) for line in lines) for place in range(len(heads))]
    return [
        "  ".join(
            padded(text, width) if place == 0 else " " * (width - text_width(text)) + text
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
