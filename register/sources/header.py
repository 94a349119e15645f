"""The header of a delivered table: every column has one name of its own, and tells nobody's data."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from register.contract import Table
from register.errors import ContractError
from register.tables import TABLES

#: Signs that part the digits of a date or a phone number.
PARTING = re.compile(r"[\s./:-]")
#: Somebody's number or a day; the code of a year is shorter.
PERSONAL = re.compile(r"\d{6,}")
#: A cell that holds a number and nothing else; a year may name a column.
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
YEAR = re.compile(r"(19|20)\d\d")
#: Characters of the longest name that is shown; what is longer is a text.
LONGEST = 40
BEYOND = (
    "lies beyond the header; name its column or clear it, or where a title stands above the header, remove "
    "it (a mapping can say header: 2 instead)"
)
NO_HEADER = "第一行像是数据 / the first row looks like data"
#: Every column that any register table has: their names are nobody's data.
KNOWN = frozenset(name for table in TABLES.values() for name in table.by_name)


def check_names(path: Path, header: Sequence[str]) -> None:
    """Refuse a header that is empty, or has doubled or unnamed columns."""
    doubled = sorted(name for name, times in Counter(header).items() if times > 1 and name)
    if not any(header):
        raise ContractError(f"{path}: found no header; the first row must name the columns")
    if doubled or "" in header:
        if looks_like_data(header):
            raise ContractError(f"{path}: {NO_HEADER}: put the column names there")
        names = safe_names(doubled, header, KNOWN)
        raise ContractError(
            f"{path}: doubled columns {names}, unnamed columns {header.count('')}; "
            "give every column one name of its own, or remove it"
        )


def check_columns(path: Path | str, columns: Sequence[str], table: Table) -> None:
    """Refuse a table that lacks a required column or brings one the contract does not know."""
    missing = [column.name for column in table.columns if column.required and column.name not in columns]
    unknown = sorted(set(columns) - table.by_name.keys())
    if not (missing or unknown):
        return
    refuse_headless(path, columns, table.by_name)
    names = safe_names(unknown, columns, table.by_name)
    raise ContractError(
        f"{path}: missing columns {missing}, unknown columns {names}; allowed are "
        f"{list(table.by_name)}; rename or remove them"
    )


def refuse_headless(path: Path | str, columns: Sequence[str], known: Collection[str]) -> None:
    """Refuse a table of which no column is named as expected: it has no header, or another table's.

    Parameters
    ----------
    path : Path or str
        The file, for the message.
    columns : sequence of str
        Its first row, which is not shown.
    known : collection of str
        The names expected there.

    Raises
    ------
    ContractError
    """
    if set(columns).isdisjoint(known) and len(columns) == 1 and len(names_within(columns[0], known)) > 1:
        raise ContractError(
            f"{path}: its one column holds several names: the cells are parted by a sign that is not read, "
            "or each row is quoted as a whole; save the file as CSV UTF-8 (comma)"
        )
    folded = {name.casefold(): name for name in known}
    if set(columns).isdisjoint(known) and any(name.casefold() in folded for name in columns):
        raise ContractError(
            f"{path}: the names of its columns differ from the expected ones in capital letters; write them "
            f"as here (in a database, in a view): {list(known)}"
        )
    if set(columns).isdisjoint(known):
        raise ContractError(
            f"{path}: none of its {len(columns)} columns has an expected name, {NO_HEADER}: put the column "
            f"names there; expected are {list(known)}"
        )


def names_within(text: str, known: Collection[str]) -> list[str]:
    """Find the known names that stand in a text, parted by anything."""
    return [part for part in re.split(r"\W+", text) if part in known]


def safe_names(
    names: Sequence[str], header: Sequence[str], known: Collection[str] = (), kind: str = "column"
) -> list[str]:
    """Name columns in a message; what could be somebody's data is told by its place.

    Parameters
    ----------
    names : sequence of str
        The columns meant.
    header : sequence of str
        The whole row they stand in.
    known : collection of str
        Names that are nobody's data. A row that has none of them is told by places only.
    kind : str
        What is named, for the places.

    Returns
    -------
    list of str

    Examples
    --------
    >>> safe_names(["sum", "13800001111"], ["household_id", "sum", "13800001111"], ["household_id"])
    ['column 2', 'column 3']
    >>> safe_names(["sum"], ["household_id", "sum"], ["household_id"])
    ['sum']
    """
    strange = looks_like_data(header) or (bool(known) and set(header).isdisjoint(known))
    return [
        name if name in known or not (strange or _could_be_data(name)) else _place(name, header, kind)
        for name in names
    ]


def nameable(names: Sequence[str]) -> list[str]:
    """Keep the names that could be nobody's data, by themselves and by what stands beside them."""
    return [name for name in names if not (looks_like_data(names) or _could_be_data(name))]


def looks_like_data(header: Sequence[str]) -> bool:
    """Say whether a row names columns, or holds somebody's numbers."""
    return any(_is_value(name) for name in header)


def _could_be_data(name: str) -> bool:
    return _is_value(name) or len(name) > LONGEST or not name.isprintable()


def _is_value(name: str) -> bool:
    joined = PARTING.sub("", name)
    is_number = NUMBER.fullmatch(name.strip()) and not YEAR.fullmatch(name.strip())
    return bool(PERSONAL.search(joined) or is_number)


def _place(name: str, header: Sequence[str], kind: str) -> str:
    places = [str(place) for place, one in enumerate(header, 1) if one == name]
    return f"{kind} {' and '.join(places)}"
