"""Help for a household whose risk is real: planned, begun, ended, or overdue."""

from datetime import date

import pytest

from tests.households import tables_of
from tests.watchlists.ledgers import DAY, came_back, ledger, listed, only, visit
from watchlists.ledger.help import HELP, REGISTERED, registered_help

LIST_DAY = date(2025, 12, 31)


def registered(*rows):
    assistance = tables_of(assistance=[{"household_id": "H1", "measure": "health", **row} for row in rows])
    return registered_help(assistance["assistance"], "C1", LIST_DAY, DAY)


def helped(*visits, registered=(), day=DAY):
    task = only(ledger([listed()], came_back(*visits, registered=registered, day=day), day))
    return task["help"], task["help_due_on"], task["help_begun_on"]


def test_a_confirmed_risk_waits_for_its_measure_and_is_overdue_after_the_days_allowed():
    """Confirmed on 20 January, fifteen days allowed, nothing begun."""
    due = date(2026, 2, 4)
    assert helped(visit(), day=date(2026, 2, 4)) == ("planned", due, None)
    assert helped(visit(), day=date(2026, 2, 5)) == ("overdue", due, None)


def test_a_second_visit_that_confirms_does_not_put_the_day_off():
    assert helped(visit(), visit(day=date(2026, 2, 3)))[0] == "overdue"


def test_a_measure_that_any_visit_reports_is_help_begun():
    later = visit(day=date(2026, 2, 3), measures_begun="health")
    assert helped(visit(), later) == ("begun", date(2026, 2, 4), date(2026, 2, 3))


def test_a_measure_of_the_register_is_help_begun_too():
    row = registered({"started_on": date(2026, 1, 25)})
    assert helped(visit(), registered=row.rows())[0] == "begun"


def test_help_is_done_when_all_the_register_knows_has_ended():
    ended = registered({"started_on": date(2026, 1, 21), "ended_on": date(2026, 2, 1)})
    assert helped(visit(), registered=ended.rows())[0] == "done"
    assert helped(visit(measures_begun="health"), registered=ended.rows())[0] == "done"
    assert helped(visit(measures_begun="housing"), registered=ended.rows())[0] == "begun", "another measure"


@pytest.mark.parametrize("result", ["not_confirmed", "already_helped", "moved_away"])
def test_what_a_visit_closes_needs_no_help(result):
    assert helped(visit(result=result)) == ("none_needed", None, None)


@pytest.mark.parametrize("visits", [(), (visit(result="not_at_home"),)])
def test_of_a_household_nobody_has_met_nothing_is_said(visits):
    assert helped(*visits) == (None, None, None)


def test_only_help_begun_since_the_list_counts():
    """Dibao since 2023, and a post in public service that begins next month."""
    assert registered({"started_on": date(2023, 1, 1)}, {"started_on": date(2026, 3, 1)}).is_empty()


def test_help_without_an_end_has_none():
    row = only(
        registered(
            {"started_on": date(2026, 1, 5), "ended_on": date(2026, 1, 9)},
            {"started_on": date(2026, 1, 7), "measure": "industry"},
        )
    )
    assert (row["helped_on"], row["helped_by"], row["helped_until"]) == (
        date(2026, 1, 5),
        ["health", "industry"],
        None,
    )
    assert registered().schema == REGISTERED


def test_every_state_of_help_has_words_in_both_languages():
    assert all(zh and en for zh, en in HELP.values())
