"""`huitou print`: the release's cards and boards as PDF, by a Chromium that is already there."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.commands.hand_out import for_owner_alone
from pipelines.commands.places import Places
from pipelines.workspace.events import keep_event
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, progress
from register.atomic import atomic_path
from register.errors import StoreError
from watchlists.release.paths import board_path, card_path
from watchlists.release.store import open_release

PRINTERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
#: For a page of cards; most take two.
SECONDS = 120
#: Pages printed at a time: a browser keeps about one core busy.
AT_ONCE = 2


def print_release(season: str, output: Path, places: Places) -> list[Path]:
    """Print the cards and boards of a release, of all places or one, for their owner alone.

    Parameters
    ----------
    season : str
        A released season, or ``current``.
    output : Path
        Folder for the PDF files, in sub-folders as in the release.
    places : Places
        Whose; a board is of a whole county.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    SeasonError
        When the season was never released.
    SourceError
        When nobody of a place is listed.
    StoreError
        When no Chromium is found, it prints nothing, the release is damaged, or the act cannot be noted.
    """
    params = load_params()
    printer, released = chromium(), open_release(releases_of(HERE, params), season)
    listed = places.of(released.list).select("county_id", "township_id").unique(maintain_order=True)
    pages = [card_path(*place) for place in listed.iter_rows()]
    pages += [board_path(county) for county in listed["county_id"].unique(maintain_order=True)]
    keep_event(HERE, params, "print", release=released.folder.name, **vars(places))
    targets = [(output / page).with_suffix(".pdf") for page in pages]
    with for_owner_alone(), ThreadPoolExecutor(AT_ONCE) as pool:
        sent = [
            pool.submit(_print, printer, released.folder / page, target)
            for page, target in zip(pages, targets, strict=True)
        ]
        for one in progress(sent, "print", "page"):
            one.result()
    return targets


def chromium() -> str:
    """Find a Chromium on the path.

    Raises
    ------
    StoreError
        When there is none.
    """
    browser = next((path for name in PRINTERS if (path := shutil.which(name))), None)
    if browser is None:
        raise StoreError(
            "print: no Chromium, Chrome or Edge found on the path; "
            "open the .html files of the release in any browser and print them there"
        )
    return browser


def _print(printer: str, page: Path, target: Path) -> None:
    with atomic_path(target) as aside, TemporaryDirectory() as profile:
        command = [
            printer,
            "--headless=new",
            "--disable-gpu",
            "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing is looked up anywhere
            "--no-pdf-header-footer",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={aside.absolute()}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # its sandbox refuses to work for root
            page.absolute().as_uri(),
        ]
        if not _ran(command) or not aside.is_file():
            raise StoreError(
                f"{page}: {Path(printer).name} printed nothing; open the page in a browser instead"
            )


def _ran(command: Sequence[str]) -> bool:
    """Tell whether a printer ended well, and within its time."""
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False
