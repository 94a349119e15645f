import zipfile
from datetime import date

import pytest

from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.handed_out import opened
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from tests.watchlists.on_paper import points
from watchlists.reasons.household_view import household_view
from watchlists.sheets.spreadsheet import without_control
from watchlists.sheets.workbook import write_workbook

DAY, LATER = date(2024, 1, 1), date(2025, 1, 1)


MARK = "2025Q4-0123456789abcdef"


def written(target, *rows, title="C1 T1 2025Q4", language="zh"):
    views = [household_view(row, reference_names(), language) for row in rows]
    write_workbook(target, views, title, MARK, FALLS, LINE, language)
    return target


@pytest.fixture
def book(tmp_path):
    rows = [listed_row("530100000000000001", risk=0.5), listed_row("H2", rank=2, risk=0.25)]
    return opened(written(tmp_path / "T1.xlsx", *rows))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_a_link(tmp_path, text):
    row = listed_row(
        text, village_name=text, now_zh=[text], standing_zh=[text, text], standing_en=[text, text]
    )
    book = opened(written(tmp_path / "T1.xlsx", row, title=text))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert book["名单"]["C2"].value.strip() == without_control(text).strip()


def test_the_same_list_gives_the_same_bytes(tmp_path):
    one, two = written(tmp_path / "a.xlsx", listed_row()), written(tmp_path / "b.xlsx", listed_row())
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_the_four_sheets_stand_in_order(book):
    assert book.sheetnames == ["名单", "说明", "回头看", "名单外走访"]


def test_ids_are_text_and_risks_are_numbers_with_bars(book):
    sheet = book["名单"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("530100000000000001", "s")
    assert (sheet["E2"].value, sheet["E2"].number_format) == (0.5, "0%")
    assert [rule.type for rules in sheet.conditional_formatting for rule in rules.rules] == ["dataBar"]


def test_the_list_filters_freezes_and_prints_on_wide_a4(book):
    sheet = book["名单"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:K3", "C2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"


def test_only_what_a_visit_finds_can_be_filled_in(book):
    for sheet in book:
        assert sheet.protection.sheet
    unlocked = {
        book["回头看"].cell(1, cell.column).value for cell in book["回头看"][2] if not cell.protection.locked
    }
    assert unlocked == {"走访日期", "走访人身份", "核实结果", "核实的原因", "开始的措施", "核实方式", "备注"}
    assert all(cell.protection.locked for cell in book["名单"][2])


def test_results_causes_measures_and_roles_are_chosen_from_the_lists_of_the_register(book):
    rules = book["回头看"].data_validations.dataValidation
    offered = [one.formula1.strip('"').split(",") for one in rules if one.type == "list"]
    names = ("role", "result", "causes_found", "measures_begun", "contact")
    assert offered == [list(LOOKBACKS.by_name[name].meanings.values()) for name in names]
    assert [len(one) for one in offered] == [7, 6, 11, 14, 2]


def test_a_second_cause_or_measure_is_warned_of_and_not_refused(book):
    rules = [one for one in book["回头看"].data_validations.dataValidation if one.type == "list"]
    assert [one.errorStyle for one in rules] == [None, None, "warning", "warning", None]


def test_an_english_copy_has_english_words_to_choose_from(tmp_path):
    """XlsxWriter would refuse a list of more than 255 characters."""
    sheet = opened(written(tmp_path / "T1.xlsx", listed_row(), language="en"))["回头看"]
    lists = [one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert '"confirmed,not confirmed,already helped,moved away,not at home,withdrawn"' in lists


def test_the_workbook_says_which_list_it_is_of(book):
    assert (book["说明"]["A2"].value, book["说明"]["B2"].value) == (
        "名单编号，请勿改动 list id, do not change",
        MARK,
    )


def test_headers_are_chinese_and_have_english_below_where_it_is_asked_for(tmp_path, book):
    assert book["名单"]["B1"].value == "户编号"
    for language in ("en", "both"):
        other = opened(written(tmp_path / f"{language}.xlsx", listed_row(), language=language))
        assert other["名单"]["B1"].value == "户编号\nhousehold id"
    assert [other["名单"]["K2"].value] == ["健康帮扶：户主（54岁） health support: head (54)"]


def test_several_points_are_numbered_lines_of_a_cell(tmp_path):
    row = listed_row(standing_zh=["3口人", "易地搬迁户"], standing_en=["3", "relocated"])
    sheet = opened(written(tmp_path / "T1.xlsx", row))["名单"]
    assert sheet["H2"].value == "1. 3口人\n2. 易地搬迁户"


def test_the_guide_says_how_many_are_duties_and_why_they_stand_first(tmp_path):
    rows = [listed_row("H1", listed_by="rule", risk=0.01), listed_row("H2", rank=2, risk=0.7)]
    guide = opened(written(tmp_path / "T1.xlsx", *rows))["说明"]
    words = " ".join(str(cell.value) for cell in guide["A"])
    assert "本名单2户，其中必访1户" in words
    assert "不论风险高低都排在最前" in words


def test_a_named_copy_shows_the_head_in_place_of_the_id_which_goes_last(tmp_path):
    row = household_view(listed_row("H1"), reference_names(), "zh") | {
        "number": "0530623001",
        "head": "王金丝",
        "phone": "199",
        "address": "一组",
    }
    write_workbook(tmp_path / "T1.xlsx", [row], "C1 T1", MARK, FALLS, LINE, "zh", named=True)
    book = opened(tmp_path / "T1.xlsx")
    for name in ("名单", "回头看", "名单外走访"):
        assert points(book[name]) >= 9, name


def test_reasons_are_in_sight_of_a_small_screen(book):
    """Seven pixels a character and five beside it: 1366 px show the reasons beside the household."""
    sheet = book["名单"]
    headings = [cell.value for cell in sheet[1]]
    before = sheet[1][: headings.index("为什么现在去") + 1]
    assert sum(sheet.column_dimensions[cell.column_letter].width * 7 + 5 for cell in before) < 1366
