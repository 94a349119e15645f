"""Names of delivered columns, compared as a person would: by what they say, not by how they are typed."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from register.sources.mapping_file import SHIPPED, load_mapping
from register.sources.mapping_yaml import read_yaml
from register.tables import TABLES

#: How alike two names must be (`difflib`) for one to be called the nearest of the other.
ALIKE = 0.75
_WORD = re.compile("[a-z]+|[0-9]+|[^\\W\\da-z_]+")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")


def folded(name: str) -> str:
    """Give a name without case, width and signs.

    Examples
    --------
    >>> folded("距离（公里）") == folded("距离(公里)"), folded("HH_ID") == folded("ｈｈ id")
    (True, True)
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def words_of(name: str) -> frozenset[str]:
    """Give the words of a name, in small letters; a run of hanzi is one.

    Examples
    --------
    >>> sorted(words_of("TOT_consumption")), sorted(words_of("indAge"))
    (['consumption', 'tot'], ['age', 'ind'])
    """
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    return frozenset(_WORD.findall(parted.casefold()))


def nearest(name: str, known: Collection[str]) -> str | None:
    """Give the known name that is most like one; None where none is.

    Examples
    --------
    >>> nearest("危房等级认定", ["危房等级", "住房面积"]), nearest("x", ["危房等级"])
    ('危房等级', None)
    """
    by_fold = {folded(one): one for one in known}
    close = difflib.get_close_matches(folded(name), by_fold, n=1, cutoff=ALIKE)
    return by_fold[close[0]] if close else None


@cache
def vocabulary() -> Mapping[str, Any]:
    """Give the declared words (``words.yaml`` beside this module)."""
    return read_yaml(Path(__file__).with_name("words.yaml"))


@cache
def names_of(table: str, column: str) -> tuple[str, ...]:
    """Give every name of a register column: its own, those of shipped mappings, declared words."""
    own = TABLES[table].by_name[column]
    return tuple(
        dict.fromkeys([own.name, own.zh, own.en, *_shipped().get((table, column), ()), *declared(column)])
    )


def declared(role: str) -> list[str]:
    """Give the declared words of a column, or of what stands in place of one, such as an age."""
    words: list[str] = vocabulary()["columns"].get(role, [])
    return words


@cache
def known_names() -> frozenset[str]:
    """Give every name of every column, folded."""
    own = {
        name for table in TABLES.values() for one in table.columns for name in names_of(table.name, one.name)
    }
    roles = {word for words in vocabulary()["columns"].values() for word in words}
    shipped = {
        header for mapping in shipped_mappings() for one in load_mapping(mapping) for header in one.headers
    }
    return frozenset(map(folded, own | roles | shipped))


def shipped_mappings() -> list[str]:
    """Name the mappings that are shipped."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


@cache
def _shipped() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Give the header that fills each register column alone in a shipped mapping."""
    headers: dict[tuple[str, str], tuple[str, ...]] = {}
    for mapping in shipped_mappings():
        for record in (record for one in load_mapping(mapping) for record in one.records):
            for column, cell in record.cells.items():
                if cell.column and not cell.part:
                    headers[record.table, column] = (*headers.get((record.table, column), ()), cell.column)
    return headers
