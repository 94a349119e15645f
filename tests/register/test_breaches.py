from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import given

from register.breaches import breaches, in_breach
from tests.households import household, village_of

END = date(2025, 12, 31)


def spells(known_on=END, **rows):
    found = breaches(village_of(household("xu", **rows)), known_on)
    return [(began.isoformat(), ended and ended.isoformat()) for _, began, ended in found.iter_rows()]


def graded(*states):
    return [{"occurred_on": day, "grade": grade} for day, grade in states]


def test_an_unsafe_house_is_a_breach_once_it_is_known():
    late = [{"occurred_on": "2024-03-01", "grade": "C", "recorded_on": "2024-09-01"}]
    assert spells(date(2024, 8, 31), housing=late) == []
    assert spells(date(2024, 9, 1), housing=late) == [("2024-03-01", None)]


def test_a_house_graded_c_every_year_is_one_spell():
    """The office writes every house anew at each year's end; in 2025 it is mended."""
    yearly = graded(("2022-12-31", "C"), ("2023-12-31", "C"), ("2024-12-31", "D"), ("2025-06-30", "A"))
    assert spells(housing=yearly) == [("2022-12-31", "2025-06-30")]


def test_a_mended_house_that_breaks_again_is_a_second_breach():
    again = graded(("2022-03-01", "C"), ("2022-09-01", "B"), ("2024-05-01", "D"))
    assert spells(housing=again) == [("2022-03-01", "2022-09-01"), ("2024-05-01", None)]


def test_a_row_without_a_grade_says_nothing():
    assert spells(housing=graded(("2022-03-01", "C"), ("2023-03-01", None), ("2024-03-01", "C"))) == [
        ("2022-03-01", None)
    ]


def test_each_child_has_its_own_spell_out_of_school():
    """Xu Lan left school in March and came back in May; her brother left in June and is written anew."""

    def child(number, day, stage, ended=None):
        return {"member_id": f"xu-{number}", "started_on": day, "stage": stage, "ended_on": ended}

    rows = [
        child(1, "2024-03-01", "dropped_out"),
        child(1, "2024-05-01", "middle"),
        child(2, "2024-06-01", "dropped_out"),
        child(2, "2025-01-01", "dropped_out"),
    ]
    assert spells(schooling=rows) == [("2024-03-01", "2024-05-01"), ("2024-06-01", None)]


def test_a_spell_out_of_school_that_was_over_can_begin_anew():
    rows = [
        {"member_id": "xu-1", "started_on": "2023-03-01", "ended_on": "2023-09-01", "stage": "dropped_out"},
        {"member_id": "xu-1", "started_on": "2024-03-01", "stage": "dropped_out"},
    ]
    assert spells(schooling=rows) == [("2023-03-01", "2023-09-01"), ("2024-03-01", None)]


def test_who_is_inside_a_spell_on_a_day():
    shard = village_of(
        household("xu", housing=graded(("2024-03-01", "C"), ("2024-09-01", "A"))),
        household("he", water=[{"occurred_on": "2024-05-01", "status": "cut"}]),
    )
    all_spells = breaches(shard, END)
    days = {"2024-02-29": [], "2024-03-01": ["xu"], "2024-05-01": ["he", "xu"], "2024-09-01": ["he"]}
    for day, inside in days.items():
        assert sorted(in_breach(all_spells, date.fromisoformat(day))) == inside


STATES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from("ABCD")), min_size=1, max_size=8)


@given(STATES, st.integers(0, 70))
def test_writing_a_state_anew_changes_no_spell(states, month):
    """Law: repeat, on any later day, what was found last before it, and every spell stays what it was."""
    found = dict(sorted(dict(states).items()))
    before = [grade for at, grade in found.items() if at < month]
    if not before or month in found:
        return
    assert _of_months({**found, month: before[-1]}) == _of_months(found)


def _of_months(states):
    days = [((date(2020, 1, 1) + timedelta(days=30 * at)).isoformat(), grade) for at, grade in states.items()]
    return spells(housing=graded(*days))
