"""A table in an officer's words: Chinese headers and words become the register's names and codes."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from register.cells.blanks import BLANKS
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


def _names(path: Path, headers: list[str], table: Table) -> dict[str, str]:
    spelt = {folded(word): one.name for one in table.columns for word in (one.zh, one.name)}
    places: dict[str, list[int]] = defaultdict(list)
    for place, header in enumerate(headers, 1):
        meant = sorted(_meant(header, spelt))
        if len(meant) > 1:
            raise ContractError(
                f"{path}: column {place} bears two names, {_named(meant, table)}; leave it one of them"
            )
        if meant:
            places[meant[0]].append(place)
    for name, doubled in places.items():
        if len(doubled) > 1:
            raise ContractError(
                f"{path}: columns {' and '.join(map(str, doubled))} are both {_named([name], table)}; "
                "keep one of them and remove the other"
            )
    return {headers[place - 1]: name for name, (place,) in places.items()}


def _meant(header: str, spelt: Mapping[str, str]) -> set[str]:
    """Give the columns a header names; more than two words are a row that was not parted into cells."""
    words = folded(header).split()
    is_named = len(words) <= 2 and all(word in spelt for word in words)
    return {spelt[word] for word in words} if is_named else set()


def _named(names: list[str], table: Table) -> str:
    return " and ".join(f"{name} ({table.by_name[name].zh})" for name in names)


def _coded(cells: pl.Series, column: Column) -> pl.Series:
    codes = {folded(zh): code for code, zh in column.meanings.items()}
    words = {word: codes[folded(word)] for word in cells.unique().drop_nulls() if folded(word) in codes}
    return cells.replace(words) if words else cells
