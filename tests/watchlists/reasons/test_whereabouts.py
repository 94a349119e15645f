"""Where a household stands, in sentences of both languages."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from register.tables.lookbacks import LOOKBACKS
from register.tables.monitoring import MONITORING
from watchlists.reasons.whereabouts import MOST_VISITS, category, masked, monitored, outside, visited

DAY = date(2026, 1, 5)


def event(kind="identified", day=DAY, group="sudden", cause=None):
    return {"event": kind, "occurred_on": day, "group": group, "main_cause": cause}


def visit(day=DAY, result="confirmed", role=None, season="2025Q4", *, off=False):
    return {"visited_on": day, "result": result, "role": role, "season": season, "is_off_list": off}


def test_who_never_was_monitored_is_told_nothing_of_it():
    assert monitored([]) == []


def test_the_last_event_says_whether_a_household_is_monitored_still():
    """Identified, eliminated, identified again."""
    events = [event(), event("eliminated", DAY + timedelta(30)), event(day=DAY + timedelta(60), group=None)]
    assert monitored(events[:1])[0][0] == "已是监测对象：自2026-01-05，突发严重困难户。"
    assert monitored(events[:2])[0][1] == "Was monitored; its risk was eliminated on 2026-02-04."
    assert monitored(events)[0] == (
        "已是监测对象：自2026-03-06。",
        "Monitored already: since 2026-03-06.",
    )


def test_where_no_visit_was_read_back_that_is_said():
    assert visited([]) == [("没有读回的走访。", "No visit was read back.")]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=9, unique=True))
def test_the_last_visits_are_told_the_newest_first(days):
    told = visited([visit(DAY + timedelta(day)) for day in days])
    newest = sorted(days, reverse=True)[:MOST_VISITS]
    assert [zh[:10] for zh, _ in told] == [str(DAY + timedelta(day)) for day in newest]


def test_every_result_role_group_cause_and_kind_has_words():
    for result in LOOKBACKS.by_name["result"].codes:
        for role in LOOKBACKS.by_name["role"].codes:
            ((zh, en),) = visited([visit(result=result, role=role, off=True)])
            assert "名单外" in zh
            assert "off the list of 2025Q4" in en
    for group in MONITORING.by_name["group"].codes:
        for cause in MONITORING.by_name["main_cause"].codes:
            assert "、" in monitored([event(group=group, cause=cause)])[0][0]
    assert category("lifted_out") == ("脱贫户", "lifted out")


@given(st.text(min_size=1))
def test_a_masked_name_keeps_its_first_character_and_its_length(name):
    hidden = masked(name)
    assert (hidden[0], len(hidden)) == (name[0], len(name))
    assert set(hidden[1:]) <= {"*"}


def test_who_is_outside_the_cohort_is_told_of_every_way_that_stays_open():
    (_, why), (zh, _) = outside("2025Q4")
    assert "Not in the cohort of 2025Q4" in why
    assert zh == "没有入列不影响申报、走访和帮扶。"
