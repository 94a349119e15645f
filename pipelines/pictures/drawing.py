"""Draw what a release hands to officers, of its first township, in each language, without names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.commands.cards import write_card_pages
from pipelines.commands.hand_out import Handout, for_owner_alone, refuse_place
from pipelines.commands.monthly import Wanted as Papers
from pipelines.commands.monthly import write_month
from pipelines.commands.places import Places
from pipelines.commands.progress import Wanted as Progress
from pipelines.commands.progress import show_progress
from pipelines.commands.workbooks import write_workbooks
from pipelines.pictures.programs import Programs, programs
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, progress
from register.seasons import months_later, season_end
from watchlists.language import Language
from watchlists.release.paths import board_path
from watchlists.release.store import open_release

LANGUAGES: tuple[Language, ...] = ("zh", "en")
#: Windows in pixels: a phone, and a small office screen.
PHONE, SCREEN = (390, 1600), (1366, 768)
#: Pages of a document that are drawn.
PAGES = 3
#: What comes back to a township (`huitou lookback`), where there is any.
RETURNED = "lookback"


@dataclass(frozen=True)
class Drawn:
    """A file to draw and what its pictures are called."""

    name: str
    path: Path


def draw(folder: Path, languages: Sequence[Language] = LANGUAGES) -> list[Path]:
    """Draw everything into a new folder, for its owner alone.

    Parameters
    ----------
    folder : Path
        A new folder, outside the releases.
    languages : sequence of str
        Each of them gets its pictures.

    Returns
    -------
    list of Path
        The pictures: ``<what>-<language>-a4-1.png`` as printed, ``...-390.png`` on a phone,
        ``...-screen.png`` on a small screen. A workbook on the screen is drawn as a browser
        shows it; that its headings stay in sight while it is scrolled no picture says.

    Raises
    ------
    StoreError
        When a program is missing or draws nothing, or the release is damaged.
    """
    refuse_place(folder)
    with for_owner_alone(), TemporaryDirectory() as aside:
        tools = programs(Path(aside) / "profiles")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for language in progress(languages, "pictures", "language"):
            made = Path(aside) / language
            books, pages = _handed_out(made, language)
            _draw_books(tools, books, made, folder)
            _draw_pages(tools, pages, made, folder)
    return sorted(folder.glob("*.png"))


def _handed_out(made: Path, language: Language) -> tuple[list[Drawn], list[Drawn]]:
    """Write what is handed out of one township; give workbooks and pages."""
    released = open_release(releases_of(HERE, load_params()))
    county, township = released.list.select("county_id", "township_id").row(0)
    places = Places(county, township)
    handout = Handout(released.season, places, language, with_names=False)
    write_workbooks(made / "sheet", handout)
    write_card_pages(made / "card", handout)
    show_progress(
        Progress(released.season, Places(county), None, language, with_names=False), made / "progress"
    )
    month = f"{months_later(season_end(released.season), 1):%Y-%m}"
    write_month(Papers(month, Places(county), language, with_names=False), made / "month")
    books = [
        *_first("sheet", language, made / "sheet", "*/*.xlsx"),
        *_first("progress", language, made / "progress", "*.xlsx"),
        *(
            drawn
            for paper in ("county", "meeting", "notice")
            for drawn in _first(paper, language, made / "month" / paper, "**/*.xlsx")
        ),
        *_first("returned", language, HERE.artifacts / RETURNED, "**/*.xlsx"),
    ]
    board = released.folder / board_path(county)
    pages = [
        *_first("card", language, made / "card", "*/*.html"),
        *_first("progress-page", language, made / "progress", "*.html"),
        *([Drawn(f"board-{language}", board)] if board.is_file() else []),
    ]
    return books, pages


def _first(name: str, language: Language, folder: Path, pattern: str) -> Iterator[Drawn]:
    for path in sorted(folder.glob(pattern))[:1]:
        yield Drawn(f"{name}-{language}", path)


def _draw_books(tools: Programs, books: Sequence[Drawn], made: Path, folder: Path) -> None:
    """Print workbooks as LibreOffice does, and show the sheet as wide as a small screen."""
    copies = made / "copies"
    copies.mkdir()
    for one in books:
        (copies / f"{one.name}.xlsx").write_bytes(one.path.read_bytes())
    paths = sorted(copies.glob("*.xlsx"))
    tools.converted(paths, "pdf", copies)
    for path in paths:
        tools.first_pages(path.with_suffix(".pdf"), folder / f"{path.stem}-a4", PAGES)
    sheets = [path for path in paths if path.name.startswith("sheet-")]
    tools.converted(sheets, "html", copies)
    for path in sheets:
        tools.seen_at(path.with_suffix(".html"), folder / f"{path.stem}-screen.png", SCREEN)


def _draw_pages(tools: Programs, pages: Sequence[Drawn], made: Path, folder: Path) -> None:
    """Print pages as a browser does, and show them on a phone."""
    for one in pages:
        document = made / f"{one.name}.pdf"
        tools.printed(one.path, document)
        tools.first_pages(document, folder / f"{one.name}-a4", PAGES)
        tools.seen_at(one.path, folder / f"{one.name}-390.png", PHONE)
