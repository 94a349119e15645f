"""What one reading changes: visits first, then what they make void, then what is withdrawn."""

from datetime import date

import pytest

from register.lookback_store import WITHDRAWN, holding
from tests.watchlists.desk import Desk, counts
from tests.watchlists.handed_out import FOUND


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_corrected_day_and_a_withdrawal_in_one_workbook_touch_their_own_visits_alone(desk):
    """H1's day was wrong, H2 was never visited, H3 stays."""
    desk.read(desk.book("a.xlsx", {2: FOUND, 3: FOUND, 4: FOUND}))
    rows = {
        2: {**FOUND, "visited_on": "2026-02-13", "note": "更正：日期"},
        3: {"result": "撤销", "note": "没有去过"},
        4: FOUND,
    }
    done = desk.read(desk.book("b.xlsx", rows))
    assert counts(done) == (3, 2, 0, 0, 1)
    assert done.ledger.select("corrected", "withdrawn").row(0) == (1, 1)
    assert done.accepted.select("household_id", "visited_on", "result").rows() == [
        ("H1", date(2026, 2, 13), "confirmed"),
        ("H1", date(2026, 2, 3), WITHDRAWN),
        ("H2", date(2026, 2, 3), WITHDRAWN),
    ]
    assert holding(desk.store.records())["household_id"].to_list() == ["H3", "H1"]


def test_a_correction_that_is_set_aside_changes_nothing(desk):
    """Two visits of H1 are known, and nobody can say which of them the third day corrects."""
    desk.read(desk.book("a.xlsx", {2: FOUND, 5: {**FOUND, "household_id": "H1", "visited_on": "2026-02-05"}}))
    done = desk.read(desk.book("b.xlsx", {2: {**FOUND, "visited_on": "2026-02-13", "note": "更正"}}))
    assert counts(done) == (3, 0, 2, 1, 0)
    assert done.accepted.is_empty()
