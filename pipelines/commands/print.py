"""`huitou print`: the release's cards and boards as PDF, by a Chromium that is already there."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, progress
from register.atomic import atomic_path
from register.errors import StoreError
from watchlists.release.store import open_release

PRINTERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
PAGES = ("cards", "boards")
#: For a page of cards; most take two.
SECONDS = 120


def print_release(season: str, output: Path) -> list[Path]:
    """Print every card and board of a release.

    Parameters
    ----------
    season : str
        A released season, or ``current``.
    output : Path
        Folder for the PDF files, in sub-folders as in the release.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    SeasonError
        When the season was never released.
    StoreError
        When no Chromium is found, it prints nothing, or the release is damaged.
    """
    printer, folder = chromium(), open_release(releases_of(HERE, load_params()), season).folder
    pages = sorted(path for kind in PAGES for path in (folder / kind).rglob("*.html"))
    targets = [output / path.relative_to(folder).with_suffix(".pdf") for path in pages]
    with TemporaryDirectory() as profile:
        for page, target in progress(zip(pages, targets, strict=True), "print", "page"):
            _print(printer, page, target, profile)
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


def _print(printer: str, page: Path, target: Path, profile: str) -> None:
    with atomic_path(target) as aside:
        command = [
            printer,
            "--headless=new",
            "--disable-gpu",
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
