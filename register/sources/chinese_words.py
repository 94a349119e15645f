"""A table in an officer's words: Chinese headers and words become the register's names and codes."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from register.cells.blanks import BLANKS
from register.cells.several import SEPARATOR, parts
from register.contract import Column, Table
from register.errors import ContractError
from register.sources.delivery import Sheet


def in_register_words(path: Path, sheet: Sheet, table: Table) -> Sheet:
    """Give every column the register's name, and every listed word its code.

    A header may be the Chinese name of the table's contract, the register's own name, or both
    parted by a blank, as the templates have them; width and blanks make no difference. What is
    neither stays as it is, for the contract to judge.

    Parameters
    ----------
    path : Path
        For messages.
    sheet : Sheet
        As it was read.
    table : Table
        The only declaration of the Chinese names and words.

    Returns
    -------
    Sheet

    Raises
    ------
    ContractError
        When a header names two columns, or two headers name one.
    """
    names = _names(path, sheet.frame.columns, table)
    findings = tuple(replace(one, column=names.get(one.column, one.column)) for one in sheet.findings)
    kinds = None if sheet.kinds is None else sheet.kinds.rename(names, strict=False)
    frame = sheet.frame.rename(names)
    coded = [_coded(frame[one.name], one) for one in table.columns if one.codes and one.name in frame.columns]
    return replace(sheet, frame=frame.with_columns(coded), findings=findings, kinds=kinds)


def folded(text: str) -> str:
    """Write a text in plain width, without blanks around.

    Examples
    --------
    >>> folded("距离（公里） ") == folded("距离(公里)")
    True
    """
    return unicodedata.normalize("NFKC", text).strip(BLANKS)


def columns_meant(headers: Sequence[str], table: Table) -> dict[str, str]:
    """Give the register's name of every header that names one column."""
    return {header: one for header, (one, *more) in _meant_by(headers, table).items() if not more}


def _names(path: Path, headers: list[str], table: Table) -> dict[str, str]:
    """Give the register's name of every header that has one."""
    meant = _meant_by(headers, table)
    for place, header in enumerate(headers, 1):
        if len(both := meant.get(header, [])) > 1:
            raise ContractError(
                f"{path}: column {place} bears two names, {_named(both, table)}; leave it one of them"
            )
    names = columns_meant(headers, table)
    _refuse_doubled(path, [names.get(header) for header in headers], table)
    return names


def _meant_by(headers: Sequence[str], table: Table) -> dict[str, list[str]]:
    spelt = {folded(word): one.name for one in table.columns for word in (one.zh, one.name)}
    return {header: named for header in headers if (named := _meant(header, spelt))}


def _meant(header: str, spelt: Mapping[str, str]) -> list[str]:
    """Give the columns a header names; more than two words are a row that was not parted into cells."""
    words = folded(header).split()
    is_named = len(words) <= 2 and all(word in spelt for word in words)
    return sorted({spelt[word] for word in words}) if is_named else []


def _refuse_doubled(path: Path, names: list[str | None], table: Table) -> None:
    for name in table.by_name:
        if names.count(name) > 1:
            places = [str(place) for place, one in enumerate(names, 1) if one == name]
            raise ContractError(
                f"{path}: columns {' and '.join(places)} are both {_named([name], table)}; "
                "keep one of them and remove the other"
            )


def _named(names: list[str], table: Table) -> str:
    return " and ".join(f"{name} ({table.by_name[name].zh})" for name in names)


def _coded(cells: pl.Series, column: Column) -> pl.Series:
    codes = {folded(zh): code for code, zh in column.meanings.items()}
    if column.most:
        words = {
            cell: SEPARATOR.join(codes.get(folded(one), one) for one in parts(cell))
            for cell in cells.unique().drop_nulls()
        }
    else:
        words = {word: codes[folded(word)] for word in cells.unique().drop_nulls() if folded(word) in codes}
    return cells.replace(words) if words else cells
