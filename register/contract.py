"""The declaration of a register table: one source for schema, dictionary and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Kind = Literal["id", "text", "date", "number", "money", "integer", "flag", "code", "codes"]
Usage = Literal["usable", "label", "audit", "vault"]
Privacy = Literal["", "personal", "sensitive"]

DTYPES: dict[Kind, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "code": pl.String(),
    "codes": pl.String(),
    "date": pl.Date(),
    "number": pl.Float64(),
    "money": pl.Float64(),
    "integer": pl.Int64(),
    "flag": pl.Boolean(),
}


@dataclass(frozen=True)
class Column:
    """One column of a table, as it must look after casting.

    Attributes
    ----------
    name : str
        Column name; entities end in ``_id``, dates in ``_on`` or name an interval end.
    kind : Kind
        How a text cell is cast. ``money`` is in the register's currency; ``codes`` are several
        in a cell (`register.cells.several`), the first before all others.
    zh, en : str
        What an officer and a developer read.
    unit : str
        Unit of a number, "" where there is none.
    required : bool
        Whether an empty cell sends the row to quarantine.
    meanings : mapping of str to str
        Allowed values of a ``code`` or ``codes`` column, each with what it means in Chinese; the
        code itself is English.
    most : int or None
        How many a cell of ``codes`` may hold.
    low, high : float or None
        Bounds of a number, both included.
    usage : Usage
        ``usable`` by features, ``label`` forms the label, ``audit`` for fairness only,
        ``vault`` names or reaches a person and is split off before the register is written.
    privacy : str
        ``""`` tells of a place or of the record-keeping, ``personal`` of a household or
        person, ``sensitive`` falls under article 28 of the Personal Information Protection
        Law: health, specific identity, children under 14.
    description : str
        Chinese / English: where the value stands in the national forms and how to fill it
        in; "" where the labels say it all.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    required: bool = False
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)
    most: int | None = None
    low: float | None = None
    high: float | None = None
    usage: Usage = "usable"
    privacy: Privacy = "personal"
    description: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Allowed values of a column of codes, in declared order."""
        return tuple(self.meanings)


@dataclass(frozen=True)
class Table:
    """One register table.

    Attributes
    ----------
    description : str
        Chinese / English: what one row is and where it comes from.
    key : tuple of str
        Records with the same key are versions of one fact; the latest known one wins.
    event : str
        The column that holds the event time.
    entity : tuple of str
        For tables of states: whose state a row is. Empty for tables of events.
    required : bool
        Whether a register without rows in this table is refused.
    """

    name: str
    zh: str
    en: str
    description: str
    key: tuple[str, ...]
    event: str
    columns: tuple[Column, ...]
    entity: tuple[str, ...] = ()
    required: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Index the columns and refuse a declaration that contradicts itself."""
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        unknown = {self.event, *self.key, *self.entity, "recorded_on"} - self.by_name.keys()
        if unknown:
            raise TypeError(f"table {self.name} declares no column {sorted(unknown)}")
        for column in self.columns:
            if (column.kind in ("code", "codes")) != bool(column.meanings):
                raise TypeError(f"{self.name}.{column.name}: a code column, and no other, lists its codes")
            if (column.kind == "codes") != bool(column.most):
                raise TypeError(f"{self.name}.{column.name}: only of several codes is said how many")
        bound = {self.event, *self.key, *self.entity} & {*self.vaulted}
        if bound or any(self.by_name[name].required for name in self.vaulted):
            raise TypeError(f"table {self.name} needs a column that goes to the vault")

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Polars type of every column as delivered, in declared order."""
        return {column.name: DTYPES[column.kind] for column in self.columns}

    @property
    def kept(self) -> dict[str, pl.DataType]:
        """Polars type of every column that the register keeps: all but the vault's."""
        return {column.name: DTYPES[column.kind] for column in self.columns if column.usage != "vault"}

    @property
    def vaulted(self) -> tuple[str, ...]:
        """Names of the columns that go to the vault."""
        return tuple(column.name for column in self.columns if column.usage == "vault")

    def usable(self, *kinds: Kind) -> Sequence[str]:
        """Name the columns that features may read, of the given kinds, in declared order."""
        return [column.name for column in self.columns if column.usage == "usable" and column.kind in kinds]


def recorded_on() -> Column:
    """Declare the knowledge time that every table carries."""
    return Column(
        "recorded_on",
        "date",
        "录入日期",
        "date the record was entered",
        required=True,
        privacy="",
        description="何时进入系统，不是何时发生；更正另立一行，用新的录入日期 / "
        "when the system learned of it, not when it happened; a correction is a new row with a later date",
    )


def household_id() -> Column:
    """Declare the household key that almost every table carries."""
    return Column(
        "household_id",
        "id",
        "户编号",
        "household id",
        required=True,
        description="全国系统的户编号，按文本填写；入库后成为脱敏编号 / "
        "number of the household in the national system, as text; a pseudonym in the register",
    )


def member_id(*, required: bool = True) -> Column:
    """Declare the person key."""
    return Column(
        "member_id",
        "id",
        "人编号",
        "member id",
        required=required,
        description="全国系统的人编号，按文本填写；入库后成为脱敏编号 / "
        "number of the person in the national system, as text; a pseudonym in the register",
    )


def identity(name: str, zh: str, en: str, kind: Kind = "text") -> Column:
    """Declare what names or reaches a person."""
    return Column(
        name,
        kind,
        zh,
        en,
        usage="vault",
        description="进保险库，不入登记册 / goes to the vault, never to the register",
    )


def valid_from() -> Column:
    """Declare since when a state holds."""
    return Column(
        "valid_from",
        "date",
        "生效日期",
        "valid from",
        required=True,
        privacy="",
        description="这一行所述状况自何日起；状况变化时另立一行 / "
        "day from which the row holds; a changed state is a new row",
    )


def valid_to() -> Column:
    """Declare until when a state holds."""
    return Column(
        "valid_to",
        "date",
        "失效日期",
        "valid to (exclusive)",
        privacy="",
        description="当日起不再有效；仍有效则留空 / first day it no longer holds; empty while it does",
    )
