"""`huitou progress`: how far the visits of a list have come, on the terminal and as pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.commands.hand_out import NAMES, Identify, for_owner_alone, identifier, refuse_place
from pipelines.commands.places import Places
from pipelines.workspace.ledger import entries_of, ledger_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today, walked
from register.atomic import write_text
from register.cells.width import padded, text_width
from register.errors import ParamsError
from register.file_names import file_stem
from register.intake.building import PROGRESS, begin, swap
from register.seasons import season_end
from watchlists.language import Language
from watchlists.ledger.progress import COUNTS
from watchlists.ledger.progress_book import in_order, write_progress_book
from watchlists.ledger.progress_tables import BELOW, Table, table_of, tables_of
from watchlists.ledger.responsible_file import Entry
from watchlists.pages.board_visits import visits_so_far, with_visits
from watchlists.pages.progress_page import write_progress_page
from watchlists.release.paths import board_path
from watchlists.release.store import Release, open_release

NO_BOARD = (
    "督战板是旧版，没有走访台账一栏，未写出 boards of this release have no block for visits: none written"
)


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
    tasks = wanted.places.of(ledger_of(released, params, day, []))
    language = wanted.language or params.watchlist.language
    lines = _terminal(tasks, wanted, day, entries_of(params))
    if folder is not None:
        identify = identifier(params, released) if wanted.with_names else None
        lines += _write(folder, _Pages(tasks, released, day, language, wanted.places, identify))
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


def _terminal(tasks: pl.DataFrame, wanted: Wanted, day: date, entries: Iterable[Entry]) -> list[str]:
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
    return [f"走访进度 progress of visits · {tasks['season'][0]} · 截至 as of {day}", *_aligned(table)]


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


@dataclass(frozen=True)
class _Pages:
    """What pages are made of."""

    tasks: pl.DataFrame
    released: Release
    day: date
    language: Language
    places: Places
    identify: Identify | None

    @property
    def is_whole(self) -> bool:
        """Whether counties are whole, so that their boards can speak of them."""
        return self.places.township is None and self.places.village is None

    def rows(self, county: str, tasks: pl.DataFrame) -> list[dict[str, Any]]:
        rows = in_order(tasks).to_dicts()
        return self.identify(county, rows) if self.identify else rows

    def facts(self, county: str) -> Mapping[str, Any]:
        places = (county, self.places.township, self.places.village)
        return {
            "place": " ".join(place for place in places if place),
            "season": self.released.season,
            "day": self.day.isoformat(),
            "list_id": self.tasks["list_id"][0],
            "simulated": self.released.source_kind == "simulator",
        }


def _write(folder: Path, pages: _Pages) -> list[str]:
    counties, boards = pages.tasks["county_id"].unique().sort().to_list(), []
    with for_owner_alone():
        building = begin(folder, PROGRESS)
        for county in walked(counties, "counties"):
            _write_county(building, county, pages)
            boards.append(not pages.is_whole or _write_board(building, county, pages))
        swap(building, folder, PROGRESS)
    named = NAMES if pages.identify else ""
    return [f"{folder.absolute()}: {len(counties)} 县 counties{named}", *([] if all(boards) else [NO_BOARD])]


def _write_county(building: Path, county: str, pages: _Pages) -> None:
    own = pages.tasks.filter(county_id=county)
    tables: Sequence[Table] = tables_of(own, pages.language)
    rows, facts, stem = pages.rows(county, own), pages.facts(county), building / file_stem(county)
    title = f"{facts['place']} {facts['season']} {facts['day']}"
    write_progress_page(stem.with_name(f"{stem.name}.html"), tables, rows, facts, pages.language)
    book = stem.with_name(f"{stem.name}.xlsx")
    write_progress_book(book, tables, rows, title, pages.language, named=pages.identify is not None)


def _write_board(building: Path, county: str, pages: _Pages) -> bool:
    """Write the released board with the present state for its plan; tell whether it has a place for it."""
    released = pages.released.folder / board_path(county)
    text = released.read_text(encoding="utf-8") if released.is_file() else ""
    board = with_visits(text, visits_so_far(pages.tasks.filter(county_id=county), pages.day))
    if board is not None:
        write_text(building / board_path(county), board)
    return board is not None
