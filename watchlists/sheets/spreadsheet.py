"""Text that a spreadsheet can only read as text."""

import re
from io import StringIO
from pathlib import Path

import polars as pl

from register.atomic import atomic_path

#: A cell that begins so is a formula to a spreadsheet (RELIABILITY section 5); the
#: full-width forms are folded to the plain ones by East Asian versions.
DANGEROUS = r"^[\s\x00]*[=+\-@＝＋－＠\t\r\n\x00]"
CONTROL = r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]"


def without_control(text: str) -> str:
    """Drop characters that no workbook may hold."""
    return re.sub(CONTROL, "", text)


def safe_cell(text: str) -> str:
    """Put an apostrophe before what would become a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("H-1")
    ("'=1+1", 'H-1')
    """
    return f"'{without_control(text)}" if re.match(DANGEROUS, text) else without_control(text)


def write_csv(target: Path, frame: pl.DataFrame) -> None:
    """Write a CSV for spreadsheets: UTF-8 with BOM, text made safe, numbers as they are.

    Lists are joined with ``;``.
    """
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.List(pl.String))]
    joined = frame.with_columns(
        pl.col(name).list.join(";") for name, kind in frame.schema.items() if kind == pl.List(pl.String)
    )
    safe = joined.with_columns(
        pl.col(name).map_elements(safe_cell, return_dtype=pl.String()) for name in texts
    )
    written = StringIO()
    safe.write_csv(written)
    with atomic_path(target) as aside:
        aside.write_bytes(written.getvalue().encode("utf-8-sig"))
