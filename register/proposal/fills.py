"""Fill single register columns from delivered ones, each with what is to be confirmed."""

from collections.abc import Sequence
from typing import Any

from register.proposal.columns import Columns, Guess, meanings
from register.proposal.files import Filled
from register.tables import TABLES

HOW = {
    "name": ("", ""),
    "words": ("按词猜测", "guessed by its words"),
    "near": ("列名相近", "their names look alike"),
}


def filled(guess: Guess) -> Filled:
    """Take a column over, with how it was recognised."""
    return Filled(guess.header, *doubt_of(guess))


def doubt_of(guess: Guess) -> tuple[str, str]:
    """Say how a column was recognised, where that is to be confirmed."""
    return HOW[guess.how]


def named(columns: Columns, table: str, but_for: Sequence[str]) -> dict[str, Filled]:
    """Fill the columns that are there by their names."""
    made: dict[str, Filled] = {}
    for one in TABLES[table].columns:
        if one.name in but_for:
            continue
        if one.kind == "code":
            cell = coded(columns, table, one.name)
        else:
            guess = columns.named(table, one.name)
            cell = Filled(guess.header) if guess else None
        if cell:
            made[one.name] = cell
    return made


def coded(columns: Columns, table: str, column: str, *, by_words: bool = False) -> Filled | None:
    """Fill a column of codes whose values are known; None where not one is."""
    guess = columns.coded(table, column) if by_words else columns.named(table, column)
    if guess is None:
        return None
    values = sorted(columns.values(guess.header).unique())
    codes, unknown = meanings(table, column, values)
    if not codes:
        return None
    if not unknown and all(value == code for value, code in codes.items()):
        return filled(guess)
    zh, en = doubt_of(guess)
    if unknown:
        zh, en = f"{len(unknown)} 个取值不认识，按空值", f"{len(unknown)} values not known: taken as none"
    return Filled({"from": guess.header, "codes": {**codes, **dict.fromkeys(unknown)}}, zh, en)


def is_single(columns: Columns, cells: Sequence[Any], share: float = 0.99) -> bool:
    """Say whether a key stands once, of each day where days are in a column."""
    headers = [cell if isinstance(cell, str) else cell.get("from") for cell in cells]
    keys = columns.frame.select(sorted({header for header in headers if header})).drop_nulls()
    return len(keys) > 0 and keys.n_unique() >= share * len(keys)


def is_nested(columns: Columns, inner: str, outer: str) -> bool:
    """Say whether each value of one column goes with one of another."""
    pairs = columns.frame.select(inner, outer).drop_nulls().unique()
    return pairs[inner].n_unique() == len(pairs)
