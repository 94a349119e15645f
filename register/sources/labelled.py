"""Read a Stata (.dta) or SPSS (.sav) file as text, its codes as the labels that they bear."""

import io
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import time
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from register.cells.blanks import BLANKS
from register.cells.typed_cells import CELL_KINDS
from register.errors import HuitouError, SourceError
from register.sources.delivery import Sheet
from register.sources.header import check_names
from register.sources.parquet_text import MAX_EXPANDED, MAX_ROWS, kind_of_column, text_of_column

READERS = {".dta": pyreadstat.read_dta, ".sav": pyreadstat.read_sav}
#: Bytes of a number in memory; texts take more, and stand in the file as they are.
CELL_BYTES = 8


def read_labelled(path: Path, raw: bytes, columns: Collection[str] | None = None) -> Sheet:
    """Read all columns as text: a labelled code as its label, dates as YYYY-MM-DD.

    Parameters
    ----------
    path : Path
        Its suffix decides; for messages too.
    raw : bytes
        The whole file.
    columns : collection of str, optional
        Those to read, as the file names them; all by default.

    Returns
    -------
    Sheet
        Rows count from 2, as if a header stood above. What the file declares missing
        (``.a`` to ``.z``, missing values of SPSS) is missing. A code without a label stays a
        number.

    Raises
    ------
    SourceError
        When the file is damaged, expands beyond reason, gives two codes of a column one label,
        or holds times of day.
    ContractError
        When column names are doubled or missing.
    """
    frame, about = _read(path, raw, columns)
    check_names(path, [name.strip(BLANKS) for name in frame.columns])
    unread = [name for name, kind in frame.schema.items() if kind in (pl.Time, pl.Duration, pl.Object)]
    if unread:
        raise SourceError(f"{path}: columns {unread} hold times of day; drop them or write them as text")
    labels = {name: _texts(path, name, about.variable_value_labels.get(name, {})) for name in frame.columns}
    text = frame.select(
        _labelled(text_of_column(name, kind), labels[name]) for name, kind in frame.schema.items()
    )
    kinds = frame.select(
        _kind(name, text_of_column(name, kind), kind, labels[name]) for name, kind in frame.schema.items()
    )
    bare = {name: name.strip(BLANKS) for name in frame.columns}
    empty = text.select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in text.columns)
    return Sheet.of(empty.rename(bare), kinds=kinds.rename(bare))


def questions(path: Path, raw: bytes) -> Mapping[str, str]:
    """Give what the columns of the file are about, where it says so."""
    about = _opened(path, raw, metadataonly=True)[1]
    return {name: text for name, text in about.column_names_to_labels.items() if text}


def columns_of(path: Path, raw: bytes) -> list[str]:
    """Name the columns of the file."""
    return list(_opened(path, raw, metadataonly=True)[1].column_names)


def _read(path: Path, raw: bytes, columns: Collection[str] | None) -> tuple[pl.DataFrame, Any]:
    about = _opened(path, raw, metadataonly=True)[1]
    cells = (about.number_rows or 0) * (about.number_columns if columns is None else len(columns))
    if (about.number_rows or 0) > MAX_ROWS or cells * CELL_BYTES > MAX_EXPANDED:
        raise SourceError(
            f"{path}: expands to {about.number_rows} rows of {about.number_columns} columns, allowed are "
            f"{MAX_ROWS} rows and {MAX_EXPANDED} bytes; keep the columns that are needed, or split the file"
        )
    frame, about = _opened(path, raw, usecols=None if columns is None else list(columns))
    return frame.with_columns(
        _day(frame[name]) for name, kind in frame.schema.items() if kind == pl.Datetime
    ), about


def _day(instants: pl.Series) -> pl.Series:
    """Give instants that are all midnights as days: programs keep no other kind of date."""
    return instants.dt.date() if (instants.dt.time() == time.min).all() else instants


def _opened(
    path: Path, raw: bytes, *, metadataonly: bool = False, usecols: list[str] | None = None
) -> tuple[pl.DataFrame, Any]:
    reader = READERS[path.suffix.lower()]
    try:
        return reader(io.BytesIO(raw), metadataonly=metadataonly, usecols=usecols, output_format="polars")
    except HuitouError:
        raise
    except Exception as fault:  # its reader in C raises kinds of its own
        raise SourceError(
            f"{path}: not a whole {'Stata' if reader is pyreadstat.read_dta else 'SPSS'} file "
            f"({type(fault).__name__}); ask for it again, or save it as CSV UTF-8"
        ) from fault


def _texts(path: Path, column: str, labels: Mapping[object, str]) -> dict[str, str]:
    """Give the label of every code as it is written; two codes of one label could not be told apart."""
    written = {_written(code): str(label).strip(BLANKS) for code, label in labels.items()}
    doubled = [label for label, times in Counter(written.values()).items() if times > 1]
    if doubled:
        codes = [code for code, label in written.items() if label == doubled[0]]
        raise SourceError(
            f"{path}: column {column}: {len(doubled)} of its labels stand for several codes each, the first "
            f"for {codes}; give every code a label of its own"
        )
    return {code: label for code, label in written.items() if label}


def _written(code: object) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def _labelled(text: pl.Expr, labels: Mapping[str, str]) -> pl.Expr:
    return text.replace(list(labels), list(labels.values())) if labels else text


def _kind(name: str, text: pl.Expr, kind: pl.DataType, labels: Mapping[str, str]) -> pl.Expr:
    plain = kind_of_column(name, kind)
    is_label = text.is_in(list(labels)).fill_null(value=False)
    return (
        pl.when(is_label).then(pl.lit("text", CELL_KINDS)).otherwise(plain).alias(name) if labels else plain
    )
