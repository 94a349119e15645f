"""A corrected day or household takes the place of what was read back wrongly, where that is plain."""

from datetime import date

import pytest

from register.lookback_store import holding
from tests.watchlists.desk import Desk, cells, counts
from tests.watchlists.handed_out import FOUND
from watchlists.lookbacks.replacements import MOVED_DAY, MOVED_HOUSEHOLD, WHICH_DAY, WHICH_HOUSEHOLD

CORRECTION = {**FOUND, "note": "更正：上次填错"}


@pytest.fixture
def desk(tmp_path):
    """A desk where a visit to H1 was read back."""
    one = Desk(tmp_path)
    one.read(one.book("a.xlsx", {2: FOUND}))
    return one


def holds(desk):
    return sorted(holding(desk.store.records()).select("household_id", "visited_on").rows())


def zh(reason):
    return reason[0].split(" / ")[0]


def test_a_corrected_day_leaves_one_visit(desk):
    done = desk.read(desk.book("b.xlsx", {2: {**CORRECTION, "visited_on": "2026-02-13"}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert (done.ledger["corrected"].item(), len(done.accepted)) == (1, 2)
    assert cells(done.remarks) == [("回头看!E2", zh(MOVED_DAY))]
    assert holds(desk) == [("H1", date(2026, 2, 13))]


def test_a_result_moved_to_the_right_household_leaves_one_visit(desk):
    done = desk.read(desk.book("b.xlsx", {3: CORRECTION}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert cells(done.remarks) == [("回头看!B3", zh(MOVED_HOUSEHOLD))]
    assert holds(desk) == [("H2", date(2026, 2, 3))]


def test_both_versions_of_a_workbook_in_one_call_come_to_the_same(tmp_path):
    desk = Desk(tmp_path)
    first = desk.book("a.xlsx", {2: FOUND})
    desk.read(first, desk.book("b.xlsx", {2: {**CORRECTION, "visited_on": "2026-02-13"}}))
    assert holds(desk) == [("H1", date(2026, 2, 13))]


def test_reading_both_again_changes_nothing(desk):
    second = desk.book("b.xlsx", {2: {**CORRECTION, "visited_on": "2026-02-13"}})
    desk.read(second)
    assert counts(desk.read(desk.folder / "a.xlsx", second)) == (6, 0, 4, 0, 2)
    assert holds(desk) == [("H1", date(2026, 2, 13))]


def test_a_second_visit_beside_the_first_replaces_nothing(desk):
    """Both stand in the workbook, and one corrects what it says."""
    again = {**CORRECTION, "household_id": "H1", "visited_on": "2026-02-13"}
    desk.read(desk.book("b.xlsx", {2: FOUND, 5: again}))
    assert len(holds(desk)) == 2


def test_somebody_elses_visit_of_another_day_is_left_alone(desk):
    """The township went on the third; the helper corrects something that was never read back."""
    done = desk.read(
        desk.book("b.xlsx", {2: {**CORRECTION, "visited_on": "2026-02-13", "role": "帮扶责任人"}})
    )
    assert counts(done) == (3, 1, 2, 0, 0)
    assert len(holds(desk)) == 2


def test_a_correction_that_may_be_of_two_days_is_set_aside_with_what_to_write(desk):
    desk.read(desk.book("b.xlsx", {2: FOUND, 5: {**FOUND, "household_id": "H1", "visited_on": "2026-02-05"}}))
    done = desk.read(desk.book("c.xlsx", {2: {**CORRECTION, "visited_on": "2026-02-13"}}))
    assert cells(done.reasons) == [("回头看!E2", zh(WHICH_DAY))]
    assert "（2026-02-03、2026-02-05）" in done.reasons["next_step"][0]
    assert len(holds(desk)) == 2
    way_out = {"household_id": "H1", "visited_on": "2026-02-05", "result": "撤销"}
    rows = {2: {**FOUND, "note": "日期写错", "visited_on": "2026-02-13"}, 5: way_out}
    desk.read(desk.book("d.xlsx", rows))
    assert holds(desk) == [("H1", date(2026, 2, 3)), ("H1", date(2026, 2, 13))]


def test_a_correction_that_may_be_of_two_households_is_set_aside_with_what_to_write(desk):
    desk.read(desk.book("b.xlsx", {2: FOUND, 3: FOUND}))
    done = desk.read(desk.book("c.xlsx", {4: CORRECTION}))
    assert cells(done.reasons) == [("回头看!B4", zh(WHICH_HOUSEHOLD))]
    assert len(holds(desk)) == 2
    desk.read(desk.book("d.xlsx", {3: {"result": "撤销"}, 4: {**FOUND, "note": "户填错"}}))
    assert [household for household, _ in holds(desk)] == ["H1", "H3"]


def test_another_household_that_reads_otherwise_is_left_alone(desk):
    """The correction is of something that was never read back."""
    done = desk.read(desk.book("b.xlsx", {3: {**CORRECTION, "result": "已迁出"}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert len(holds(desk)) == 2
