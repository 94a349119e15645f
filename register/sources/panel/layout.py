"""What the mapping of a panel says, as YAML holds it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from register.parameters import OneOf, Section, parameter
from register.sources.mapping_cell import Cell, Missing
from register.sources.panel.waves import Wave, waves_of
from register.tables import TABLES
from register.tables.income import EARNED

#: Tables that a mapping may fill besides what it says of households; all of them may be left out.
OPTIONAL = (
    "members",
    "employment",
    "schooling",
    "health",
    "housing",
    "water",
    "land",
    "shocks",
    "assistance",
    "relocation",
)
#: What is said of a person's age in `members`, where no birth date was asked.
AGES = ("age", "birth_year")
#: What a row of a file may tell of its household.
OF_HOUSEHOLDS = ("weight", "region", "district", "area", "size", "children", "equivalents", "line")
Period = Literal["day", "week", "fortnight", "month", "quarter", "year"]
Known = Literal["household", "head", "equivalent"]


def _words(value: object) -> object:
    """Take a number in YAML as the text it is in a file."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _amounts(value: object) -> object:
    """Take one column, or several to add up, for an amount without sources."""
    if isinstance(value, list):
        value = {"add": value} if len(value) > 1 else value[0]
    is_by_source = isinstance(value, dict) and not {"from", "add"} & value.keys()
    return value if is_by_source else {"other": value}


def _joined(value: object) -> object:
    return {"join": value} if isinstance(value, list) else value


Word = Annotated[str, BeforeValidator(_words)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_words), Field(strict=False)]
Id = Annotated[Cell, BeforeValidator(_joined)]
Source = Annotated[str, OneOf(EARNED)]
Amounts = Annotated[dict[Source, Cell], BeforeValidator(_amounts)]


class WaveLayout(Section):
    """When a wave was, and what else files call it."""

    when: Word = parameter("year, quarter, month or day")
    called: Words = parameter("other names of the wave in files and columns", default=())

    @model_validator(mode="before")
    @classmethod
    def _of_a_date(cls, content: object) -> object:
        return content if isinstance(content, dict) else {"when": content}


class Resources(Section):
    """What the amounts of the files are."""

    kind: Literal["consumption", "income"] = parameter("consumption | income")
    period: Period = parameter("what an amount is for: day | week | fortnight | month | quarter | year")
    per: Known = parameter("whose an amount is: household | head | equivalent", default="household")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = parameter(
        "ISO 4217, such as UGX; without it no amount is written out", default=None
    )


class LineLayout(Section):
    """Below which resources of an equivalent a household is poor: one of four ways."""

    amount: float | None = parameter("the line, the same in every wave", default=None, gt=0)
    by_wave: dict[Word, Annotated[float, Field(gt=0)]] | None = parameter(
        "the line of each wave", default=None
    )
    percentile: float | None = parameter("of a wave's resources an equivalent", default=None, gt=0, lt=100)
    column: bool = parameter("each household's own stands in a file, as `line`", default=False)
    wave: Word | None = parameter("wave that the percentile is taken of; by default the first", default=None)
    counted: Literal["people", "households"] = parameter("whose percentile", default="people")
    period: Period | None = parameter("what the line is for; a percentile needs none", default=None)
    prices_of: Word | None = parameter("wave in whose prices the amount is", default=None)
    source: str = parameter("what it rests on", default="mapping")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        ways = (self.amount is not None, self.by_wave is not None, self.percentile is not None, self.column)
        if sum(ways) != 1:
            raise ValueError(
                "allowed is exactly one of amount, by_wave, percentile and column: true; mend it"
            )
        if self.percentile is None and self.period is None:
            raise ValueError("`period` is missing: what the line is for, such as year; write it there")
        return self


class Scale(Section):
    """Equivalents of a household by the ages of its people."""

    by_age: dict[Word, Annotated[float, Field(ge=0, le=2)]] | None = parameter(
        "age from which a person counts so much, such as {0: 0.5, 15: 1}", default=None
    )
    first_adult: float = parameter("equivalents of the first adult", default=1, gt=0, le=2)
    adult: float = parameter("of every other adult", default=0.5, ge=0, le=2, source="OECD-modified scale")
    child: float = parameter("of a child", default=0.3, ge=0, le=2, source="OECD-modified scale")
    adult_from: int = parameter("age", default=14, ge=1, le=30, source="OECD-modified scale")


class FileLayout(Section):
    """What the rows of one file, or of one file a wave, tell."""

    path: str = parameter("below the folder; {wave} stands for a name of the wave", min_length=1)
    sheet: str | None = parameter("sheet of a workbook", default=None)
    header: int = parameter("row that names the columns", default=1, ge=1)
    wave: str | None = parameter("column that says the wave of a row", default=None)
    only: Word | None = parameter("the one wave that the file is of", default=None)
    keep: dict[str, Words] = parameter("columns with the values of the rows to read", default={})
    leave_out: dict[str, Words] = parameter("columns with the values of the rows not to read", default={})
    household: Id = parameter("number of the household in the wave; several columns are joined")
    person: Id | None = parameter("number of the person; then a row is a person", default=None)
    drop_zeros: bool = parameter(
        "whether numbers lose the zeros that they begin with, 001 is 1", default=False
    )
    origin: Id | None = parameter(
        "number of this household in an earlier wave, where it may have split", default=None
    )
    weight: Cell | None = parameter("survey weight of the household", default=None)
    region: Cell | None = parameter("largest place; a county of the register", default=None)
    district: Cell | None = parameter("middle place; a township", default=None)
    area: Cell | None = parameter("smallest place, such as the enumeration area; a village", default=None)
    size: Cell | None = parameter("heads of the household", default=None)
    children: Cell | None = parameter("of them under 15", default=None)
    equivalents: Cell | None = parameter("equivalents of the household, all together", default=None)
    line: Cell | None = parameter("the household's own line", default=None)
    amount: Amounts | None = parameter(
        "resources: a column, columns to add, or columns by source", default=None
    )
    amount_of: Literal["household", "rows"] = parameter(
        "household: what a row tells is the whole household's | rows: its own, to be added up",
        default="household",
    )
    head: dict[str, Cell] = parameter(
        "columns of members that tell of the head, where persons are not told", default={}
    )
    parts: Amounts | None = parameter(
        "parts of the amount by source; what is left of it is `other`", default=None
    )
    tables: dict[Annotated[str, OneOf(OPTIONAL)], dict[str, Cell]] = parameter(
        "register tables and their columns (docs/data_dictionary.md)", default={}
    )
    no_answer: Missing = parameter("numbers and texts that stand for no answer in this file", default=())

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse columns and codes that the register does not have."""
        ways = [
            name
            for name, is_set in (
                ("wave", self.wave),
                ("only", self.only),
                ("{wave} in path", "{wave}" in self.path),
            )
            if is_set
        ]
        if len(ways) > 1:
            raise ValueError(f"found {ways}, allowed is one way to tell the wave; mend it")
        for table, cells in (*self.tables.items(), ("members", self.head)):
            known = {**TABLES[table].by_name, **(dict.fromkeys(AGES) if table == "members" else {})}
            unknown = sorted(cells.keys() - known.keys())
            if unknown:
                raise ValueError(f"{table} has no columns {unknown}, allowed are {list(known)}; mend it")
            for name, cell in cells.items():
                codes = getattr(known[name], "codes", ())
                wrong = sorted({one for one in _written(cell) if codes and one not in codes})
                if wrong:
                    raise ValueError(
                        f"{table}.{name}: found codes {wrong}, allowed are {list(codes)}; mend them"
                    )
            if self.person is None and cells and table in self.tables and of_persons(table):
                raise ValueError(
                    f"{table} tells of persons; write the column of the person's number as `person`"
                )
        return self


def of_persons(table: str) -> bool:
    """Say whether a row of a table is of one person."""
    column = TABLES[table].by_name.get("member_id")
    return column is not None and column.required


def _written(cell: Cell) -> list[str]:
    return [one for one in (cell.codes.values() if cell.codes else [cell.constant]) if one]


class PanelLayout(Section):
    """The mapping of a panel."""

    waves: dict[Word, WaveLayout] = parameter("name of each wave: when it was", min_length=1)
    resources: Resources = parameter("what the amounts are")
    line: LineLayout = parameter("who is poor")
    equivalents: Scale | Literal["heads", "square_root", "column"] = parameter(
        "heads | square_root | column (a file tells them) | a scale by age", default="heads"
    )
    price_index: dict[Word, Annotated[float, Field(gt=0)]] | None = parameter(
        "prices of each wave, where amounts are nominal and the line is of one wave", default=None
    )
    persons_keep_numbers: bool = parameter(
        "whether a person has one number in all waves; false where they are numbered anew", default=True
    )
    visits: int | None = parameter("households of each region to list", default=None, ge=1)
    no_answer: Missing = parameter("numbers and texts that stand for no answer in all files", default=())
    files: Annotated[tuple[FileLayout, ...], Field(strict=False)] = parameter("the files", min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _of_known_words(cls, content: object) -> object:
        """Let an empty scale be the OECD-modified one."""
        if isinstance(content, dict) and content.get("equivalents") == "oecd_modified":
            return {**content, "equivalents": {}}
        return content

    def dated(self, place: str) -> tuple[Wave, ...]:
        """Give the waves in the order of time."""
        return waves_of(place, {name: (one.when, one.called) for name, one in self.waves.items()})

    def names_waves(self) -> dict[str, Any]:
        """Give what names waves outside `waves`, by where it stands."""
        line = self.line
        of_line = {
            "line.wave": [line.wave],
            "line.prices_of": [line.prices_of],
            "line.by_wave": line.by_wave or (),
        }
        of_files = {f"files item {place}.only": [one.only] for place, one in enumerate(self.files, 1)}
        return {**of_line, "price_index": self.price_index or (), **of_files}
