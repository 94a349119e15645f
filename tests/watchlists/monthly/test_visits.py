"""What a month's visits come to."""

from datetime import date

import polars as pl
from hypothesis import given

from tests.watchlists.monthly.months import JANUARY, VISITS, months, visit
from watchlists.monthly.visits import met_before, visited_in


def of(*rows):
    return pl.DataFrame(list(rows), schema=VISITS)


def only(frame):
    return frame.row(0, named=True)


def test_somebody_met_counts_more_than_a_closed_door_whenever_it_was():
    met, shut = visit(result="not_confirmed"), visit(visited_on=date(2026, 1, 28), result="not_at_home")
    row = only(visited_in(of(met, shut), JANUARY))
    assert (row["result"], row["visited_on"]) == ("not_confirmed", date(2026, 1, 20))
    assert only(visited_in(of(shut), JANUARY))["result"] == "not_at_home"


def test_the_last_visit_counts_and_every_measure_of_the_month():
    first = visit(visited_on=date(2026, 1, 5), result="not_confirmed", measures_begun=["health"])
    last = visit(causes_found=["illness"], measures_begun=["social", "health"])
    row = only(visited_in(of(last, first), JANUARY))
    assert (row["result"], row["causes_found"]) == ("confirmed", ["illness"])
    assert row["measures_begun"] == ["health", "social"]


def test_other_months_are_other_papers():
    assert visited_in(of(visit(visited_on=date(2026, 2, 1))), JANUARY).is_empty()
    assert visited_in(of(visit(visited_on=date(2025, 12, 31))), JANUARY).is_empty()


def test_households_of_two_counties_may_share_an_id():
    assert len(visited_in(of(visit(), visit(county="C2")), JANUARY)) == 2


@given(months())
def test_a_household_visited_has_one_row(known):
    rows = visited_in(known.visits, JANUARY)
    assert len(rows) == len(rows.unique(["county_id", "household_id"]))


def test_a_closed_door_before_the_month_is_no_visit():
    before = of(
        visit(visited_on=date(2025, 12, 3), result="not_at_home"), visit("H2", visited_on=date(2025, 12, 4))
    )
    assert met_before(before, JANUARY).rows() == [("C1", "H2", date(2025, 12, 4))]
