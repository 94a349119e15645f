"""Records follow people and families in pandas as they do in the engine."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plain_lineage import brought_along, origins_of
from features.lineage import Lineage
from features.order import numbered
from tests.households import household, village_of

DAY = date(2025, 12, 31)
MEMBERS = pd.DataFrame({"member_id": ["anna", "son"], "household_id": ["old", "new"]})
NO_ORIGINS = pd.DataFrame({"household_id": [], "origin_household_id": [], "since": []})
SPLIT = pd.DataFrame(
    {"household_id": ["new"], "origin_household_id": ["old"], "since": [pd.Timestamp("2025-07-01")]}
)


def records(**columns):
    """Give a view of a table with an index of its own."""
    return pd.DataFrame(columns)


def test_the_bill_of_a_son_who_married_follows_him_and_stays_where_it_was_paid():
    bills = records(household_id=["old", "old"], member_id=["anna", "son"], own_payment=[5.0, 7.0])
    both = brought_along("health", bills, MEMBERS, NO_ORIGINS)
    assert both.groupby("household_id")["own_payment"].sum().to_dict() == {"old": 12.0, "new": 7.0}


def test_who_is_nobodys_member_any_more_brings_nothing_along():
    bills = records(household_id=["old"], member_id=["gone"], own_payment=[5.0])
    assert brought_along("health", bills, MEMBERS, NO_ORIGINS).equals(bills)


def test_a_household_split_off_has_the_shocks_from_before_and_none_from_after():
    days = pd.to_datetime(["2025-06-30", "2025-07-01"])
    shocks = records(household_id=["old", "old"], occurred_on=days, loss=[1.0, 2.0])
    both = brought_along("shocks", shocks, MEMBERS, SPLIT)
    assert both.groupby("household_id")["loss"].sum().to_dict() == {"old": 3.0, "new": 1.0}


def test_income_stays_with_the_household_that_had_it():
    income = records(household_id=["old"], amount=[1.0])
    assert brought_along("income", income, MEMBERS, SPLIT) is income


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 300)).filter(
            lambda one: one[0] != one[1]
        ),
        max_size=8,
    )
)
def test_through_any_splits_origins_are_those_of_the_engine(splits):
    """Chains, two origins of one household, and circles that a wrong entry makes."""
    first = [household(f"H{number}", state={"valid_from": date(2023, 1, 1)}) for number in range(5)]
    later = [
        {
            "household_id": f"H{new}",
            "origin": "split",
            "origin_household_id": f"H{old}",
            "valid_from": date(2024, 1, 1) + timedelta(days),
        }
        for new, old, days in splits
    ]
    shard = village_of(*first, {"households": later})
    known = shard.known("households", DAY).to_pandas()
    ours = origins_of(known).assign(since=lambda frame: pd.to_datetime(frame["since"]).dt.date)
    engine = Lineage.at(numbered(shard), [DAY]).origins.drop("as_of_date")
    assert {*ours.itertuples(index=False, name=None)} == {*engine.iter_rows()}
