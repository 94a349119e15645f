"""A task a household of the list, in exactly one state, worked out from what came back."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given

from tests.watchlists.ledgers import (
    EMPTY,
    LIST,
    RULES,
    SEASON,
    came_back,
    ledger,
    ledgers,
    list_of,
    listed,
    only,
    visit,
)
from watchlists.ledger.help import HELP
from watchlists.ledger.tasks import CLOSED, LISTED_BY, NOTHING_BACK, STATES, TASKS, tasks


def state(*visits, returned=(), day=date(2026, 2, 10)):
    return only(ledger([listed()], came_back(*visits, returned=returned, day=day), day))["state"]


@given(ledgers())
def test_every_task_is_in_one_state_and_what_is_said_of_it_agrees(rows):
    assert rows.schema == TASKS
    assert rows["state"].is_in(list(STATES)).all()
    assert rows["listed_by"].is_in(list(LISTED_BY)).all()
    assert rows["help"].drop_nulls().is_in(list(HELP)).all()
    met = rows["result"].is_not_null() & (rows["result"] != "not_at_home")
    open_ = rows["state"].is_in(["not_visited", "to_repeat", "returned"])
    assert (rows["overdue"] <= open_).all(), "only a task without a visit that holds is overdue"
    assert (rows["help"].is_not_null() == met).all(), "of help something is said where somebody was met"
    assert (rows["closed"].is_not_null() == rows["help"].eq_missing("none_needed")).all()
    assert (rows.filter(state="done")["help"].is_in(["none_needed", "begun", "done"])).all()
    assert (rows.filter(state="visited")["help"].is_in(["planned", "overdue"])).all()


def test_before_anybody_went_every_task_is_open():
    rows = ledger([listed("H1", by="rule"), listed("H2", rank=2)], NOTHING_BACK, date(2026, 1, 2))
    assert rows["state"].to_list() == ["not_visited"] * 2
    assert rows["listed_by"].to_list() == ["duty", "risk"]
    assert not rows["overdue"].any()


def test_a_task_goes_from_not_visited_to_done():
    """Nobody at home, then a risk confirmed, then help begun."""
    away = visit(day=date(2026, 1, 8), result="not_at_home")
    seen, helped = visit(day=date(2026, 1, 15)), visit(day=date(2026, 1, 22), measures_begun="health")
    assert state() == "not_visited"
    assert state(away) == "to_repeat"
    assert state(away, seen) == "visited"
    assert state(away, seen, helped) == "done"


@pytest.mark.parametrize("result", CLOSED)
def test_a_result_that_closes_a_task_is_its_reason(result):
    task = only(ledger([listed()], came_back(visit(result=result))))
    assert (task["state"], task["closed"]) == ("done", result)


def test_a_row_that_was_set_aside_is_open_until_it_is_put_right():
    assert state(returned=["H1"]) == "returned"
    assert state(visit(), returned=["H1"]) == "returned", "which of the two holds is open"


def test_a_row_set_aside_twice_is_one_task():
    assert state(returned=["H1", "H1"]) == "returned"


@pytest.mark.parametrize(("day", "late"), [(date(2026, 1, 5), False), (date(2026, 1, 6), True)])
def test_a_duty_is_overdue_from_the_day_after_it_was_due(day, late):
    rows = ledger([listed(by="rule")], NOTHING_BACK, day)
    assert only(rows)["overdue"] is late


def test_what_is_visited_late_is_no_longer_overdue():
    assert not only(ledger([listed(by="rule")], came_back(visit())))["overdue"]


def test_a_list_from_before_villages_had_names_has_none():
    old = list_of(listed()).drop("village_name")
    assert only(tasks(old, SEASON, LIST, NOTHING_BACK, RULES, date(2026, 1, 2)))["village_name"] is None


def test_an_empty_list_has_no_task():
    assert tasks(EMPTY, SEASON, LIST, NOTHING_BACK, RULES, date(2026, 1, 2)).schema == TASKS


def test_tasks_stand_in_the_order_of_the_list():
    rows = [listed("H2", rank=2), listed("H1", rank=1), listed("H3", rank=3)]
    assert ledger(rows, NOTHING_BACK)["household_id"].to_list() == ["H2", "H1", "H3"]


def test_households_of_one_id_in_two_counties_are_two_tasks():
    rows = ledger([listed("H1"), listed("H1", county="C2")], came_back(visit()))
    assert rows.select("county_id", "state").rows() == [("C1", "visited"), ("C2", "not_visited")]


def test_all_words_stand_in_both_languages():
    words = [*STATES.values(), *LISTED_BY.values(), *CLOSED.values()]
    assert all(zh and en for zh, en in words)
    assert pl.DataFrame(schema=TASKS).width == len(TASKS)
