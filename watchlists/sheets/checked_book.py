"""XlsxWriter with every refusal looked at: it answers with a number where it writes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from register.errors import StoreError

#: Rows of a sheet below its header, and what a cell may hold, in units of UTF-16.
MOST_ROWS, MOST_UNITS = 1_048_575, 32_767
#: Characters of a piece of a longer text: none takes more than two units.
PIECE = 16_000
REST_SHEET = "长文本"
GOES_ON = f"…（全文见“{REST_SHEET}”表 the rest stands in sheet {REST_SHEET}）"
REST_COLUMNS = ("表\nsheet", "单元格\ncell", "续\npart", "文本\ntext")
REST_WIDTHS = (14, 12, 8, 120)
#: A fixed date of making: the same content gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
#: In memory: XlsxWriter leaves the refusals of a full disk, or folder for temporary files, on the terminal.
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


class CheckedSheet(Worksheet):
    """A sheet that refuses aloud, and keeps what of a text has no room in a cell.

    Attributes
    ----------
    rest : list of tuple
        Row, column and text of what goes on in sheet `REST_SHEET`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rest: list[tuple[int, int, str]] = []

    def write_text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """Write text that stays text; what a cell cannot hold goes on, and the cell says where."""
        if len(text.encode("utf-16-le")) // 2 > MOST_UNITS:
            self.rest.append((row, column, text[PIECE:]))
            text = text[:PIECE] + GOES_ON
        self.write_string(row, column, text, style)


class CheckedBook(Workbook):
    """A workbook of `CheckedSheet`, the same bytes for the same content.

    Parameters
    ----------
    path : Path
        The file to write.
    title : str
        What its properties call it.

    Raises
    ------
    StoreError
        From any call of a sheet that XlsxWriter did not carry out.
    OSError
        When the file cannot be written.
    """

    worksheet_class = CheckedSheet

    def __init__(self, path: Path, title: str = "") -> None:
        self._path, self._made = path, BytesIO()
        super().__init__(self._made, OPTIONS)
        self.set_properties({"created": CREATED.replace(tzinfo=None), "title": title})

    def close(self) -> None:
        """Write the file, with what had no room in a cell."""
        self._add_rest()
        super().close()
        self._path.write_bytes(self._made.getvalue())

    def _add_rest(self) -> None:
        rests = [(sheet.name, *rest) for sheet in self.worksheets() for rest in sheet.rest]
        if not rests:
            return
        sheet, style = self.add_worksheet(REST_SHEET), self.add_format({"num_format": "@", "text_wrap": True})
        for place, (heading, width) in enumerate(zip(REST_COLUMNS, REST_WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, style)
        for number, cells in enumerate(_pieces(rests), 1):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell, style)


def _pieces(rests: list[tuple[str, int, int, str]]) -> list[tuple[str, str, str, str]]:
    return [
        (name, cell_name(row, column), str(start // PIECE + 2), text[start : start + PIECE])
        for name, row, column, text in rests
        for start in range(0, len(text), PIECE)
    ]


def _looked_at(name: str, method: Callable[..., object]) -> Callable[..., object]:
    @wraps(method)
    def checked(sheet: CheckedSheet, *args: object, **named: object) -> object:
        answer = method(sheet, *args, **named)
        if isinstance(answer, int) and answer < 0:
            raise StoreError(
                f"sheet {sheet.name}: {name} was refused ({answer}), at {_cell(args)}; a sheet holds "
                f"{MOST_ROWS + 1:,} rows and a cell {MOST_UNITS:,} characters; nothing was written, report it"
            )
        return answer

    return checked


def _cell(args: tuple[object, ...]) -> str:
    match args:
        case (int(row), int(column), *_):
            return cell_name(row, column)
    return "the whole sheet"


def cell_name(row: int, column: int) -> str:
    """Name a cell as people do, also one beyond a sheet's end.

    Examples
    --------
    >>> cell_name(0, 27)
    'AB1'
    """
    name: str = xl_rowcol_to_cell(row, column)
    return name


# Every public call: a new one of a later version is looked at as well.
for _name, _method in vars(Worksheet).items():
    if callable(_method) and not _name.startswith("_"):
        setattr(CheckedSheet, _name, _looked_at(_name, _method))
