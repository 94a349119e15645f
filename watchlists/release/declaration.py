"""How a table of a release is declared: what its columns mean, and whom they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from register.contract import Privacy

#: ``texts`` and ``codes`` are several in a cell.
Kind = Literal["id", "text", "texts", "code", "codes", "number", "integer", "flag", "date"]
Words = tuple[str, str]

DTYPES: dict[Kind, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "code": pl.String(),
    "texts": pl.List(pl.String()),
    "codes": pl.List(pl.String()),
    "number": pl.Float64(),
    "integer": pl.Int64(),
    "flag": pl.Boolean(),
    "date": pl.Date(),
}


@dataclass(frozen=True)
class DataColumn:
    """One column of a table of a release.

    Attributes
    ----------
    name : str
    kind : Kind
        How its values are held.
    zh, en : str
        What it means.
    unit : str
        Unit of a number, "" where there is none.
    privacy : str
        As of the register's columns (`register.contract.Column`): ``""`` tells of a place or of the
        record-keeping, ``personal`` of a household, ``sensitive`` of health or of specific identity.
    meanings : mapping of str to (str, str)
        What the values of a code mean, Chinese and English; empty where they are listed elsewhere.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    privacy: Privacy = ""
    meanings: Mapping[str, Words] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class DataTable:
    """One table of a release.

    Attributes
    ----------
    name : str
    zh, en : str
        What one row is.
    key : tuple of str
        Columns that tell rows apart; rows are kept in their order.
    columns : tuple of DataColumn
    required : tuple of str
        Columns that never lack a value.
    indexes : tuple of tuple of str
        Columns by which rows are looked up.
    file : str or None
        The Parquet file of the release that holds the same rows; None where the database alone does.
    """

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: tuple[DataColumn, ...]
    required: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    file: str | None = None

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        names = [one.name for one in self.columns]
        named = {*self.key, *self.required, *(name for index in self.indexes for name in index)}
        if len(set(names)) < len(names) or not named <= set(names):
            raise TypeError(f"table {self.name}: a column is declared twice, or a key or index without one")

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Polars type of every column, in declared order."""
        return {one.name: DTYPES[one.kind] for one in self.columns}

    def shaped(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Bring rows of any version to the declared columns, types and order; what they lack is missing.

        Examples
        --------
        >>> table = DataTable("t", "表", "table", ("b",), tuple(DataColumn(n, "id", n, n) for n in "ab"))
        >>> table.shaped(pl.DataFrame({"b": ["2", "1"], "c": [0, 0]})).rows()
        [(None, '1'), (None, '2')]
        """
        lacking = [pl.lit(None).alias(name) for name in self.schema if name not in rows.columns]
        declared = rows.with_columns(lacking).select(list(self.schema)).cast(pl.Schema(self.schema))
        return declared.sort(self.key, nulls_last=False, maintain_order=True)
