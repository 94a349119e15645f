"""The header of a delivered table: every column has one name of its own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from register.contract import Table
from register.errors import ContractError


def check_names(path: Path, header: Sequence[str]) -> None:
    """Refuse a header that is empty, or has doubled or unnamed columns."""
    doubled = sorted(name for name, times in Counter(header).items() if times > 1 and name)
    if not any(header):
        raise ContractError(f"{path}: found no header; the first row must name the columns")
    if doubled or "" in header:
        raise ContractError(
            f"{path}: doubled columns {doubled}, unnamed columns {header.count('')}; "
            "give every column one name of its own"
        )


def check_columns(path: Path | str, columns: Sequence[str], table: Table) -> None:
    """Refuse a table that lacks a required column or brings one the contract does not know."""
    missing = [column.name for column in table.columns if column.required and column.name not in columns]
    unknown = sorted(set(columns) - table.by_name.keys())
    if missing or unknown:
        raise ContractError(
            f"{path}: missing columns {missing}, unknown columns {unknown}; allowed are "
            f"{list(table.by_name)}; correct the header"
        )
