"""By when each household is to be visited: duties within days, the others spread over the months."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.ledgers import RULES, SEASON, ledger, list_of, listed
from watchlists.ledger.due import due_days
from watchlists.ledger.tasks import NOTHING_BACK

JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def due(*rows):
    return ledger(rows, NOTHING_BACK).sort("household_id")["due_on"].to_list()


def test_a_duty_is_due_days_after_the_list_and_the_others_by_thirds_of_the_season():
    """One household without safe water, three by risk."""
    rows = [listed("H0", by="rule"), *(listed(f"H{n}", rank=n + 1) for n in (1, 2, 3))]
    assert due(*rows) == [date(2026, 1, 5), JANUARY, FEBRUARY, MARCH]


def test_townships_of_one_id_in_two_counties_are_spread_apart():
    rows = [listed(f"{county}{n}", rank=n, county=county) for county in ("C1", "C2") for n in (1, 2, 3)]
    assert due(*rows) == [JANUARY, FEBRUARY, MARCH] * 2


def test_reserved_visits_and_a_published_order_are_spread_like_visits_by_risk():
    rows = [listed("H1", by="cover"), listed("H2", rank=2, by="order"), listed("H3", rank=3)]
    assert due(*rows) == [JANUARY, FEBRUARY, MARCH]


@given(st.permutations(range(1, 12)), st.integers(1, 30))
def test_whoever_stands_earlier_is_due_no_later_and_no_month_has_two_visits_more_than_another(ranks, days):
    rows = [listed(f"H{rank}", rank=rank) for rank in ranks]
    plain = list_of(*rows).rename({"rank": "order"})
    done = due_days(plain, SEASON, days).sort("order")["due_on"]
    assert done.is_sorted()
    counts = done.value_counts()["count"]
    assert counts.max() - counts.min() <= 1


@given(st.permutations(range(1, 8)))
def test_the_order_of_the_rows_does_not_matter(ranks):
    rows = [listed(f"H{rank}", rank=rank, by="rule" if rank % 2 else "risk") for rank in ranks]
    assert due(*rows) == due(*sorted(rows, key=lambda row: row["rank"]))


def test_an_empty_list_has_no_days():
    empty = list_of(listed()).rename({"rank": "order"}).clear()
    assert due_days(empty, SEASON, RULES.duty_days).schema["due_on"] == pl.Date()
