"""The programs that draw: a browser, LibreOffice and poppler; a run needs none of them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.commands.print import PRINTERS
from register.errors import StoreError

#: What each program is for, and what it may be called.
PROGRAMS = {
    "browser": ("pages", PRINTERS),
    "office": ("workbooks", ("soffice", "libreoffice")),
    "poppler": ("pages of PDF", ("pdftoppm",)),
}
SECONDS = 180
#: Dots an inch: enough to read nine points.
DENSITY = "110"


@dataclass(frozen=True)
class Programs:
    """Paths of the programs, and a folder of their own for their profiles."""

    browser: str
    office: str
    poppler: str
    profiles: Path

    def printed(self, page: Path, target: Path) -> None:
        """Print an HTML page to PDF."""
        self._browse(
            "--no-pdf-header-footer", f"--print-to-pdf={target.absolute()}", page=page, target=target
        )

    def seen_at(self, page: Path, target: Path, size: tuple[int, int]) -> None:
        """Show an HTML page in a window of so many pixels."""
        width, height = size
        window = ("--hide-scrollbars", f"--window-size={width},{height}")
        self._browse(*window, f"--screenshot={target.absolute()}", page=page, target=target)

    def converted(self, books: Sequence[Path], form: str, folder: Path) -> None:
        """Let LibreOffice write workbooks as ``pdf`` or ``html``, all in one call."""
        profile = f"-env:UserInstallation={(self.profiles / 'office').absolute().as_uri()}"
        _run([self.office, profile, "--headless", "--convert-to", form, "--outdir", folder, *books])

    def first_pages(self, document: Path, stem: Path, number: int) -> None:
        """Draw the first pages of a PDF as ``<stem>-1.png`` and so on."""
        _run([self.poppler, "-png", "-r", DENSITY, "-l", number, document, stem])

    def _browse(self, *options: str, page: Path, target: Path) -> None:
        plain = ("--headless=new", "--disable-gpu", f"--user-data-dir={self.profiles / 'browser'}")
        alone = ("--no-sandbox",) if os.geteuid() == 0 else ()  # its sandbox refuses to work for root
        _run([self.browser, *plain, *alone, *options, page.absolute().as_uri()])
        if not target.is_file():
            raise StoreError(f"{page}: the browser drew nothing; open the page in it and look")


def programs(profiles: Path) -> Programs:
    """Find the programs on the path.

    Raises
    ------
    StoreError
        Naming every one that is missing, and what for.
    """
    paths = {
        name: next((path for one in names if (path := shutil.which(one))), None)
        for name, (_, names) in PROGRAMS.items()
    }
    missing = [
        f"{' or '.join(names)} (for {use})" for name, (use, names) in PROGRAMS.items() if not paths[name]
    ]
    if missing:
        raise StoreError(
            f"pictures: not on the path: {'; '.join(missing)}; install them, a run itself needs none of them"
        )
    return Programs(**{name: str(path) for name, path in paths.items()}, profiles=profiles)


def _run(command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise StoreError(f"pictures: {Path(words[0]).name} took more than {SECONDS} s; try again") from None
    if done.returncode:
        raise StoreError(f"pictures: {Path(words[0]).name} ended with {done.returncode}; try it by hand")
