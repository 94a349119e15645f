"""The page of visits off the list, as hands leave it."""

import pytest

from register.errors import ContractError
from tests.watchlists.handed_out import BOOK, FOUND, opened, released
from tests.watchlists.off_list import AT, VISIT, entered
from watchlists.lookbacks.off_list.page import off_list_page
from watchlists.lookbacks.sheet import read_filled
from watchlists.sheets.sheet_words import OFF_LIST_SHEET

ZHAO = {**VISIT, "head": "赵小妹", "village": "大河村"}


@pytest.fixture
def release(tmp_path):
    return released(tmp_path)


def page_of(path):
    return off_list_page(read_filled(path))


def test_an_untouched_page_says_nothing_and_the_list_is_read_beside_it(release, tmp_path):
    filled = read_filled(entered(release, tmp_path / "a.xlsx", listed={2: FOUND}))
    assert filled.sheet.frame["household_id"].to_list() == ["H1", "H2", "H3"]
    assert off_list_page(filled).who.is_empty()


def test_what_is_written_is_read_cell_by_cell_in_the_words_of_the_register(release, tmp_path):
    """Zhao's row has all; the other says a name alone and no visit, and is not lost."""
    page = page_of(entered(release, tmp_path / "a.xlsx", ZHAO, {"head": "钱七"}))
    assert page.names.rows() == [("赵小妹", "大河村"), ("钱七", None)]
    assert page.visits.sheet.rows.to_list() == [2, 3]
    assert page.visits.sheet.frame.row(0, named=True) == {
        "household_id": None,
        "visited_on": "2026-02-03",
        "role": "village_cadre",
        "result": "confirmed",
        "causes_found": "illness",
        "measures_begun": "health",
        "contact": None,
        "note": None,
    }
    assert page.visits.letters["household_id"] == "B"


def test_the_page_is_known_by_its_headings_whatever_it_is_called_and_rows_below_the_ten_count(
    release, tmp_path
):
    def change(book):
        book[OFF_LIST_SHEET].title = "外"
        book["外"].cell(40, AT["head"]).value = "孙八"

    page = page_of(entered(release, tmp_path / "a.xlsx", ZHAO, change=change))
    assert (page.visits.page, page.visits.sheet.rows.to_list()) == ("外", [2, 40])


def test_a_workbook_from_before_there_was_such_a_page_has_none(release, tmp_path):
    path = entered(release, tmp_path / "a.xlsx", change=lambda book: book.remove(book[OFF_LIST_SHEET]))
    assert page_of(path) is None


def test_headings_pasted_into_the_rows_are_no_visit(release, tmp_path):
    sheet = opened(release.folder / BOOK)[OFF_LIST_SHEET]
    again = {name: sheet.cell(1, place).value for name, place in AT.items()}
    assert page_of(entered(release, tmp_path / "a.xlsx", again)).who.is_empty()


def copied(book):
    book.copy_worksheet(book[OFF_LIST_SHEET])


def hidden(book):
    book[OFF_LIST_SHEET].sheet_state = "hidden"


def without_headings(book):
    for place in (AT["head"], AT["visited_on"], AT["result"], AT["role"], AT["household_id"]):
        book[OFF_LIST_SHEET].cell(1, place).value = "列"


def without_village(book):
    book[OFF_LIST_SHEET].cell(1, AT["village"]).value = "村"


def without_result(book):
    book[OFF_LIST_SHEET].delete_cols(AT["result"])


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (copied, "这样的页共2页，请把内容并到一页，其余删去", "there are 2 such sheets"),
        (hidden, "该页隐藏，请取消隐藏", "the sheet is hidden: unhide it"),
        (
            without_headings,
            "没有“户主姓名、走访日期、核实结果”等标题",
            "put them back as they were handed out",
        ),
        (without_village, "缺少“所在村”列", "there is no column 所在村"),
        (without_result, "缺少“核实结果”列", "there is no column 核实结果"),
    ],
)
def test_a_page_that_cannot_be_read_refuses_the_file_and_says_what_to_do(release, tmp_path, change, zh, en):
    path = entered(release, tmp_path / "a.xlsx", ZHAO, change=change)
    with pytest.raises(ContractError) as refused:
        page_of(path)
    said = str(refused.value)
    assert said.startswith(f"{path}: “名单外走访”：")
    assert zh in said
    assert en in said
    assert "赵小妹" not in said
