"""Counts of a month: they add up, whatever the month was like."""

import polars as pl
from hypothesis import given

from register.reference.proposed_groups import proposed_groups
from tests.watchlists.monthly.months import JANUARY, due, known, months, visit
from watchlists.monthly.cases import month_cases
from watchlists.monthly.statistics import COUNTED, GROUPS, TOWNSHIP, statistics, total
from watchlists.monthly.visits import MET

NOWHERE = pl.DataFrame(schema=dict.fromkeys(TOWNSHIP, pl.String()))


def counted(known, townships=NOWHERE):
    return statistics(month_cases(known, JANUARY, proposed_groups()), townships)


@given(months())
def test_townships_add_up_to_the_total_and_the_total_to_the_households(known):
    cases = month_cases(known, JANUARY, proposed_groups())
    totals = total(statistics(cases, NOWHERE))
    assert totals["due"] == cases["is_due"].sum()
    assert totals["visited"] + totals["absent"] == cases["result"].is_not_null().sum()
    assert totals["proposed"] == cases["group_proposed"].is_not_null().sum()
    assert totals["begun_health"] == cases["measures_begun"].list.contains("health").sum()


@given(months())
def test_parts_of_a_row_add_up(known):
    for row in counted(known).iter_rows(named=True):
        assert row["visited"] == sum(row[result] for result in MET)
        assert row["proposed"] == sum(row[group] for group in GROUPS)
        assert row["proposed"] <= row["confirmed"]
        assert row["off_list"] <= row["confirmed"]


@given(months())
def test_townships_of_two_counties_that_share_an_id_are_two_rows(known):
    rows = counted(known)
    assert len(rows) == len(rows.unique(TOWNSHIP))
    assert rows.equals(rows.sort(TOWNSHIP))


def test_a_township_where_nothing_happened_reports_noughts():
    townships = pl.DataFrame([("C1", "T1"), ("C1", "T5")], schema=TOWNSHIP, orient="row")
    rows = counted(known([due()], [visit()]), townships)
    assert rows["township_id"].to_list() == ["T1", "T5"]
    assert {rows[1, name] for name in COUNTED} == {0}
