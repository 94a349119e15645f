"""How the county offices keep and deliver their registers: since when, how often, in which money."""

from typing import Annotated

from pydantic import Field, WithJsonSchema

from register.parameters import Section, parameter
from register.reference.income_lines import YUAN, Currency

#: The province by whose cited lines the story is told; an office elsewhere has them in its own money.
STORY_REGION = "530000"
#: Its first two letters begin the ids of its counties.
Region = Annotated[
    str,
    Field(pattern="^[A-Za-z0-9]{2}[A-Za-z0-9-]{0,10}$"),
    WithJsonSchema({"type": "string", "format": "region"}),
]


class Office(Section):
    """What the offices of the prefecture are like; none of it changes what happens to a household."""

    years: int | None = parameter(
        "how long before its end a county's register begins; null: with first_month", unit="years", ge=1
    )
    exports_yearly: bool = parameter(
        "flag, income and states delivered once a year, dated by the export", source="DOMAIN 3.2"
    )
    restates: bool = parameter(
        "flag, the state of house, water and schooling written anew each year, unchanged",
        source="[M], as national_exports dates them",
    )
    region: Region = parameter("region of its villages; the first two letters begin a county's id")
    currency: Currency = parameter("currency of its amounts, ISO 4217")
    amounts_over_yuan: float = parameter(
        "its amounts over the story's, incomes and line alike", unit="ratio", source="[M]", gt=0
    )

    @property
    def brings_lines(self) -> bool:
        """Whether a delivery must say which line holds, as none is cited for it."""
        return (self.region, self.currency, self.amounts_over_yuan) != (STORY_REGION, YUAN, 1)
