"""Open an .xlsx workbook as the standard says where openpyxl does otherwise."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from register.characters import joined

if not openpyxl.DEFUSEDXML:  # entities would be expanded and files read
    raise ImportError("openpyxl does not use defusedxml; run make setup again")

#: ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters that XML can not hold, by their UTF-16 unit.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRING = f"{{{SHEET_MAIN_NS}}}si"


class _Reader(ExcelReader):
    """Keeps shared strings as they stand: openpyxl drops the escape of an escape."""

    package: Manifest

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = [*_strings(source)]


class _Parser(WorkSheetParser):
    """Keeps ISO 8601 dates as they stand: openpyxl drops their zone."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        is_date = element.get("t") == "d"
        if is_date:
            element.set("t", "str")
        cell: dict[str, Any] = super().parse_cell(element)
        return {**cell, "data_type": "d"} if is_date and cell["data_type"] == "s" else cell


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
        date_formats=book._date_formats,
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
    return joined(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))


def zero_widths(book: Workbook) -> Mapping[int, int]:
    """Give the styles that show whole numbers with zeros before them (000000), with their width."""
    formats = {
        number: book._number_formats[number - 164] for number in range(164, 164 + len(book._number_formats))
    }
    return {
        style: len(shown)
        for style, cell in enumerate(book._cell_styles)
        if re.fullmatch("0{2,}", shown := formats.get(cell.numFmtId, ""))
    }


def _strings(source: IO[bytes]) -> list[str]:
    found = []
    for _, node in iterparse(source):
        if node.tag == _STRING:
            found.append(Text.from_tree(node).content)
            node.clear()
    return found
