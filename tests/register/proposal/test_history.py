"""A source is read once and counted: tables, days, households, and what would be set aside."""

from datetime import date

import polars as pl

from register.proposal.history import holdings
from tests.deliveries import Given
from tests.households import household, village_tables


def test_tables_days_and_households_are_counted():
    """Wu earns every month of 2025, Li has no birth date, of Bo there is no household."""
    wu, li = household("wu", income=900, first="2025-01", last="2025-12"), household("li")
    tables = village_tables(wu, li, members=[{"household_id": "bo", "member_id": "bo-1"}])
    born = pl.when(pl.col("household_id") != "li").then(pl.col("birth_date"))
    held = holdings(Given({**tables, "members": tables["members"].with_columns(birth_date=born)}))
    assert held.counties == ["C1"]
    assert {name: one.rows for name, one in held.tables.items()} == {
        "villages": 1,
        "households": 2,
        "members": 3,
        "income": 12,
    }
    assert max(held.tables["income"].days) == date(2025, 12, 31)
    assert sum(held.tables["income"].recorded.values()) == 12
    assert held.people["household_id"].to_list() == ["wu"]
    assert held.incomplete == {"members": 1 - 1 / 3, "households": 0}
    assert (held.regions, held.n_townships) == (["R1"], 1)


def test_nothing_at_all_is_nothing_held():
    held = holdings(Given({}))
    assert (held.tables, len(held.homes), held.incomplete) == ({}, 0, {"members": 0, "households": 0})
