"""Read who answers for which households, from a CSV file that an office keeps (责任人.csv)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from register.cells.blanks import BLANKS
from register.errors import ParamsError
from register.sources.intake import read_whole
from watchlists.sheets.spreadsheet import without_control

#: Headings, Chinese or English, in any order.
HEADINGS = {
    "行政村": "village",
    "村民小组": "group",
    "户编号": "household",
    "责任人": "responsible",
    "电话": "phone",
}
NAMES = {**HEADINGS, **{name: name for name in HEADINGS.values()}}
ALLOWED = "行政村,村民小组,户编号,责任人,电话"
#: As spreadsheets save text in China, where they do not say otherwise.
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Entry:
    """A row: whose visits, and who makes them.

    Attributes
    ----------
    row : int
        As a spreadsheet counts, the headings being the first.
    village, group, household : str
        What was written, "" where nothing was: a village, a group of it, or one household.
    responsible, phone : str
        Name or code, and how to reach them.
    """

    row: int
    village: str
    group: str
    household: str
    responsible: str
    phone: str


def read_responsible(path: Path) -> list[Entry]:
    """Read the file.

    Raises
    ------
    ParamsError
        The first fault, with row and column. No cell is repeated: it may hold a name.
    SourceError
        When it cannot be read, or is far too large.
    """
    if not path.is_file():
        raise ParamsError(
            f"{path}: not found; set watchlist.ledger.responsible to a CSV file {ALLOWED}, or to null"
        )
    rows = _rows(path)
    columns = _columns(path, rows[0] if rows else [])
    entries = [_entry(path, number, row, columns) for number, row in enumerate(rows[1:], 2) if any(row)]
    for entry in entries:
        _refuse_incomplete(path, entry)
    return entries


def _rows(path: Path) -> list[list[str]]:
    """Read all cells, without what a terminal would take for commands."""
    try:
        written = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error:
        raise ParamsError(f"{path}: found no table of commas and lines; save it as CSV UTF-8") from None
    return [[without_control(cell).strip(BLANKS) for cell in row] for row in written]


def _text(path: Path) -> str:
    raw = read_whole(path)
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ParamsError(f"{path}: found text in no encoding known here; save it as CSV UTF-8")


def _columns(path: Path, headings: Sequence[str]) -> list[str]:
    columns = [NAMES.get(heading, "") for heading in headings]
    stray = next((place for place, name in enumerate(columns, 1) if not name), None)
    if stray:
        raise ParamsError(f"{path}, row 1, column {stray}: found another heading, allowed are {ALLOWED}")
    twice = next((place for place, name in enumerate(columns, 1) if columns.count(name) > 1), None)
    if twice:
        raise ParamsError(f"{path}, row 1, column {twice}: stands twice; keep one column of each heading")
    if "responsible" not in columns or not {"village", "household"} & {*columns}:
        raise ParamsError(f"{path}, row 1: needs 责任人, and 行政村 or 户编号; allowed are {ALLOWED}")
    return columns


def _entry(path: Path, number: int, row: Sequence[str], columns: Sequence[str]) -> Entry:
    if len(row) != len(columns):
        raise ParamsError(
            f"{path}, row {number}: found {len(row)} cells, allowed are {len(columns)}, one for each heading"
        )
    cells = dict.fromkeys(HEADINGS.values(), "") | dict(zip(columns, row, strict=True))
    return Entry(number, **cells)


def _refuse_incomplete(path: Path, entry: Entry) -> None:
    at = f"{path}, row {entry.row}, column"
    if not entry.responsible:
        raise ParamsError(f"{at} 责任人: is empty; write a name or a code, or delete the row")
    if entry.household and (entry.village or entry.group):
        raise ParamsError(
            f"{at} 户编号: stands beside a village; leave 行政村 and 村民小组 empty in this row"
        )
    if entry.group and not entry.village:
        raise ParamsError(f"{at} 行政村: is empty beside a group; write the village the group is of")
    if not (entry.village or entry.household):
        raise ParamsError(f"{at} 行政村: is empty; write a village, or a household under 户编号")
