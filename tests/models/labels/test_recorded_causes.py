"""The cause recorded inside a window: who recorded it, when it counts, and what was known of it."""

from datetime import date

import polars as pl
import pytest

from models.labels.recorded_causes import BREACH, LOOKBACK, MONITORING, OFF_LIST, RECORDED, recorded_causes
from tests.households import household, village_of

DAY, CLOSED = date(2023, 12, 31), date(2025, 3, 31)


def identified(day, cause="illness", **more):
    return {"occurred_on": day, "event": "identified", "main_cause": cause, **more}


def visited(day, cause="schooling", result="confirmed", **more):
    return {"visited_on": day, "result": result, "causes_found": cause, **more}


def recorded(monitoring=(), lookbacks=(), known_on=CLOSED, days=(DAY,), months=12):
    lin = household("lin", monitoring=list(monitoring), lookbacks=list(lookbacks))
    rows = pl.DataFrame({"household_id": "lin", "as_of_date": days})
    return recorded_causes(village_of(lin, household("wang")), rows, months, known_on)


def test_identified_in_may_with_an_illness_that_is_the_cause():
    (row,) = recorded([identified("2024-05-10")]).rows()
    assert row == ("lin", DAY, "illness", date(2024, 5, 10), MONITORING)
    assert recorded([identified("2024-05-10")]).columns == list(RECORDED)


def test_a_visit_that_confirmed_the_risk_counts_like_an_identification():
    (row,) = recorded(lookbacks=[visited("2024-02-01")]).rows()
    assert row[2:] == ("schooling", date(2024, 2, 1), LOOKBACK)


@pytest.mark.parametrize("result", ["not_confirmed", "already_helped", "moved_away"])
def test_a_visit_that_did_not_confirm_the_risk_names_no_cause(result):
    assert recorded(lookbacks=[visited("2024-02-01", result=result)]).is_empty()


def test_of_several_causes_found_the_first_is_the_main_one():
    (row,) = recorded(lookbacks=[visited("2024-02-01", "disability;illness")]).rows()
    assert row[2:] == ("disability", date(2024, 2, 1), LOOKBACK)


def test_a_visit_that_was_withdrawn_names_no_cause_but_did_until_then():
    """Read back in March, withdrawn in May of the year after."""
    first = visited("2024-02-01", recorded_on="2024-03-01")
    withdrawn = visited("2024-02-01", None, "withdrawn", recorded_on="2025-05-02")
    assert len(recorded(lookbacks=[first, withdrawn], known_on=date(2025, 5, 1))) == 1
    assert recorded(lookbacks=[first, withdrawn], known_on=date(2025, 5, 2)).is_empty()


def test_the_first_record_counts_and_on_one_day_that_of_the_identification():
    later = recorded([identified("2024-05-10")], [visited("2024-04-01")])
    same_day = recorded([identified("2024-05-10")], [visited("2024-05-10")])
    assert later["cause"].to_list() == ["schooling"]
    assert same_day["cause"].to_list() == ["illness"]


@pytest.mark.parametrize(
    ("day", "is_inside"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_the_window_opens_after_the_day_and_holds_its_last_day(day, is_inside):
    assert len(recorded([identified(day)])) == is_inside


def test_an_elimination_and_an_identification_without_a_cause_record_none():
    eliminated = {"occurred_on": "2024-05-10", "event": "eliminated", "main_cause": "illness"}
    assert recorded([eliminated, identified("2024-06-10", None)]).is_empty()


def test_one_identification_is_seen_from_every_day_whose_window_holds_it():
    days = (date(2023, 6, 30), DAY, date(2024, 6, 30))
    assert recorded([identified("2024-05-10")], days=days)["as_of_date"].to_list() == [days[0], days[1]]


def test_a_window_that_is_still_open_is_not_read():
    assert recorded([identified("2024-05-10")], known_on=date(2024, 12, 30)).is_empty()
    assert len(recorded([identified("2024-05-10")], known_on=date(2024, 12, 31)))


def test_nothing_recorded_after_the_day_it_is_known_on_changes_anything():
    """Entered late, and corrected later still: each is seen from the day it was entered."""
    first = identified("2024-05-10", recorded_on="2025-01-15")
    corrected = identified("2024-05-10", "disability", recorded_on="2025-02-20")
    known = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28)]
    seen_causes = [recorded([first, corrected], known_on=day)["cause"].to_list() for day in known]
    assert seen_causes == [[], ["illness"], ["disability"]]


def lost(*monitoring, with_breaches=True, **rows):
    """Lin's record of causes in the year after DAY, where a lost guarantee is an outcome."""
    lin = household("lin", monitoring=list(monitoring), **rows)
    day = pl.DataFrame({"household_id": ["lin"], "as_of_date": [DAY]})
    return recorded_causes(village_of(lin), day, 12, CLOSED, with_breaches=with_breaches).rows()


CUT = [{"occurred_on": "2024-05-10", "status": "cut"}]


def test_who_loses_safe_water_falls_by_that_though_nobody_wrote_a_cause_down():
    assert lost(water=CUT) == [("lin", DAY, "water", date(2024, 5, 10), BREACH)]
    assert lost(water=CUT, with_breaches=False) == []


def test_a_breach_from_before_the_window_is_none_of_it():
    since = [{"occurred_on": "2023-05-10", "grade": "D"}, {"occurred_on": "2024-05-10", "grade": "D"}]
    assert lost(housing=since) == []


def test_of_an_identification_and_a_breach_the_first_counts_and_on_one_day_the_identification():
    causes = {
        day: lost(identified(day), water=CUT)[0][2] for day in ("2024-05-09", "2024-05-10", "2024-05-11")
    }
    assert list(causes.values()) == ["illness", "illness", "water"]


def test_of_no_rows_nothing_is_read():
    assert recorded(days=()).schema == recorded([identified("2024-05-10")]).schema


def test_a_confirmed_visit_off_the_list_counts_with_a_mark_of_its_own():
    """Nobody had listed Lin; the cadre went after a word from the neighbours."""
    lin = household("lin", found_off_list=[visited("2024-02-01")])
    day = pl.DataFrame({"household_id": ["lin"], "as_of_date": [DAY]})
    (row,) = recorded_causes(village_of(lin), day, 12, CLOSED).rows()
    assert row[2:] == ("schooling", date(2024, 2, 1), OFF_LIST)
