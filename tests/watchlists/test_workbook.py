import warnings
import zipfile
from io import BytesIO

import openpyxl
import pytest

from register.reference import causes
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import labels, listed_row
from watchlists.shown import dressed
from watchlists.spreadsheet import without_control
from watchlists.workbook import write_workbook


def written(target, *rows, title="C1 T1 2025Q4"):
    write_workbook(target, [dressed(row, labels()) for row in rows], causes(), title)
    return target


def opened(path):
    with warnings.catch_warnings():
        # openpyxl cannot keep the data bars' extension; nothing is saved with it here.
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(BytesIO(path.read_bytes()))


@pytest.fixture
def book(tmp_path):
    rows = [listed_row("530100000000000001", risk=0.5), listed_row("H2", rank=2, risk=0.25)]
    return opened(written(tmp_path / "T1.xlsx", *rows))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_a_link(tmp_path, text):
    row = listed_row(text, village_id=text, reasons_zh=text, reasons_en=text)
    book = opened(written(tmp_path / "T1.xlsx", row, title=text))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert book["名单"]["B2"].value.strip() == without_control(text).strip()


def test_the_same_list_gives_the_same_bytes(tmp_path):
    one, two = written(tmp_path / "a.xlsx", listed_row()), written(tmp_path / "b.xlsx", listed_row())
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_the_three_sheets_stand_in_order(book):
    assert book.sheetnames == ["名单", "说明", "回头看"]


def test_ids_are_text_and_risks_are_numbers_with_bars(book):
    sheet = book["名单"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("530100000000000001", "s")
    assert (sheet["D2"].value, sheet["D2"].number_format) == (0.5, "0%")
    assert [rule.type for rules in sheet.conditional_formatting for rule in rules.rules] == ["dataBar"]


def test_the_list_filters_freezes_and_prints_on_wide_a4(book):
    sheet = book["名单"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:L3", "C2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"


def test_only_what_a_visit_finds_can_be_filled_in(book):
    sheet = book["回头看"]
    assert sheet.protection.sheet
    assert [sheet.cell(2, column).protection.locked for column in range(1, 8)] == [True] * 2 + [False] * 5


def test_results_and_causes_are_chosen_from_lists(book):
    offered = [one.formula1 for one in book["回头看"].data_validations.dataValidation if one.type == "list"]
    assert offered[0] == '"已核实,未核实,已帮扶,已迁出"'
    assert offered[1].startswith('"因病,因自然灾害,因残,')


def test_headers_are_chinese_first_with_english_below(book):
    assert book["名单"]["B1"].value == "户编号\nhousehold id"
