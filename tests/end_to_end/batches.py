"""What comes back to an analyst in the course of a season: three batches, and the slips among them."""

import subprocess
import sys

from tests.end_to_end.conftest import ROOT
from tests.watchlists.handed_out import opened
from watchlists.lookbacks.words import CORRECTION
from watchlists.sheets.sheet_words import LOOKBACK_SHEET

CONFIRMED, OTHERWISE = "风险属实", "未发现风险"


def page(path):
    """Open a workbook; give it with the column of every heading and the rows of its page."""
    book = opened(path)
    sheet = book[LOOKBACK_SHEET]
    return book, {cell.value: cell.column for cell in sheet[1]}, sheet


def households(path, *results):
    """Name the households of a workbook for which one of these results was written, with their rows."""
    _, heads, sheet = page(path)
    rows = range(2, sheet.max_row + 1)
    return {
        sheet.cell(row, heads["户编号"]).value: row
        for row in rows
        if sheet.cell(row, heads["核实结果"]).value in results
    }


def handed_out_and_filled(office, season, to):
    """Hand the workbooks of a season to somebody; officers fill half of them in."""
    done = office.huitou("workbooks", "handed", "--season", season, "--to", to)
    assert done.returncode == 0, done.stderr
    environment = {**office.environment, "PYTHONPATH": str(ROOT)}
    officers = [sys.executable, "-m", "tests.officers", season, "filled", "handed"]
    subprocess.run(officers, cwd=office.folder, env=environment, check=True)
    return sorted((office.folder / "filled").glob("*.xlsx"))[::2]


def contradicted(path, target):
    """Let a colleague hand in the same workbook with one confirmed household found otherwise."""
    book, heads, sheet = page(path)
    household, row = next(iter(households(path, CONFIRMED).items()))
    for heading in ("核实的原因", "开始的措施"):
        sheet.cell(row, heads[heading]).value = None
    sheet.cell(row, heads["核实结果"]).value = OTHERWISE
    book.save(target)
    return household


def corrected(office, target):
    """Correct the one row of the one sheet that came back (退回表): the colleague was right."""
    (path,) = sorted((office.folder / "artifacts" / "lookback" / "returned").rglob("*.xlsx"))
    book, heads, sheet = page(path)
    assert sheet.max_row == 2
    sheet.cell(2, heads["备注"]).value = f"{CORRECTION}：两人一起又去了一次"
    book.save(target)
    return target


def withdrawn(office, season, household):
    """Withdraw the visit of a household: it was entered for another."""
    listed = office.huitou("visits", "list", "--household", household)
    (line,) = [one for one in listed.stdout.splitlines() if f" {season} " in one]
    options = ("--by", "李红", "--why", "填错户")
    done = office.huitou("visits", "withdraw", line.split()[0], *options)
    assert done.returncode == 0, done.stderr


def read_in_batches(office, season):
    """Read workbooks back in three batches; give who was found otherwise, and who was withdrawn."""
    first, *_ = with_confirmed = [path for path in office.filled if households(path, CONFIRMED)]
    others = [path for path in office.filled if path != first]
    read = [office.huitou("lookback", first)]
    conflict = office.folder / "colleague.xlsx"
    found_otherwise = contradicted(first, conflict)
    read.append(office.huitou("lookback", conflict, *others[::2]))
    office.between = office.huitou("progress", "--season", season)
    read.append(office.huitou("lookback", corrected(office, office.folder / "改好.xlsx"), *others[1::2]))
    assert [one.returncode for one in read] == [0, 4, 0], [one.stderr for one in read]
    office.read = [one.stdout for one in read]
    taken_back = next(iter(households(with_confirmed[-1], CONFIRMED)))
    withdrawn(office, season, taken_back)
    return found_otherwise, taken_back
