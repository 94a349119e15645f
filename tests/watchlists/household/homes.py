"""One invented household as its records tell it, at the end of 2025: a head of 45, and who else is said."""

from datetime import date

import polars as pl

from tests.features.stories import DAY, shard
from watchlists.household.records import households

#: Tables whose newest records are asked for when they grow old.
AGEING = ("income", "housing", "water")
HEAD = {"member_id": "head", "birth_date": "1980-05-01", "relation": "head", "labour": "ordinary"}


def home(currency="CNY", facts=None, **tables):
    """Gather household h; `facts` are its features."""
    rows = pl.DataFrame([{"household_id": "h", **(facts or {})}])
    county = shard(**{name: [dated(row) for row in given] for name, given in tables.items()})
    return households(county, DAY, rows, pl.Series(["h"]), currency, AGEING)["h"]


def dated(row):
    days = ("_on", "birth_date", "valid_from")
    return {
        name: date.fromisoformat(value) if isinstance(value, str) and name.endswith(days) else value
        for name, value in row.items()
    }


def living(*members):
    """The head, and others born and able to work as they say."""
    return [{"equivalents": 1.0, "valid_from": "2020-01-01", **one} for one in (HEAD, *members)]
