"""One cell of a column mapping: how a register column is filled from delivered ones."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from register.parameters import Section, parameter
from register.parameters.refusal import described
from register.sources.cells import text_of

#: What weekly amounts become monthly ones by.
FRACTION = re.compile("[1-9][0-9]*/[1-9][0-9]*")
#: Where a cell takes its text from; exactly one of them.
ORIGINS = "from, each, add, join, given, constant"
MISSING = "a list of the numbers and texts that stand for no value, such as [9999999, -9]"


def _texts(codes: object) -> tuple[str, ...]:
    """Write codes as the cells that hold them are read."""
    listed = codes if isinstance(codes, list | tuple) else ()
    if not listed or not all(type(one) in (str, int, float) for one in listed):
        raise ValueError(f"found {described(codes)}, allowed is {MISSING}; mend it")
    return tuple(text_of(one) or "" for one in listed)


def _part(places: tuple[int, int]) -> tuple[int, int]:
    if places[0] > places[1]:
        raise ValueError(f"found {list(places)}, allowed is [first, last] character, counted from 1; mend it")
    return places


def _spelling(spelling: str) -> str:
    signs = re.sub("YYYY|MM|DD", "", spelling, count=3)
    is_whole = spelling.count("YYYY") == 1 and ("MM" in spelling or "DD" not in spelling)
    if not is_whole or re.search("[A-Za-z0-9]", signs):
        raise ValueError(
            f"found {spelling!r}, allowed are YYYY, MM and DD, each once at most, no DD without MM; mend it"
        )
    return spelling


def _factor(number: int | str) -> int | str:
    is_fraction = isinstance(number, str) and FRACTION.fullmatch(number)
    if number == 0 or (isinstance(number, str) and not is_fraction):
        raise ValueError(
            f"found {number}, allowed is any other whole number, or a fraction such as 52/12; mend it"
        )
    return number


Column = Annotated[str, Field(min_length=1)]
#: Not strict: a cell is seen by `_of_one_column` first, and what has been seen is a list of Python's.
Columns = Annotated[tuple[Column, ...], Field(min_length=1, strict=False)]
Place = Annotated[int, Field(ge=1)]
Part = Annotated[tuple[Place, Place], Field(strict=False), AfterValidator(_part)]
#: Delivered texts and numbers that stand for no value, such as 9999999.
Missing = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class Cell(Section):
    """How one register column is filled: one origin, and what is done with its text."""

    column: Column | None = parameter("delivered column it takes over", default=None, alias="from")
    each: Column | None = parameter(
        "delivered column that lists several things, each to become a record", default=None
    )
    add: Columns | None = parameter("delivered columns that are added up", default=None)
    join: Columns | None = parameter("delivered columns that are joined by -", default=None)
    piece: Column | None = parameter("piece of the path, such as exported_on", default=None, alias="given")
    constant: Column | None = parameter("the same text for every row", default=None)
    codes: dict[str, str | None] | None = parameter(
        "delivered text: register text; null is no value, with `each` no record", default=None
    )
    part: Part | None = parameter("first and last character to keep, counted from 1", default=None)
    date: Annotated[str, AfterValidator(_spelling)] | None = parameter(
        "how a date is spelled, of YYYY, MM and DD; without it casting must know it", default=None
    )
    day: Literal["first", "last"] | None = parameter(
        "which day stands for a month or year, where `date` has no DD", default=None
    )
    factor: Annotated[int | str, AfterValidator(_factor)] = parameter(
        "what a number is multiplied by, such as 10000 for 万元, or 52/12 to make weeks months", default=1
    )
    aged_on: "Cell | None" = parameter(
        "the day at which the text is an age in whole years; a day of birth is made of both", default=None
    )
    missing: Missing = parameter("delivered texts and numbers that stand for no value", default=())

    @model_validator(mode="before")
    @classmethod
    def _of_one_column(cls, content: object) -> object:
        """Take the name of a delivered column by itself for a cell that takes it over."""
        if isinstance(content, str):
            return {"from": content}
        if not isinstance(content, dict):
            raise ValueError(  # noqa: TRY004 - pydantic makes a refusal of it, and of no TypeError
                f"found {described(content)}, allowed is a delivered column, or one of {ORIGINS}; mend it"
            )
        return content

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse what each allows and together makes no sense."""
        origins = (self.column, self.each, self.add, self.join, self.piece, self.constant)
        if sum(origin is not None for origin in origins) != 1:
            raise ValueError(f"allowed is exactly one of {ORIGINS}; mend it")
        if self.each and self.codes is None:
            raise ValueError("`each` needs codes; add them")
        lacks_day = self.date is not None and "DD" not in self.date
        if lacks_day != (self.day is not None):
            raise ValueError("day is first or last for a date without DD, and for no other; mend it")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """Delivered columns it reads."""
        one = self.column or self.each
        return (one,) if one else self.add or self.join or ()

    @property
    def every_header(self) -> tuple[str, ...]:
        """Those, and the ones that the day of an age is read from."""
        return (*self.headers, *(self.aged_on.headers if self.aged_on else ()))

    def without(self, codes: tuple[str, ...]) -> "Cell":
        """Let further codes stand for no value."""
        return self.model_copy(update={"missing": (*self.missing, *codes)})
