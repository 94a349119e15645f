"""Read one delivered file by its suffix."""

from pathlib import Path

from register.errors import ContractError
from register.sources.csv_text import read_csv
from register.sources.delivery import Sheet
from register.sources.kinds import refuse_other_kind
from register.sources.labelled import READERS, read_labelled
from register.sources.parquet_text import read_parquet_text
from register.sources.workbook import read_workbook
from register.tables import TABLES

SUFFIXES = (".csv", ".dta", ".parquet", ".sav", ".tsv", ".xlsx")


def read_sheet(path: Path, raw: bytes, sheet: str | None = None, header: int = 1) -> Sheet:
    """Read a CSV (.csv, .tsv, .txt), Parquet, Stata, SPSS or .xlsx file as text.

    Parameters
    ----------
    path : Path
        Its suffix decides; for messages too.
    raw : bytes
        The whole file (`register.sources.intake.read_whole`).
    sheet : str, optional
        Sheet of a workbook.
    header : int
        Row of a workbook, or line of a CSV, that names the columns.

    Returns
    -------
    Sheet
    """
    refuse_other_kind(path, raw)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return read_csv(path, raw, header)
    if path.suffix.lower() == ".parquet":
        return read_parquet_text(path, raw)
    if path.suffix.lower() in READERS:
        return read_labelled(path, raw)
    return read_workbook(path, raw, sheet, header)


def is_readable(path: Path) -> bool:
    """Say whether a file is data: not hidden, not a lock file of a spreadsheet, of a known kind.

    Raises
    ------
    ContractError
        When it is a table of a kind that is not read, which must not be passed over.
    """
    if _is_hidden(path):
        return False
    if is_unread(path):
        step = "unpack it" if path.suffix.lower() in PACKED else "save it as .xlsx or CSV"
        raise ContractError(f"{path}: not read, allowed are {list(SUFFIXES)}; {step}")
    is_table = path.suffix.lower() == ".txt" and path.stem in TABLES  # others are letters and notes
    return is_table or path.suffix.lower() in SUFFIXES


def is_unread(path: Path) -> bool:
    """Say whether a file is a table of a kind that is not read."""
    return path.suffix.lower() in UNREAD and not _is_hidden(path)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


#: Packed tables, and tables of other programs; passing one over would lose its rows.
PACKED = (".zip", ".gz", ".rar", ".7z")
FOREIGN = (".xls", ".xlsm", ".xlsb", ".ods", ".et", ".dbf", ".zsav", ".por", ".sas7bdat", ".rda", ".rds")
UNREAD = FOREIGN + PACKED
