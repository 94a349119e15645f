import zipfile
from datetime import date

import polars as pl
import pytest

from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.handed_out import opened
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from watchlists.reasons.household_view import household_view
from watchlists.sheets.spreadsheet import without_control
from watchlists.sheets.workbook import reached, write_workbook

DAY, LATER = date(2024, 1, 1), date(2025, 1, 1)


MARK = "2025Q4-0123456789abcdef"


def written(target, *rows, title="C1 T1 2025Q4"):
    write_workbook(target, [household_view(row, reference_names()) for row in rows], title, MARK, FALLS, LINE)
    return target


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
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:M3", "C2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"


def test_only_what_a_visit_finds_can_be_filled_in(book):
    for sheet in book:
        assert sheet.protection.sheet
    unlocked = {
        book["回头看"].cell(1, cell.column).value.split("\n")[1]
        for cell in book["回头看"][2]
        if not cell.protection.locked
    }
    assert unlocked == {"visited on", "who visited", "result", "cause found", "measure begun", "note"}
    assert all(cell.protection.locked for cell in book["名单"][2])


def test_results_causes_measures_and_roles_are_chosen_from_the_lists_of_the_register(book):
    rules = book["回头看"].data_validations.dataValidation
    offered = [one.formula1.strip('"').split(",") for one in rules if one.type == "list"]
    names = ("role", "result", "cause_found", "measure_begun")
    assert offered == [list(LOOKBACKS.by_name[name].meanings.values()) for name in names]
    assert [len(one) for one in offered] == [7, 4, 11, 14]


def test_the_workbook_says_which_list_it_is_of(book):
    assert (book["说明"]["A2"].value, book["说明"]["B2"].value) == (
        "名单编号，请勿改动 list id, do not change",
        MARK,
    )


def test_headers_are_chinese_first_with_english_below(book):
    assert book["名单"]["B1"].value == "户编号\nhousehold id"


def test_a_named_copy_shows_who_and_where_right_after_the_id(tmp_path):
    row = household_view(listed_row("H1"), reference_names()) | {
        "number": "0530623001",
        "head": "王金丝",
        "phone": "199",
        "address": "一组",
    }
    write_workbook(tmp_path / "T1.xlsx", [row], "C1 T1", MARK, FALLS, LINE, named=True)
    book = opened(tmp_path / "T1.xlsx")
    for name in ("名单", "回头看"):
        assert [cell.value for cell in book[name][2]][1:6] == ["H1", "0530623001", "王金丝", "199", "一组"]
        assert book[name].freeze_panes == "C2"


def test_own_number_head_phone_and_address_come_from_the_last_record_that_says_them():
    """Grandmother was head until she died; her son has no phone of his own, but the house has."""
    vault = pl.DataFrame(
        [
            {"table": "households", "household_id": "H1", "valid_from": DAY, "phone": "1", "address": "二组"},
            {"table": "households", "household_id": "H1", "valid_from": LATER, "phone": "2", "address": None},
            {"table": "members", "household_id": "H1", "member_id": "a", "valid_from": DAY, "name": "奶奶"},
            {"table": "members", "household_id": "H1", "member_id": "b", "valid_from": DAY, "name": "儿子"},
            {"table": "members", "household_id": "H2", "member_id": "c", "valid_from": DAY, "name": "独居"},
            {"table": "numbers", "household_id": "H1", "number": "0530623001"},
        ]
    ).with_columns(recorded_on="valid_from")
    members = pl.DataFrame({"member_id": ["a", "b"], "relation": ["parent", "head"]})
    rows = [{"household_id": name} for name in ("H1", "H2", "H3")]
    assert [tuple(row.values()) for row in reached(rows, vault, members)] == [
        ("H1", "0530623001", "儿子", "2", "二组"),
        ("H2", "", "独居", "", ""),
        ("H3", "", "", "", ""),
    ]
    assert reached(rows[2:], pl.DataFrame(), members) == [
        {**rows[2], "number": "", "head": "", "phone": "", "address": ""}
    ]
    assert reached(rows[:1], vault.drop("number"), members)[0]["number"] == ""  # of an earlier version
