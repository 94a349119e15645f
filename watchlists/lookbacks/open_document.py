"""An .ods workbook as its pages: what LibreOffice saves by default.

Read here and by no library: those there are give values alone, and a merged cell, a
formula, a hidden sheet or a comment would be lost in silence.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from register.sources.archive import open_archive
from watchlists.lookbacks.as_workbook import Area, CellPage, Formula, Value

#: Namespaces of OpenDocument 1.3, part 3, 1.4.
OFFICE, STYLE, TABLE, TEXT, DRAW = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{one}:1.0}}"
    for one in ("office", "style", "table", "text", "drawing")
)
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
#: How programs say that a password is set: part by part, or of the whole package (part 2, 4.3 and 3.4).
ENCRYPTED = (b"encryption-data", b"encrypted-package")
NUMBERS = ("float", "currency", "percentage")
#: What stands for blanks and line ends inside a paragraph (part 3, 6.1.2 to 6.1.5).
SPACE, SIGNS = f"{TEXT}s", {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
BESIDE_CELLS = (f"{OFFICE}annotation", f"{DRAW}image")
#: A prefecture's roll-up has a hundred thousand; one cell repeated over a sheet has 17 thousand million.
MOST_CELLS = 1_000_000
#: Unpacked content: as much holds the cells above several times.
MOST_BYTES = 128 * 1024**2


class ProtectedError(ValueError):
    """The document can only be opened with a password."""


def open_document(path: Path, raw: bytes) -> tuple[list[CellPage], bool]:
    """Read the pages of an .ods workbook.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file.

    Returns
    -------
    pages : list of CellPage
    has_more : bool
        Whether it has comments or pictures as well.

    Raises
    ------
    ProtectedError
        When it has a password.
    ValueError
        When it is no whole .ods workbook, defines entities, or is far too large.
    """
    with open_archive(path, raw) as archive:
        content = fromstring(_content(archive), forbid_dtd=True)
    hidden = set(_hidden_styles(content))
    tables = content.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    has_more = any(one.tag in BESIDE_CELLS for table in tables for one in table.iter())
    return [_page(table, hidden) for table in tables], has_more


def _content(archive: zipfile.ZipFile) -> bytes:
    names = set(archive.namelist())
    manifest = archive.read(MANIFEST) if MANIFEST in names else b""
    if any(sign in manifest for sign in ENCRYPTED):
        raise ProtectedError("a password is set")
    if archive.getinfo(CONTENT).file_size > MOST_BYTES:
        raise ValueError("far too large")
    return archive.read(CONTENT)


def _hidden_styles(content: Element) -> Iterator[str]:
    for style in content.iter(f"{STYLE}style"):
        properties = style.find(f"{STYLE}table-properties")
        if properties is not None and properties.get(f"{TABLE}display") == "false":
            yield style.get(f"{STYLE}name", "")


def _page(table: Element, hidden: set[str]) -> CellPage:
    cells: dict[tuple[int, int], Value] = {}
    merged: list[Area] = []
    row = 0
    for line in table.iter(f"{TABLE}table-row"):
        times = _number(line, f"{TABLE}number-rows-repeated")
        for column, width, cell in _cells(line):
            merged.extend(_spanned(row, column, cell))
            value = _value(cell)
            if value is not None:
                _refuse_crowd(len(cells) + times * width)
                places = ((row + down, column + right) for down in range(times) for right in range(width))
                cells.update(dict.fromkeys(places, value))
        row += times
    visible = table.get(f"{TABLE}style-name") not in hidden
    return CellPage(table.get(f"{TABLE}name", ""), visible, cells, merged)


def _cells(line: Element) -> Iterator[tuple[int, int, Element]]:
    """Give every cell with its column and in how many columns it stands, covered ones too."""
    column = 0
    for cell in line:
        if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            width = _number(cell, f"{TABLE}number-columns-repeated")
            yield column, width, cell
            column += width


def _spanned(row: int, column: int, cell: Element) -> Iterator[Area]:
    down = _number(cell, f"{TABLE}number-rows-spanned")
    right = _number(cell, f"{TABLE}number-columns-spanned")
    if down * right > 1:
        yield row, column, row + down - 1, column + right - 1


def _value(cell: Element) -> Value | None:
    if cell.get(f"{TABLE}formula"):
        return Formula()
    text = "\n".join(_written(one) for one in cell.findall(f"{TEXT}p"))
    match cell.get(f"{OFFICE}value-type"):
        case kind if kind in NUMBERS:
            number = float(cell.get(f"{OFFICE}value", ""))
            return int(number) if number.is_integer() else number
        case "boolean":
            return cell.get(f"{OFFICE}boolean-value") == "true"
        case "date":
            return _day(cell.get(f"{OFFICE}date-value", ""))
    return text or cell.get(f"{OFFICE}string-value") or None


def _day(text: str) -> date | datetime | str:
    """Give a day, or a moment where the time of day is said; what is neither stays as it stands."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


def _written(node: Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == SPACE:
            parts.append(" " * _number(child, f"{TEXT}c"))
        else:
            parts.append(SIGNS.get(child.tag) or _written(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: Element, name: str) -> int:
    number = int(element.get(name, "1"))
    if number < 1:
        raise ValueError("not a number of cells")
    return number


def _refuse_crowd(cells: int) -> None:
    if cells > MOST_CELLS:
        raise ValueError("far too many cells")
