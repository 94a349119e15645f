"""Read a filled workbook: which list it is of, and what was written into its look-back sheet."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.errors import ContractError, SourceError
from register.os_errors import told
from register.quarantine import Finding
from register.sources.delivery import Sheet
from register.sources.workbook import read_workbook
from register.tables.lookbacks import LOOKBACKS
from watchlists.release import ID_DIGITS
from watchlists.sheet_words import GUIDE_SHEET, LOOKBACK_COLUMNS, LOOKBACK_SHEET, MARK

#: Chinese heading -> column of the contract.
HEADINGS = {zh: name for name, zh, *_ in LOOKBACK_COLUMNS if name in LOOKBACKS.by_name}
_MARKED = re.compile(rf"((?:19|20)\d\dQ[1-4])-([0-9a-f]{{{ID_DIGITS}}})")


@dataclass(frozen=True)
class Filled:
    """A workbook as it came back.

    Attributes
    ----------
    file : str
        Path as it was given, for messages.
    sha256 : str
        Of the file.
    season, list_id : str
        The list it was made from, whatever the file is called now.
    sheet : Sheet
        Columns of the contract as text, with the row numbers people see.
    """

    file: str
    sha256: str
    season: str
    list_id: str
    sheet: Sheet


def mark(season: str, list_id: str) -> str:
    """Write which list a workbook is of."""
    return f"{season}-{list_id}"


def read_filled(path: Path) -> Filled:
    """Read a workbook that was filled in, sorted, filtered or saved by another program.

    Columns are found by their Chinese heading, in any order; further columns are the
    reader's own affair. Words of the drop-downs become codes.

    Raises
    ------
    SourceError
        When the file cannot be read.
    ContractError
        When it does not say which list it is of, or lacks a column of the look-back.
    """
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise SourceError(told(fault)) from None
    season, list_id = _marked(path, read_workbook(path, raw, GUIDE_SHEET))
    sheet = _columns(path, read_workbook(path, raw, LOOKBACK_SHEET))
    return Filled(str(path), hashlib.sha256(raw).hexdigest(), season, list_id, sheet)


def _marked(path: Path, guide: Sheet) -> tuple[str, str]:
    cells = pl.concat([pl.Series([], dtype=pl.String), *guide.frame.iter_columns()]).drop_nulls()
    found = {match.groups() for cell in cells if (match := _MARKED.fullmatch(cell.strip()))}
    if len(found) != 1:
        raise ContractError(
            f"{path}: sheet {GUIDE_SHEET} names {len(found)} lists beside {MARK!r}, one is needed; "
            "copy that cell from the workbook as it was handed out"
        )
    season, list_id = found.pop()
    return season, list_id


def _columns(path: Path, sheet: Sheet) -> Sheet:
    """Keep the columns of the contract, under its names and codes."""
    named = {column: HEADINGS.get(column.split("\n")[0].strip()) for column in sheet.frame.columns}
    fields = {field: column for column, field in named.items() if field}
    missing = [zh for zh, field in HEADINGS.items() if field not in fields]
    if missing or len(fields) < sum(field is not None for field in named.values()):
        raise ContractError(
            f"{path}: sheet {LOOKBACK_SHEET} needs every one of the columns {list(HEADINGS)} once, "
            f"missing are {missing}; put the first row back as it was handed out"
        )
    frame = sheet.frame.select(_coded(fields[field], field) for field in HEADINGS.values())
    findings = tuple(
        Finding(one.rows, field, one.reason, one.next_step)
        for one in sheet.findings
        if (field := named[one.column])
    )
    return Sheet(frame, sheet.rows, findings)


def _coded(column: str, field: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars().alias(field)
    meanings = LOOKBACKS.by_name[field].meanings
    return text.replace({zh: code for code, zh in meanings.items()}) if meanings else text
