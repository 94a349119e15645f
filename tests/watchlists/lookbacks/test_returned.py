"""A row that goes back stays until it is solved: by a visit that is taken, or by its own sheet."""

from dataclasses import asdict

import openpyxl
import pytest

from tests.watchlists.desk import DAY, Desk
from tests.watchlists.handed_out import FOUND, PLACES, opened, releases_in
from watchlists.lookbacks.reading import judge, release_of
from watchlists.lookbacks.returned import Returned, still_open, withdrawn
from watchlists.lookbacks.returned_book import write_returned_book
from watchlists.lookbacks.sheet import mark, read_filled

WRONG = {**FOUND, "visited_on": "昨天"}


class Office(Desk):
    """A desk that keeps what goes back from reading to reading."""

    def __init__(self, folder):
        super().__init__(folder)
        self.kept, self.withdrawn = [], 0

    def read_back(self, *paths):
        taken = [(one, release_of(one, releases_in(self.folder))) for one in map(read_filled, paths)]
        done = judge(taken, self.store.records(with_notes=True), DAY)
        if len(done.accepted):
            self.store.append(done.accepted, done.ledger.drop("file").to_dicts())
        self.withdrawn = withdrawn(self.kept, taken)
        self.kept = still_open(self.kept, taken, done.accepted, done.reasons, DAY)
        return done

    def sheet(self, change):
        """Write the sheet of what goes back, and let an officer work on it."""
        path = self.folder / "退回表.xlsx"
        first = self.kept[0]
        write_returned_book(path, self.kept, "T1", mark(first.season, first.list_id), "zh")
        book = opened(path)
        sheet = book["回头看"]
        headings = {cell.value: cell.column for cell in sheet[1]}
        change(sheet, headings)
        book.save(path)
        return path


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def set_date(value, row=2):
    def change(sheet, headings):
        sheet.cell(row, headings["走访日期"]).value = value

    return change


def emptied(sheet, headings):
    for zh in ("走访日期", "走访人身份", "核实结果", "核实的原因", "开始的措施", "备注"):
        sheet.cell(2, headings[zh]).value = None


def test_a_row_goes_back_with_all_that_was_written_and_why(office):
    office.read_back(office.book("a.xlsx", {2: {**WRONG, "note": "门锁着"}, 3: FOUND}))
    (one,) = office.kept
    assert (one.county_id, one.township_id, one.household_id, one.row) == ("C1", "T1", "H1", 2)
    assert (one.cells["走访日期"], one.cells["核实结果"], one.cells["备注"]) == ("昨天", "风险属实", "门锁着")
    assert [(said.cell, said.heading) for said in one.objections] == [("回头看!E2", "走访日期")]
    assert one.read_on == DAY.isoformat()


def test_it_is_the_same_after_it_was_kept(office):
    office.read_back(office.book("a.xlsx", {2: WRONG}))
    assert [Returned.of(asdict(one)) for one in office.kept] == office.kept


def test_read_again_as_it_is_it_goes_back_once(office):
    for name in ("a.xlsx", "b.xlsx"):
        office.read_back(office.book(name, {2: WRONG}))
    assert len(office.kept) == 1


def test_corrected_in_its_sheet_it_is_taken_and_gone(office):
    office.read_back(office.book("a.xlsx", {2: WRONG, 3: WRONG}))
    done = office.read_back(office.sheet(set_date("2026-02-03")))
    assert done.accepted["household_id"].to_list() == ["H1"]
    assert [one.household_id for one in office.kept] == ["H2"]


def test_corrected_in_the_workbook_itself_it_is_gone_too(office):
    office.read_back(office.book("a.xlsx", {2: WRONG}))
    office.read_back(office.book("a.xlsx", {2: FOUND}))
    assert office.kept == []


def test_corrected_wrongly_it_goes_back_as_it_is_now(office):
    office.read_back(office.book("a.xlsx", {2: WRONG}))
    office.read_back(office.sheet(set_date("2月30日")))
    assert [one.cells["走访日期"] for one in office.kept] == ["2月30日"]


def test_left_as_it_is_it_stays(office):
    office.read_back(office.book("a.xlsx", {2: WRONG}))
    before = office.kept
    office.read_back(office.sheet(lambda *_: None))
    assert [one.ticket for one in office.kept] == [one.ticket for one in before]


@pytest.mark.parametrize("household_too", [False, True])
def test_emptied_in_its_sheet_it_is_withdrawn(office, household_too):
    office.read_back(office.book("a.xlsx", {2: {**WRONG, "household_id": "H9"}}))

    def change(sheet, headings):
        emptied(sheet, headings)
        if household_too:
            sheet.cell(2, headings["户编号"]).value = None

    office.read_back(office.sheet(change))
    assert (office.kept, office.withdrawn) == ([], 1)


def test_a_row_without_a_household_is_solved_by_its_own_sheet_alone(office):
    office.read_back(office.book("a.xlsx", {2: {**FOUND, "household_id": None}}))
    office.read_back(office.book("b.xlsx", {3: FOUND}))
    assert [one.household_id for one in office.kept] == [""]

    def named(sheet, headings):
        sheet.cell(2, headings["户编号"]).value = "H1"

    office.read_back(office.sheet(named))
    assert office.kept == []


def test_the_workbook_of_somebody_else_that_is_empty_there_solves_nothing(office):
    office.read_back(office.book("a.xlsx", {2: WRONG}))
    office.read_back(office.book("b.xlsx", {3: FOUND}))
    assert [one.household_id for one in office.kept] == ["H1"]


def test_a_disagreement_is_not_solved_by_what_was_known_before(office):
    first = office.book("a.xlsx", {2: FOUND})
    office.read_back(first)
    office.read_back(office.book("b.xlsx", {2: {**FOUND, "result": "未发现风险"}}))
    office.read_back(first)
    assert [one.cells["核实结果"] for one in office.kept] == ["未发现风险"]


def test_a_formula_is_not_sent_back_as_if_somebody_had_written_it(office):
    office.read_back(office.book("a.xlsx", {2: {**FOUND, "note": "=1+1"}}))
    assert "备注" not in office.kept[0].cells


def test_names_that_stood_in_a_named_copy_go_back_with_the_row(office):
    def with_head(book):
        sheet = book["回头看"]
        sheet.cell(1, len(PLACES) + 1).value, sheet.cell(2, len(PLACES) + 1).value = "户主", "甲某"

    office.read_back(office.book("a.xlsx", {2: WRONG}, change=with_head))
    path = office.sheet(lambda *_: None)
    sheet = openpyxl.load_workbook(path)["回头看"]
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert (row["户主"], row["户编号"]) == ("甲某", "H1")


def test_a_row_of_no_listed_household_is_of_the_township_of_its_file(office):
    office.read_back(office.book("a.xlsx", {2: {**FOUND, "household_id": "H9"}}))
    assert (office.kept[0].county_id, office.kept[0].township_id) == ("C1", "T1")
