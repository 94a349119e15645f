"""A second reading never takes back the first in silence; what it changes, and what it does not, is told."""

import pytest

from tests.watchlists.desk import Desk, cells, counts
from tests.watchlists.handed_out import FOUND, PLACES
from watchlists.lookbacks.remarks import CLEARED, CORRECTS, OTHER_DAY, WITHOUT_RISK
from watchlists.lookbacks.words import CHANGED, OTHER_ROLE, SAY_SO


@pytest.fixture
def desk(tmp_path):
    """A desk where H1 was read back as at risk, by a village cadre."""
    one = Desk(tmp_path)
    one.read(one.book("a.xlsx", {2: FOUND}))
    return one


def second(desk, **changes):
    return desk.read(desk.book("b.xlsx", {2: {**FOUND, **changes}}))


TAKEN_BACK = {
    "another result": ({"result": "已迁出"}, "G2", "核实结果"),
    "another cause": ({"causes_found": "因残"}, "H2", "核实的原因"),
    "a cause that is gone": ({"causes_found": None}, "H2", "核实的原因"),
    "another measure": ({"measures_begun": "搬迁"}, "I2", "开始的措施"),
    "who visited is gone": ({"role": None}, "F2", "走访人身份"),
    "a note that is gone": ({"note": None}, "K2", "备注"),
}


@pytest.mark.parametrize("story", TAKEN_BACK)
def test_what_takes_something_back_is_set_aside_in_two_calls_as_in_one(desk, story):
    changes, cell, heading = TAKEN_BACK[story]
    done = second(desk, **changes)
    assert counts(done) == (3, 0, 2, 1, 0)
    assert done.reasons.select("cell", "heading", "reason", "next_step").rows() == [
        (f"回头看!{cell}", heading, CHANGED[0].format(zh=heading), SAY_SO)
    ]
    assert len(desk.store.records()) == 1


def test_another_visitor_of_the_same_day_is_set_aside_and_both_are_named(desk):
    done = second(desk, role="乡镇干部")
    assert cells(done.reasons) == [
        ("回头看!F2", OTHER_ROLE[0].format(old="村干部", new="乡镇干部").split(" / ")[0])
    ]
    assert len(desk.store.records()) == 1


@pytest.mark.parametrize("story", TAKEN_BACK)
def test_a_row_that_says_it_is_a_correction_replaces_what_was_read_back_and_is_listed(desk, story):
    changes, cell, _ = TAKEN_BACK[story]
    done = second(desk, **{**changes, "note": "更正：填错了"})
    assert counts(done) == (3, 1, 2, 0, 0)
    assert done.ledger["corrected"].to_list() == [1]
    assert set(cells(done.remarks)) == {
        (f"回头看!{one}", CORRECTS[0].split(" / ")[0]) for one in {cell, "K2"}
    }
    assert len(desk.store.records()) == 2


def test_more_in_the_note_takes_nothing_back(desk):
    done = second(desk, note="住院，已出院")
    assert counts(done) == (3, 1, 2, 0, 0)
    assert [cell for cell, _ in cells(done.remarks)] == ["回头看!K2"]


def test_an_empty_cell_that_is_filled_in_later_takes_nothing_back(tmp_path):
    desk = Desk(tmp_path)
    desk.read(desk.book("a.xlsx", {2: {**FOUND, "measures_begun": None}}))
    done = second(desk)
    assert counts(done) == (3, 1, 2, 0, 0)
    assert [cell for cell, _ in cells(done.remarks)] == ["回头看!I2"]


def test_a_date_that_was_corrected_is_a_second_visit_and_that_is_said(desk):
    done = second(desk, visited_on="2026-02-13")
    assert counts(done) == (3, 1, 2, 0, 0)
    assert cells(done.remarks) == [("回头看!E2", OTHER_DAY[0].split(" / ")[0])]


def test_two_visits_that_stand_in_the_workbook_are_nothing_to_ask_about(desk):
    """The officer keeps the first visit in its row and adds a row for the second."""
    again = {**FOUND, "household_id": "H1", "visited_on": "2026-02-13"}
    done = desk.read(desk.book("b.xlsx", {2: FOUND, 5: again}))
    assert counts(done) == (4, 1, 2, 0, 1)
    assert done.remarks.is_empty()


def test_a_result_that_was_moved_to_another_household_leaves_the_first_and_that_is_said(desk):
    done = desk.read(desk.book("b.xlsx", {3: FOUND}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert cells(done.remarks) == [("回头看!G2", CLEARED[0].split(" / ")[0])]


def test_a_moved_date_and_a_moved_result_are_said_in_one_call_too(tmp_path):
    """Both versions of the workbook lie in the folder that is read back."""
    desk = Desk(tmp_path)
    first = desk.book("a.xlsx", {2: FOUND, 3: FOUND})
    done = desk.read(first, desk.book("b.xlsx", {2: {**FOUND, "visited_on": "2026-02-13"}, 4: FOUND}))
    assert counts(done) == (6, 4, 2, 0, 0)
    assert done.remarks.select("file", "cell").rows() == [
        (str(first), "回头看!E2"),
        (str(first), "回头看!G4"),
        (str(desk.folder / "b.xlsx"), "回头看!E2"),
        (str(desk.folder / "b.xlsx"), "回头看!G3"),
    ]


def test_a_column_that_is_gone_takes_nothing_back(desk):
    """The same workbook again; the office has deleted 备注 and 走访人身份."""

    def without_two(book):
        for name in ("note", "role"):
            book["回头看"].delete_cols(PLACES[name])

    done = desk.read(desk.book("b.xlsx", {2: FOUND}, change=without_two))
    assert counts(done) == (3, 0, 2, 0, 1)


@pytest.mark.parametrize("result", ["未发现风险", "户主不在家"])
def test_a_cause_beside_a_result_without_risk_is_taken_and_asked_about(tmp_path, result):
    desk = Desk(tmp_path)
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, "result": result}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert cells(done.remarks) == [("回头看!H2", WITHOUT_RISK[0].split(" / ")[0])]


def test_the_first_reading_has_nothing_to_remark_on(tmp_path):
    desk = Desk(tmp_path)
    assert desk.read(desk.book("a.xlsx", {2: FOUND, 3: FOUND})).remarks.is_empty()
