"""The section ``watchlist.ledger``: by when visits and help are due, and who answers for them."""

from typing import Annotated

from pydantic import Field

from register.parameters import Section, parameter


class LedgerParameters(Section):
    """When a task of the ledger is due, and the file that says whose it is."""

    duty_days: int = parameter(
        "days from the list's day to the visit of a must-visit household",
        default=5,
        unit="days",
        who="county office",
        source="DOMAIN 1.4 [S25]",
        ge=1,
    )
    help_days: int = parameter(
        "days from a risk confirmed at a visit to the first measure",
        default=15,
        unit="days",
        who="county office",
        source="DOMAIN 1.4 [S17][S30]",
        ge=1,
    )
    responsible: Annotated[str, Field(min_length=1)] | None = parameter(
        "CSV of who answers for a village, group or household (docs/ledger.md), or null",
        default=None,
        who="county office",
    )
