"""`huitou workbooks`: writable copies of a release's workbooks, with names only on request."""

from pathlib import Path

from pipelines.commands.hand_out import Handout, Township, hand_out
from register.intake.building import BOOKS
from watchlists.release.paths import workbook_path
from watchlists.sheets.workbook import write_workbook


def write_workbooks(folder: Path, handout: Handout) -> str:
    """Write a workbook a township into a new folder (`pipelines.commands.hand_out.hand_out`)."""
    return hand_out(folder, BOOKS, handout, _write)


def _write(building: Path, one: Township) -> None:
    target = building / Path(workbook_path(one.county, one.township)).relative_to("workbooks")
    title = f"{one.county} {one.township} {one.season}"
    write_workbook(target, one.rows, title, one.mark, one.wording, one.line, one.language, named=one.is_named)
