"""Fill the figures that documents quote: ``python -m studies.figures FOLDER...`` (`make figures`).

Every FOLDER is a workspace in which `huitou run` has ended; without one, this folder. What their runs
give goes into docs/figures.json, of runs that were not named it stays; then documents are filled in
from that file alone. docs/evaluation_eph.md is written anew from a run of EPH.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.workspace.workspace import Workspace
from register.atomic import write_json, write_text
from studies.eph.page import TARGET as EPH_PAGE
from studies.eph.page import page as eph_page
from studies.figures.markers import addresses, filled
from studies.figures.run import run_of
from studies.figures.sources import figure_of

KEPT = Path("docs/figures.json")


def main() -> None:
    """Read the runs, keep their figures and fill the documents in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path()], help="workspaces of finished runs")
    fill(parser.parse_args().folders, documents())


def documents() -> list[Path]:
    """List the documents that may quote figures: README in both languages and whatever stands in docs."""
    return [*sorted(Path().glob("README*.md")), *sorted(Path("docs").rglob("*.md"))]


def fill(folders: Sequence[Path], pages: Sequence[Path]) -> None:
    """Take the figures of finished runs into `KEPT` and write every page with them.

    Parameters
    ----------
    folders : sequence of Path
        Workspaces, each of another kind of source.
    pages : sequence of Path
        Documents with markers (`studies.figures.markers`).
    """
    kept = kept_figures()
    for workspace in map(Workspace, folders):
        run = run_of(workspace)
        wanted = sorted(
            {one for page in pages for one in addresses(_text(page)) if one.startswith(f"{run.kind}/")}
        )
        others = {name: one for name, one in kept["figures"].items() if not name.startswith(f"{run.kind}/")}
        kept["runs"][run.kind] = run.written()
        kept["figures"] = others | {address: figure_of(workspace, address) for address in wanted}
        if run.kind == "eph":
            write_text(EPH_PAGE, eph_page(workspace, run.sentence))
    written = {page: filled(_text(page), kept["figures"]) for page in pages}
    write_json(KEPT, kept)
    for page, text in written.items():
        if text != _text(page):
            write_text(page, text)


def kept_figures() -> dict[str, Any]:
    """Read the figures that were kept: ``runs`` by kind of source, ``figures`` by address."""
    if not KEPT.is_file():
        return {"runs": {}, "figures": {}}
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
