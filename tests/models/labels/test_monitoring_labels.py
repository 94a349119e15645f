from datetime import date

import polars as pl
import pytest

from models.labels.label_rules import ENTERS, FALLS, RELAPSES, LabelRules
from models.labels.labels import count_censored, labels
from register.errors import ParamsError
from tests.households import household, village_of

DAY = date(2023, 12, 31)
CLOSED = date(2025, 3, 31)


def identified(day, **more):
    return {"occurred_on": day, "event": "identified", "group": "unstable", **more}


def became(*events, months=12, known_on=CLOSED, day=DAY, state=None, outcome=ENTERS):
    rules = LabelRules(months=months, reading="window", resources_months=12, settle_months=3, outcome=outcome)
    shard = village_of(household("H1", income=200, state=state, monitoring=list(events)))
    rows = pl.DataFrame({"household_id": ["H1"], "as_of_date": [day]})
    row = labels(shard, rows, rules, known_on).row(0, named=True)
    return row["label"], row["label_known_on"], row["censored"]


def test_a_household_identified_inside_the_window_entered_monitoring():
    assert became(identified("2024-12-20")) == (True, CLOSED, None)


def test_one_that_was_never_identified_did_not():
    assert became() == (False, CLOSED, None)


@pytest.mark.parametrize("day", ["2023-12-31", "2025-01-01"])
def test_an_identification_on_the_as_of_date_or_after_the_window_is_not_inside(day):
    assert became(identified(day))[0] is not True


def test_a_window_of_six_months_ends_after_six():
    """Identified in August."""
    assert became(identified("2024-08-01"), months=6) == (False, date(2024, 9, 30), None)
    assert became(identified("2024-06-30"), months=6)[0] is True


def test_income_below_the_line_alone_enters_nobody():
    """The wage stops in January and no one notices."""
    shard = village_of(household("H1", income=200, last="2024-01"))
    rows = pl.DataFrame({"household_id": ["H1"], "as_of_date": [DAY]})
    found = {
        one: labels(
            shard,
            rows,
            LabelRules(months=12, reading="window", resources_months=3, settle_months=3, outcome=one),
            CLOSED,
        )
        for one in (ENTERS, FALLS)
    }
    assert {one: frame["label"].item() for one, frame in found.items()} == {ENTERS: False, FALLS: True}


def test_an_identification_recorded_after_the_knowledge_date_is_not_seen():
    late = identified("2024-12-20", recorded_on="2025-04-02")
    assert became(late)[0] is False
    assert became(late, known_on=date(2025, 6, 30))[0] is True


def test_a_label_is_open_until_the_window_has_closed_and_settled():
    assert became(identified("2024-02-01"), known_on=date(2024, 12, 31)) == (None, None, "window_open")


def test_a_household_that_left_unidentified_is_not_known_and_one_identified_first_is():
    gone = {"valid_to": "2024-07-01"}
    assert became(state=gone) == (None, None, "left_register")
    assert became(identified("2024-02-01"), state=gone)[0] is True


def test_one_that_turns_out_to_have_been_monitored_already_could_not_enter():
    """Identified in November, recorded in January: the cohort of December did not know."""
    late = identified("2023-11-05", recorded_on="2024-01-08")
    assert became(late) == (None, None, "already_monitored")


def test_labels_of_the_quota_are_known_under_the_quota_and_not_after():
    """Identified in June 2020: a label of its own day, of another meaning since 2021."""
    day, told = date(2020, 3, 31), identified("2020-06-15")
    assert became(told, day=day, months=6, known_on=date(2020, 12, 31))[0] is True
    assert became(told, day=day, months=6, known_on=date(2021, 3, 31)) == (None, None, "older_regime")


def test_a_window_that_crosses_the_end_of_the_quota_tells_nothing():
    day = date(2020, 9, 30)
    assert became(identified("2021-02-01"), day=day, known_on=date(2022, 3, 31))[2] == "older_regime"


def test_rules_that_are_comparable_leave_older_labels_known():
    """From 2026 the names change; who is identified is taken to mean the same."""
    assert became(identified("2024-12-20"), known_on=date(2026, 6, 30))[0] is True


def test_relapse_reads_the_identification_that_follows_the_elimination():
    before = [identified("2022-05-10"), {"occurred_on": "2023-02-20", "event": "eliminated"}]
    assert became(*before, identified("2024-05-10"), outcome=RELAPSES)[0] is True
    assert became(*before, outcome=RELAPSES)[0] is False


def test_the_censored_are_counted_by_the_reasons_of_the_outcome():
    shard = village_of(household("H1", income=200, state={"valid_to": "2024-07-01"}), household("H2"))
    rows = pl.DataFrame({"household_id": ["H1", "H2"], "as_of_date": [DAY] * 2})
    rules = LabelRules(months=12, reading="window", resources_months=12, settle_months=3, outcome=ENTERS)
    assert count_censored(labels(shard, rows, rules, CLOSED), rules.censored) == {
        "window_open": 0,
        "left_register": 1,
        "already_monitored": 0,
        "older_regime": 0,
    }


INTERVIEWS = {"months": 12, "reading": "next_observation", "resources_months": 1, "settle_months": 0}


def test_an_unknown_outcome_is_refused():
    with pytest.raises(ParamsError) as refused:
        LabelRules.of({**INTERVIEWS, "reading": "window", "outcome": "poor"}, "label")
    assert str(refused.value) == (
        "label.outcome: found 'poor', allowed is falls_below_line, enters_monitoring or relapse; mend it"
    )


def test_interviews_cannot_tell_an_identification():
    with pytest.raises(ParamsError) as refused:
        LabelRules.of({**INTERVIEWS, "outcome": RELAPSES}, "label")
    assert str(refused.value) == (
        "label.reading: found 'next_observation' with label.outcome relapse, allowed is window; set "
        "label.reading=window"
    )
