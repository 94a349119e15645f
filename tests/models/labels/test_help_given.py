from datetime import date

import polars as pl

from models.labels.help_given import help_begun, under_help_at
from tests.households import household, village_of

DAY = date(2023, 12, 31)


def helped(started, ended=None, **more):
    return household("H1", assistance=[{"started_on": started, "ended_on": ended, **more}])


def runs(one, day=DAY):
    return under_help_at(village_of(one), day, pl.Series(["H1"])).to_list() == [True]


def test_help_runs_from_its_first_day_until_the_day_before_its_end():
    assert runs(helped("2023-12-31"))
    assert runs(helped("2022-01-01", "2024-01-01"))
    assert not runs(helped("2022-01-01", "2023-12-31"))
    assert not runs(helped("2024-01-01"))


def test_help_entered_later_was_not_known_to_run():
    assert not runs(helped("2023-06-01", recorded_on="2024-02-01"))


def test_an_end_that_was_entered_later_had_not_ended_it_yet():
    """Begun without an end; that it ended in October was entered in January."""
    first = {"started_on": "2023-01-01", "recorded_on": "2023-01-05"}
    ended = {**first, "ended_on": "2023-10-01", "recorded_on": "2024-01-10"}
    one = household("H1", assistance=[first, ended])
    assert runs(one)
    assert not runs(one, date(2024, 3, 31))


def test_who_gets_nothing_is_under_no_help():
    assert not runs(household("H1"))


def test_the_first_help_inside_the_window_is_found():
    """One measure before the window, two inside, one after."""
    days = ["2024-07-01", "2024-05-01", "2025-01-01"]
    given = [{"started_on": "2023-12-31", "measure": "industry"}]
    many = household("H1", assistance=[*given, *({"started_on": one, "measure": "health"} for one in days)])
    found = help_begun(village_of(many), [DAY], 12, date(2025, 3, 31))
    assert found.rows() == [("H1", date(2024, 5, 1), DAY)]


def test_help_renewed_is_not_new():
    """A public post that runs at the date, and its next year."""
    post = [
        {"started_on": "2023-06-01", "ended_on": "2024-06-01", "measure": "public_post"},
        {"started_on": "2024-06-01", "measure": "public_post"},
    ]
    again = household("H1", assistance=post)
    assert help_begun(village_of(again), [DAY], 12, date(2025, 3, 31)).is_empty()


def test_help_that_had_ended_and_comes_back_is_new():
    post = [
        {"started_on": "2022-06-01", "ended_on": "2023-06-01", "measure": "public_post"},
        {"started_on": "2024-06-01", "measure": "public_post"},
    ]
    back = household("H1", assistance=post)
    assert help_begun(village_of(back), [DAY], 12, date(2025, 3, 31)).height == 1


def test_help_recorded_after_the_knowledge_date_is_not_seen():
    late = helped("2024-05-01", recorded_on="2025-04-02")
    assert help_begun(village_of(late), [DAY], 12, date(2025, 3, 31)).is_empty()
