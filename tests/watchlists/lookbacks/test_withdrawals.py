"""撤销 in the result takes a visit back, and nothing but that visit; the chain keeps both."""

from datetime import date

import pytest

from register.lookback_store import WITHDRAWN, holding, known_by
from tests.watchlists.desk import DAY, Desk, cells, counts
from tests.watchlists.handed_out import FOUND
from watchlists.lookbacks.withdrawals import NONE_THERE, NOT_THAT_DAY, WHICH

LATER = date(2026, 4, 1)
AGAIN = {**FOUND, "visited_on": "2026-02-13", "note": "再访"}


@pytest.fixture
def desk(tmp_path):
    """A desk where a visit to H1 was read back."""
    one = Desk(tmp_path)
    one.read(one.book("a.xlsx", {2: FOUND}))
    return one


def holds(desk):
    return holding(desk.store.records()).select("household_id", "visited_on").rows()


def test_the_visit_of_a_household_is_withdrawn_without_naming_its_day(desk):
    done = desk.read(desk.book("b.xlsx", {2: {"result": "撤销", "note": "填错了户"}}), day=LATER)
    assert counts(done) == (3, 1, 2, 0, 0)
    assert done.ledger["withdrawn"].to_list() == [1]
    assert holds(desk) == []
    last = desk.store.records(with_notes=True).row(-1, named=True)
    assert (last["visited_on"], last["result"], last["note"]) == (date(2026, 2, 3), WITHDRAWN, "填错了户")


def test_the_word_alone_put_over_a_filled_row_withdraws_it(desk):
    """Whoever writes 撤销 leaves the other cells as they are."""
    done = desk.read(desk.book("b.xlsx", {2: {**FOUND, "result": "撤销"}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    last = desk.store.records().row(-1, named=True)
    assert (last["role"], last["causes_found"], last["measures_begun"]) == ("village_cadre", None, None)


def test_what_was_known_before_the_withdrawal_stays_known_before(desk):
    desk.read(desk.book("b.xlsx", {2: {"result": "撤销"}}), day=LATER)
    records = desk.store.records()
    assert known_by(records, DAY)["result"].to_list() == ["confirmed"]
    assert known_by(records, LATER)["result"].to_list() == ["confirmed", WITHDRAWN]


def test_a_withdrawal_that_was_read_before_says_nothing_new(desk):
    path = desk.book("b.xlsx", {2: {"result": "撤销"}})
    desk.read(path)
    assert counts(desk.read(path)) == (3, 0, 2, 0, 1)
    assert counts(desk.read(desk.book("c.xlsx", {2: {"result": "撤销", "note": "再说一遍"}}))) == (
        *(3, 0, 2, 0),
        1,
    )


def test_after_a_withdrawal_another_entry_of_that_day_needs_no_word(desk):
    desk.read(desk.book("b.xlsx", {2: {"result": "撤销"}}))
    done = desk.read(desk.book("c.xlsx", {2: {**FOUND, "result": "未发现风险"}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert holds(desk) == [("H1", date(2026, 2, 3))]


def test_the_old_file_does_not_bring_a_withdrawn_visit_back_nor_an_old_withdrawal_take_a_new_one(desk):
    first, second = desk.folder / "a.xlsx", desk.book("b.xlsx", {2: {"result": "撤销"}})
    desk.read(second)
    assert counts(desk.read(first)) == (3, 0, 2, 0, 1)
    assert counts(desk.read(desk.book("c.xlsx", {2: FOUND, 3: FOUND}))) == (3, 1, 1, 1, 0)
    assert counts(desk.read(desk.book("d.xlsx", {2: {**FOUND, "note": "更正：确已走访"}}))) == (3, 1, 2, 0, 0)
    assert counts(desk.read(first, second)) == (6, 0, 4, 0, 2)
    assert ("H1", date(2026, 2, 3)) in holds(desk)


def test_of_two_visits_the_day_says_which_is_withdrawn(desk):
    desk.read(desk.book("b.xlsx", {2: FOUND, 5: {**AGAIN, "household_id": "H1"}}))
    unsaid = desk.read(desk.book("c.xlsx", {2: {"result": "撤销"}}))
    assert cells(unsaid.reasons) == [("回头看!E2", WHICH[0].split(" / ")[0])]
    assert "2026-02-03、2026-02-13" in unsaid.reasons["next_step"][0]
    done = desk.read(desk.book("d.xlsx", {2: {"result": "撤销", "visited_on": "2026-02-13"}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert holds(desk) == [("H1", date(2026, 2, 3))]


REFUSED = {
    "a day without a visit": ({2: {"result": "撤销", "visited_on": "2026-02-04"}}, "E2", NOT_THAT_DAY),
    "a household nobody visited": ({3: {"result": "撤销"}}, "G3", NONE_THERE),
}


@pytest.mark.parametrize("story", REFUSED)
def test_what_names_no_visit_is_set_aside_with_what_to_write(desk, story):
    rows, cell, reason = REFUSED[story]
    done = desk.read(desk.book("b.xlsx", rows))
    assert counts(done) == (3, 0, 2, 1, 0)
    assert cells(done.reasons) == [(f"回头看!{cell}", reason[0].split(" / ")[0])]
    assert holds(desk) == [("H1", date(2026, 2, 3))]


def test_a_visit_and_its_withdrawal_in_one_call_leave_nothing(tmp_path):
    desk = Desk(tmp_path)
    done = desk.read(desk.book("a.xlsx", {2: FOUND}), desk.book("b.xlsx", {2: {"result": "撤销"}}))
    assert counts(done) == (6, 2, 4, 0, 0)
    assert len(desk.store.records()) == 2
    assert holds(desk) == []


def test_two_withdrawals_of_one_visit_in_one_call_are_one(desk):
    one = desk.book("b.xlsx", {2: {"result": "撤销"}})
    again = desk.book("c.xlsx", {2: {"result": "撤销", "note": "重填"}})
    assert counts(desk.read(one, again)) == (6, 1, 4, 0, 1)
