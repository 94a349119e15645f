"""A page that was saved as CSV: one page, all of it text."""

import csv
import io
from pathlib import Path

from register.cells.blanks import BLANKS
from register.sources.encoding import decode
from register.sources.separator import separator_of
from watchlists.lookbacks.as_workbook import CellPage

#: What the page is called in ``CSV!E5``: a text has no pages, and its file may be called anything.
TITLE = "CSV"
#: A prefecture's roll-up takes a few megabytes.
MOST_BYTES = 64 * 1024**2


def text_page(path: Path, raw: bytes) -> CellPage:
    r"""Read the cells of a CSV in any proven encoding, each with the row a spreadsheet shows it in.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file (`register.sources.encoding`, `register.sources.separator`).

    Raises
    ------
    ValueError
        When the encoding or the separator is not clear, a quote stays open, or it is far too
        large.

    Examples
    --------
    >>> text_page(Path("a.csv"), "户编号,备注\nH1,\n".encode("gb18030")).cells
    {(0, 0): '户编号', (0, 1): '备注', (1, 0): 'H1'}
    """
    if len(raw) > MOST_BYTES:
        raise ValueError("far too large")
    text, _ = decode(path, raw)
    separator, has_sep_line = separator_of(path, text)
    body = io.StringIO(text.partition("\n")[2] if has_sep_line else text, newline="")
    try:
        rows = [*csv.reader(body, strict=True, delimiter=separator)]
    except csv.Error as fault:
        raise ValueError("a quote stays open") from fault
    cells = {
        (row, column): cell
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell.strip(BLANKS)
    }
    return CellPage(TITLE, True, cells)
