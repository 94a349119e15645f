"""Find and read EPH files as they are published: both spellings, both separators."""

import csv
import gzip
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from register.errors import ContractError, SourceError
from register.os_errors import message_of, number_of

#: Year and quarter of a survey file.
Quarter = tuple[int, int]

_OPEN = re.compile(r"base_(hogar|individual)_(\d{4})T([1-4])\.csv(?:\.gz)?", re.IGNORECASE)
_INDEC = re.compile(r"usu_(hogar|individual)_T([1-4])(\d\d)\.txt", re.IGNORECASE)


def quarters(folder: Path) -> dict[Quarter, tuple[Path, Path]]:
    """Find the quarters of a folder.

    Returns
    -------
    dict
        Quarter -> household file and person file, in the order of time.

    Raises
    ------
    SourceError
        When there is none, or a quarter has not exactly one file of each kind.
    """
    paths: dict[tuple[Quarter, str], Path] = {}
    for path in sorted(folder.iterdir()):
        key = _key(path.name)
        if key in paths:
            raise SourceError(f"{path}: {paths[key].name} holds the same quarter; keep one of the two")
        if key:
            paths[key] = path
    if not paths:
        raise SourceError(
            f"{folder}: no base_hogar_YYYYTq.csv.gz and no usu_hogar_Tqyy.txt found; see docs/data_eph.md"
        )
    known = sorted({quarter for quarter, _ in paths})
    return {quarter: (_one(paths, quarter, "hogar"), _one(paths, quarter, "individual")) for quarter in known}


def read_numbers(path: Path, columns: Sequence[str], texts: Sequence[str] = ()) -> pl.DataFrame:
    """Read columns of a file as numbers, empty cells missing; `texts` stay text.

    Comma or semicolon separated, decimal point or comma, `1e+05` and lost zeros alike.

    Raises
    ------
    SourceError
        When the file is missing or cannot be read.
    ContractError
        When a column is missing, or a cell is no number.
    """
    header, separator = _header(path)
    spelled = {name.upper(): name for name in header} | {name: name for name in header}
    missing = [name for name in (*texts, *columns) if name not in spelled]
    if missing:
        raise ContractError(f"{path}: column {missing[0]} is missing; download the file again")
    frame = _read(path, separator, [spelled[name] for name in (*texts, *columns)])
    named = frame.rename({spelled[name]: name for name in (*texts, *columns)}).select(*texts, *columns)
    numbers = named.with_columns(_number(pl.col(name)) for name in columns)
    _refuse_words(path, named, numbers, columns)
    return numbers


def _key(name: str) -> tuple[Quarter, str] | None:
    if match := _OPEN.fullmatch(name):
        return (int(match[2]), int(match[3])), match[1].lower()
    if match := _INDEC.fullmatch(name):
        return (2000 + int(match[3]), int(match[2])), match[1].lower()
    return None


def _one(paths: dict[tuple[Quarter, str], Path], quarter: Quarter, kind: str) -> Path:
    if (quarter, kind) not in paths:
        other = next(path for (when, _), path in paths.items() if when == quarter)
        raise SourceError(
            f"{other}: the {kind} file of {quarter[0]}T{quarter[1]} is missing beside it; download both"
        )
    return paths[quarter, kind]


def _header(path: Path) -> tuple[list[str], str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as opened:
            first = opened.readline()
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file; put it into the EPH folder (docs/data_eph.md)") from None
    except (OSError, EOFError) as fault:
        raise _unreadable(path, fault) from None
    separator = ";" if first.count(";") > first.count(",") else ","
    return next(csv.reader([first.rstrip("\r\n")], delimiter=separator), []), separator


def _read(path: Path, separator: str, names: list[str]) -> pl.DataFrame:
    try:
        return pl.read_csv(
            path, separator=separator, columns=names, infer_schema=False, encoding="utf8-lossy"
        ).select(names)
    except (pl.exceptions.PolarsError, OSError, EOFError) as fault:
        raise _unreadable(path, fault) from None


def _unreadable(path: Path, fault: Exception) -> SourceError:
    """Tell what the system refuses from a file that is damaged."""
    if isinstance(fault, OSError) and number_of(fault):
        return SourceError(message_of(fault))
    return SourceError(f"{path}: cannot be read, it may be cut short; download it again")


def _number(cell: pl.Expr) -> pl.Expr:
    return cell.str.strip_chars().str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def _refuse_words(path: Path, texts: pl.DataFrame, numbers: pl.DataFrame, columns: Sequence[str]) -> None:
    for name in columns:
        unread = numbers[name].is_null() & (texts[name].str.strip_chars().fill_null("") != "")
        if unread.any():
            row = int(unread.arg_true()[0]) + 2
            raise ContractError(f"{path}: row {row}, column {name} holds no number; correct that cell")
