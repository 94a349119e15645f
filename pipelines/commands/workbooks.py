"""`huitou workbooks`: writable copies of a release's workbooks, with names only on request."""

from pathlib import Path

from pipelines.commands.hand_out import Handout, OffList, Township, hand_out
from register.intake.building import BOOKS
from watchlists.release.paths import county_title, off_list_path, place_title, workbook_path
from watchlists.sheets.off_list_book import SHEET, write_off_list
from watchlists.sheets.workbook import write_workbook


def write_workbooks(folder: Path, handout: Handout) -> str:
    """Write a workbook a township into a new folder (`pipelines.commands.hand_out.hand_out`).

    Where no township is named each county gets its own one too: high risk that found no place.
    """
    return hand_out(folder, BOOKS, handout, _write, _write_off_list)


def _write(building: Path, one: Township) -> Path:
    target = building / Path(workbook_path(one.county, one.township)).relative_to("workbooks")
    write_workbook(
        target,
        one.rows,
        f"{place_title(one.rows[0])} {one.season}",
        one.mark,
        one.wording,
        one.line,
        one.language,
        named=one.is_named,
        gone=one.left_by_visit,
    )
    return target


def _write_off_list(building: Path, one: OffList) -> Path:
    target = building / off_list_path(one.county)
    title = f"{county_title(one.rows[0])} {one.season} {SHEET}"
    write_off_list(
        target, one.rows, title, one.high_risk, one.wording, one.line, one.language, named=one.is_named
    )
    return target
