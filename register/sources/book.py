"""Open an .xlsx workbook as the standard says where openpyxl does otherwise."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import Relationship
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from register.cells.characters import joined

if not openpyxl.DEFUSEDXML:  # entities would be expanded and files read
    raise ImportError("openpyxl does not use defusedxml; run make setup again")

#: ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters that XML can not hold, by their UTF-16 unit.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRING, _VALUE = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}v"
#: A format of zeros alone; a colour or language before it, room or other sections after it show no sign.
_ZEROS = re.compile(r"(?:\[[^\]]*\])*(0{2,})(?:_.)?(?:;.*)?")
#: Formats of dates and times that a file of Chinese, Japanese or Korean offices gives by number alone
#: (ECMA-376 part 1, 18.8.30); 29 and 31 show a date as 1月5日 and 2024年1月5日.
DATE_FORMATS = frozenset({*range(27, 37), *range(50, 59)})
#: The day that spreadsheets count as 29 February 1900, which no calendar has.
_NO_DAY = 60
#: 20260105 typed into a cell of dates: as a count of days it lies beyond every calendar.
_DIGITS_OF_A_DAY = re.compile("(?:19|20)[0-9]{6}")
_WRONG: dict[str, Any] = {"data_type": "e", "value": "#VALUE!"}


class _Reader(ExcelReader):
    """Keeps shared strings as they stand: openpyxl drops the escape of an escape."""

    package: Manifest

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = [*_strings(source)]

    def read_chartsheet(self, sheet: object, rel: Relationship) -> None:
        """Pass over a sheet that is one chart: it has no cells, and openpyxl fails on some."""


class _Parser(WorkSheetParser):
    """Keeps ISO 8601 dates as they stand (openpyxl drops their zone), and what is wrong in its cell."""

    col_counter: int

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind = element.get("t")
        if kind == "d":
            element.set("t", "str")
        elif kind == "b":
            _write_flag(element)
        cell = self._parsed(element)
        if kind == "d" and cell["data_type"] == "s":
            return {**cell, "data_type": "d"}
        if cell["data_type"] == "e" and _DIGITS_OF_A_DAY.fullmatch(element.findtext(_VALUE) or ""):
            return {**cell, "data_type": "n", "value": int(element.findtext(_VALUE) or 0)}
        return {**cell, **_WRONG} if cell["data_type"] == "d" and self._is_no_day(element) else cell

    def _parsed(self, element: Element) -> dict[str, Any]:
        """Parse a cell; one that holds no number, or a text the workbook lacks, is an error value."""
        before = self.col_counter
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, IndexError):
            self.col_counter = before
            for child in list(element):
                element.remove(child)
            return {**super().parse_cell(element), **_WRONG}
        return cell

    def _is_no_day(self, element: Element) -> bool:
        serial = float(element.findtext(_VALUE) or 0)
        return serial < 0 or (self.epoch == WINDOWS_EPOCH and int(serial) == _NO_DAY)


def load_book(raw: bytes) -> Workbook:
    """Open a workbook to read its sheets one after another; links lead nowhere."""
    reader = _Reader(BytesIO(raw), read_only=True, keep_links=False)
    reader.read()
    return reader.wb


def parser_of(sheet: ReadOnlyWorksheet, source: IO[bytes]) -> WorkSheetParser:
    """Parse a sheet's rows with formulas as formulas."""
    book = sheet.parent
    return _Parser(
        source,
        sheet._shared_strings,
        data_only=False,
        epoch=book.epoch,
        date_formats={*book._date_formats, *_by_number(book)},
        timedelta_formats=book._timedelta_formats,
    )


def unescaped(text: str) -> str:
    r"""Decode ``_xHHHH_``; half of a pair that stands alone becomes U+FFFD.

    Examples
    --------
    >>> unescaped("H1_x000D_"), unescaped("_x005F_x000D_"), unescaped("_xD842__xDFB7_")
    ('H1\r', '_x000D_', '𠮷')
    """
    if "_x" not in text:
        return text
    return joined(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


def zero_widths(book: Workbook) -> Mapping[int, int]:
    """Give the styles that show whole numbers with zeros before them (000000), with their width."""
    formats = {
        number: book._number_formats[number - 164] for number in range(164, 164 + len(book._number_formats))
    }
    matches = {
        style: _ZEROS.fullmatch(formats.get(cell.numFmtId, ""))
        for style, cell in enumerate(book._cell_styles)
    }
    return {style: len(match[1]) for style, match in matches.items() if match}


def _by_number(book: Workbook) -> Iterable[int]:
    """Give the styles of a date format that openpyxl does not know."""
    return (style for style, cell in enumerate(book._cell_styles) if cell.numFmtId in DATE_FORMATS)


def _write_flag(element: Element) -> None:
    """Write a truth value in the one of its two spellings (XML Schema) that openpyxl knows."""
    value = element.find(_VALUE)
    if value is not None and value.text in ("true", "false"):
        value.text = str(int(value.text == "true"))


def _strings(source: IO[bytes]) -> list[str]:
    strings = []
    for _, node in iterparse(source):
        if node.tag == _STRING:
            strings.append(Text.from_tree(node).content)
            node.clear()
    return strings
