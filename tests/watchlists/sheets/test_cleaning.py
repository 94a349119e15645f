from io import BytesIO

import openpyxl
import polars as pl
import pytest

from register.consistency import CHECKS, FINDINGS
from register.intake.review import PLACED
from tests.watchlists.injections import INJECTIONS
from watchlists.sheets.cleaning import write_cleaning_book, write_cleaning_books
from watchlists.sheets.spreadsheet import without_control


def doubt(code="low_wage", **told):
    """Wu of V1, township T1, has a doubtful wage."""
    row = {
        "county_id": "C1",
        "township_id": "T1",
        "village_id": "V1",
        "household_id": "wu",
        "member_id": "wu-1",
    }
    return {
        **row,
        "code": code,
        "severity": CHECKS[code].severity,
        "evidence": "employment.monthly_wage; n=1",
        **told,
    }


def row_aside(**told):
    where = {"county_id": "C1", "township_id": "T1", "file": "C1/income.csv", "row": 7, "column": "amount"}
    return {**where, "reason": "不是数字 / not a number", "next_step": "只填数字 / digits", **told}


def frames(doubts, rows):
    return pl.DataFrame(doubts, schema=FINDINGS), pl.DataFrame(rows, schema=PLACED)


def opened(path):
    return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def book_of(tmp_path, doubts, rows=(), title="C1 T1"):
    write_cleaning_book(tmp_path / "T1.xlsx", *frames(doubts, list(rows)), title)
    return opened(tmp_path / "T1.xlsx")


def column(sheet, place):
    return [cell.value for cell in sheet[place][1:]]


def test_errors_come_before_warnings_and_notices(tmp_path):
    sheet = book_of(tmp_path, [doubt("stale"), doubt("low_wage"), doubt("uninsured")])["疑点"]
    assert column(sheet, "B") == ["错误 error", "警告 warning", "提示 notice"]
    assert column(sheet, "A") == [1, 2, 3]
    assert column(sheet, "F")[1] == "月工资低于400元"
    assert column(sheet, "I")[1] == "务工就业·月收入; n=1"
    assert column(sheet, "H")[1] == CHECKS["low_wage"].next_step


def test_a_row_set_aside_is_named_by_file_and_row_with_what_to_do(tmp_path):
    sheet = book_of(tmp_path, [], [row_aside()])["隔离行"]
    assert [cell.value for cell in sheet[2]] == [
        "C1/income.csv",
        7,
        "amount",
        "不是数字 / not a number",
        "只填数字 / digits",
    ]


def test_headers_are_chinese_first_stay_in_sight_and_filter(tmp_path):
    book = book_of(tmp_path, [doubt()], [row_aside()])
    assert book.sheetnames == ["疑点", "隔离行", "说明"]
    for name, last in (("疑点", "K2"), ("隔离行", "E2")):
        assert (book[name].freeze_panes, book[name].auto_filter.ref) == ("A2", f"A1:{last}")
    assert book["疑点"]["D1"].value == "户编号\nhousehold id"


def test_what_was_found_is_chosen_from_a_list(tmp_path):
    (offered,) = book_of(tmp_path, [doubt()])["疑点"].data_validations.dataValidation
    assert offered.formula1 == '"已更正 corrected,属实 true as it is,无法核实 cannot verify"'
    assert str(offered.sqref) == "J2"


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_a_link(tmp_path, text):
    doubts, rows = [doubt(village_id=text, household_id=text)], [row_aside(file=text, column=text)]
    book = book_of(tmp_path, doubts, rows, title=text)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert book["疑点"]["D2"].value.strip() == without_control(text).strip()


def test_every_township_gets_its_own_and_the_county_what_belongs_to_none(tmp_path):
    doubts = [doubt(), doubt(township_id="../T2")]
    rows = [row_aside(township_id=None)]
    assert write_cleaning_books(tmp_path / "books", *frames(doubts, rows)) == 3
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx"))
    assert written == ["books/C1/%2E%2E%2FT2.xlsx", "books/C1/(whole county).xlsx", "books/C1/T1.xlsx"]
    assert column(opened(tmp_path / "books/C1/T1.xlsx")["隔离行"], "A") == []


def test_a_township_whose_id_is_the_name_of_the_county_file_does_not_take_its_place(tmp_path):
    doubts, rows = [doubt(township_id="(whole county)")], [row_aside(township_id=None)]
    assert write_cleaning_books(tmp_path, *frames(doubts, rows)) == len(list(tmp_path.rglob("*.xlsx")))


def test_the_same_findings_give_the_same_bytes(tmp_path):
    book_of(tmp_path, [doubt()])
    first = (tmp_path / "T1.xlsx").read_bytes()
    book_of(tmp_path, [doubt()])
    assert (tmp_path / "T1.xlsx").read_bytes() == first
