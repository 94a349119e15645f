"""What visits of a season come to, household by household, as it was known on a day."""

from datetime import date

import pytest

from tests.watchlists.ledgers import DAY, SEASON, only, stored, visit
from watchlists.ledger.visits import VISITED, visited_households


def visited(*rows, day=DAY):
    return visited_households(stored(*rows), "simulator", SEASON, day)


def test_nobody_went_anywhere():
    assert visited().schema == VISITED


def test_the_last_visit_holds_and_the_first_that_confirmed_is_kept():
    """Confirmed in January with a measure, looked at again in February and found helped."""
    first = visit(day=date(2026, 1, 10), measures_begun="health")
    again = visit(day=date(2026, 2, 1), result="already_helped")
    row = only(visited(again, first))
    assert (row["visited_on"], row["result"]) == (date(2026, 2, 1), "already_helped")
    assert (row["confirmed_on"], row["measures"], row["measure_on"]) == (
        date(2026, 1, 10),
        ["health"],
        date(2026, 1, 10),
    )


def test_a_closed_door_does_not_undo_what_a_visit_before_it_learned():
    row = only(visited(visit(), visit(day=date(2026, 2, 1), result="not_at_home")))
    assert (row["visited_on"], row["result"]) == (date(2026, 1, 20), "confirmed")


def test_where_every_door_was_closed_the_last_attempt_is_kept():
    times = [visit(day=date(2026, 1, day), result="not_at_home") for day in (9, 8)]
    assert only(visited(*times))["visited_on"] == date(2026, 1, 9)


def test_a_correction_replaces_what_it_corrects():
    right = visit(result="moved_away", reading=2, recorded_on=date(2026, 1, 30))
    assert only(visited(visit(), right))["result"] == "moved_away"
    assert only(visited(visit(), right, day=date(2026, 1, 25)))["result"] == "confirmed", "not yet entered"


@pytest.mark.parametrize(
    "change",
    [
        {"season": "2025Q3"},
        {"source_kind": "folder"},
        {"recorded_on": date(2026, 3, 1)},
    ],
)
def test_visits_of_another_season_source_or_day_do_not_count(change):
    assert visited(visit(**change)).is_empty()


def test_households_of_one_id_in_two_counties_are_two():
    assert len(visited(visit(), visit(county_id="C2", day=date(2026, 1, 21)))) == 2


def test_a_list_that_was_published_again_keeps_the_visits_of_the_first():
    assert only(visited(visit(list_id="f" * 16)))["result"] == "confirmed"
