"""The typed gate behind casting: a pandera schema generated from each contract."""

from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from register.cells.several import SEPARATOR
from register.contract import Column, Table
from register.errors import ContractError
from register.tables import TABLES


@cache
def schema_of(name: str) -> pa.DataFrameSchema:
    """Generate the pandera schema of a register table.

    Parameters
    ----------
    name : str
        Table name.

    Returns
    -------
    DataFrameSchema
        Strict: exactly the contract's columns, in its types, nothing coerced.
    """
    columns = {column.name: _column(column, TABLES[name]) for column in TABLES[name].columns}
    return pa.DataFrameSchema(columns, name=name, strict=True, coerce=False)


def check_types(name: str, frame: pl.DataFrame) -> None:
    """Refuse a typed table that breaks its contract; casting should have caught it.

    Raises
    ------
    ContractError
        Naming table, columns and checks, never values.
    """
    try:
        schema_of(name).validate(frame, lazy=True)
    except SchemaErrors as broken:
        cases = broken.failure_cases.select("column", "check").unique().sort("column", "check")
        breaches = "; ".join(f"{column}: {check}" for column, check in cases.iter_rows())
        raise ContractError(
            f"{name}: the cast table breaks its contract ({breaches}); this is a fault in casting, report it"
        ) from None


def _column(column: Column, table: Table) -> pa.Column:
    checks = []
    if column.most:
        one = f"(?:{'|'.join(column.codes)})"
        checks.append(pa.Check.str_matches(f"^{one}(?:{SEPARATOR}{one}){{0,{column.most - 1}}}$"))
    elif column.codes:
        checks.append(pa.Check.isin(list(column.codes)))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    return pa.Column(table.schema[column.name], checks, nullable=not column.required)
