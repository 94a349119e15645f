"""The folder that `huitou progress` writes: pages, workbooks and boards, for its owner alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.commands.hand_out import NAMES, Identify, for_owner_alone
from pipelines.commands.places import Places
from pipelines.workspace.workspace import walked
from register.atomic import write_text
from register.file_names import file_stem
from register.intake.building import PROGRESS, begin, swap
from watchlists.language import Language
from watchlists.ledger.progress_book import in_order, write_progress_book
from watchlists.ledger.progress_tables import Table, tables_of
from watchlists.pages.board_visits import visits_so_far, with_visits
from watchlists.pages.progress_page import write_progress_page
from watchlists.release.paths import board_path
from watchlists.release.store import Release

NO_BOARD = (
    "督战板是旧版，没有走访台账一栏，未写出 boards of this release have no block for visits: none written"
)


@dataclass(frozen=True)
class Pages:
    """What the pages of a folder are made of.

    Attributes
    ----------
    tasks : DataFrame
        `watchlists.ledger.tasks.TASKS` of the places that were asked for.
    released : Release
        Their list.
    day : date
        As of which they were worked out.
    language : str
        Of pages and workbooks.
    places : Places
        Which were asked for.
    identify : callable or None
        Adds names to the households of a county, where they were asked for.
    """

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
        """Give a county's tasks as they are spoken of, with names where they were asked for."""
        rows = in_order(tasks).to_dicts()
        return self.identify(county, rows) if self.identify else rows

    def facts(self, county: str) -> Mapping[str, Any]:
        """Say of what, as of when and of which list a page is."""
        return {
            "place": self._called(county),
            "season": self.released.season,
            "day": self.day.isoformat(),
            "list_id": self.tasks["list_id"][0],
            "simulated": self.released.source_kind == "simulator",
        }

    def _called(self, county: str) -> str:
        """Name the places that were asked for: as people call them, and by their ids."""
        row = self.tasks.filter(county_id=county).row(0, named=True)
        levels = [name for name, place in vars(self.places).items() if place] or ["county"]
        called = [row[f"{level}_name"] for level in dict.fromkeys(("county", *levels))]
        ids = (county, self.places.township, self.places.village)
        return " ".join(word for word in dict.fromkeys((*called, *ids)) if word)


def write_pages(folder: Path, pages: Pages) -> list[str]:
    """Write a page, a workbook and the board of every county into a new folder; say where.

    The board of a county needs the whole county: of a township or village none is written.
    """
    counties, boards = pages.tasks["county_id"].unique().sort().to_list(), []
    with for_owner_alone():
        building = begin(folder, PROGRESS)
        for county in walked(counties, "counties"):
            _write_county(building, county, pages)
            boards.append(not pages.is_whole or _write_board(building, county, pages))
        swap(building, folder, PROGRESS)
    named = NAMES if pages.identify else ""
    return [f"{folder.absolute()}: {len(counties)} 县 counties{named}", *([] if all(boards) else [NO_BOARD])]


def _write_county(building: Path, county: str, pages: Pages) -> None:
    own = pages.tasks.filter(county_id=county)
    tables: Sequence[Table] = tables_of(own, pages.language)
    rows, facts, stem = pages.rows(county, own), pages.facts(county), building / file_stem(county)
    title = f"{facts['place']} {facts['season']} {facts['day']}"
    write_progress_page(stem.with_name(f"{stem.name}.html"), tables, rows, facts, pages.language)
    book = stem.with_name(f"{stem.name}.xlsx")
    write_progress_book(book, tables, rows, title, pages.language, named=pages.identify is not None)


def _write_board(building: Path, county: str, pages: Pages) -> bool:
    """Write the released board with the present state for its plan; tell whether it has a place for it."""
    released = pages.released.folder / board_path(county)
    text = released.read_text(encoding="utf-8") if released.is_file() else ""
    board = with_visits(text, visits_so_far(pages.tasks.filter(county_id=county), pages.day))
    if board is not None:
        write_text(building / board_path(county), board)
    return board is not None
