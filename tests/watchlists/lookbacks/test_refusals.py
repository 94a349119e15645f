"""Workbooks refused as a whole: all that is wrong at once, in the officer's words, and what mends it."""

import zipfile

import openpyxl
import pytest

from register.errors import ContractError, SourceError
from tests.watchlists.desk import Desk, counts
from tests.watchlists.handed_out import BOOK, FOUND, PLACES, opened
from tests.watchlists.lookbacks.test_ways import VISITED, headings_again
from watchlists.lookbacks.file import OLD, OLE, OPEN, PASSWORD, TEXT, UNREADABLE
from watchlists.lookbacks.pages import HEADINGS
from watchlists.lookbacks.sheet import read_filled


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


# Every refusal of a page, what it says, and how whoever follows it mends the page.


def mend_note(book):
    book["回头看"].cell(1, PLACES["note"]).value = "备注"


def note_renamed(book):
    book["回头看"].cell(1, PLACES["note"]).value = "情况说明"


def note_added(book):
    book["回头看"].cell(1, len(PLACES) + 1).value = "备注"


def result_renamed(book):
    book["回头看"].cell(1, PLACES["result"]).value = "结果"


def result_back(book):
    book["回头看"].cell(1, PLACES["result"]).value = "核实结果"


def without_date(book):
    book["回头看"].delete_cols(PLACES["visited_on"])


def date_back(book):
    sheet = book["回头看"]
    column = sheet.max_column + 1
    sheet.cell(1, column).value = "走访日期"
    sheet.cell(2, column).value = "2026-02-03"


def merged(book):
    book["回头看"].merge_cells("E2:E4")


def unmerged(book):
    book["回头看"].unmerge_cells("E2:E4")


def scribbled(book):
    book["回头看"]["M3"] = "待定"


def scribble_named(book):
    book["回头看"]["L1"], book["回头看"]["M1"] = "一", "二"


def column_inserted(book):
    book["回头看"].insert_cols(PLACES["result"])


def column_deleted(book):
    book["回头看"].delete_cols(PLACES["result"])


def doubled(book):
    book["回头看"]["L1"] = "核实结果"


def one_of_them(book):
    book["回头看"].delete_cols(12)


def headings_gone(book):
    book["回头看"].delete_rows(1)


def headings_back(book):
    sheet = book["回头看"]
    sheet.insert_rows(1)
    for name, place in PLACES.items():
        zh = next((zh for zh, field in HEADINGS.items() if field == name), name)
        sheet.cell(1, place).value = zh


def headings_sorted_in(book):
    sheet = book["回头看"]
    head = [cell.value for cell in sheet[1]]
    sheet.delete_rows(1)
    sheet.append(head)


def headings_on_top(book):
    sheet = book["回头看"]
    head = [cell.value for cell in sheet[4]]
    sheet.delete_rows(4)
    sheet.insert_rows(1)
    for place, value in enumerate(head, 1):
        sheet.cell(1, place).value = value


def results_in_the_list(book):
    book["名单"].cell(1, 40).value = "核实结果"
    for column in range(1, 40):
        book["名单"].cell(1, column).value = book["名单"].cell(1, column).value or f"空{column}"


def list_as_it_was(book):
    book["名单"].cell(1, 40).value = "序号"


def second_headings_whole(book):
    """The first row of headings lost a word; the whole one of a pasted page stands below."""
    headings_again(book)
    result_renamed(book)


def copied(book):
    book.copy_worksheet(book["回头看"])


def copy_gone(book):
    del book["回头看 Copy"]


def hidden(book):
    book["回头看"].sheet_state = "hidden"


def shown(book):
    book["回头看"].sheet_state = "visible"


def guide_gone(book):
    del book["说明"]


def guide_back(book):
    book.create_sheet("说明")["B2"] = book.mark


REFUSED = {
    note_renamed: ("缺少“备注”列，K列的标题又不是发放时的", (mend_note, note_added)),
    result_renamed: ("缺少“核实结果”列，请把第1行的标题恢复成发放时的原字", (result_back,)),
    without_date: ("缺少“走访日期”列，请把第1行的标题恢复成发放时的原字", (date_back,)),
    merged: ("E2:E4等是合并单元格（共1处），请取消合并，每行各填一次", (unmerged,)),
    scribbled: ("M列没有标题，请在第1行写上标题，或删去该列", (scribble_named,)),
    column_inserted: ("G列没有标题，请在第1行写上标题，或删去该列", (column_deleted,)),
    doubled: ("G、L列标题相同，把内容并到一列，其余删去", (one_of_them,)),
    headings_gone: ("没有一页在前20行有“回头看”的各列标题", (headings_back,)),
    headings_sorted_in: ("第1、2、3行在标题行之上，请把标题行移到它们上面", (headings_on_top,)),
    second_headings_whole: ("缺少“核实结果”列，请把第1行的标题恢复成发放时的原字", (result_back,)),
    results_in_the_list: ("有“回头看”标题的页共2页，其中隐藏0页", (list_as_it_was,)),
    copied: ("有“回头看”标题的页共2页，其中隐藏0页", (copy_gone,)),
    hidden: ("有“回头看”标题的页共1页，其中隐藏1页", (shown,)),
    guide_gone: ("有0个名单编号，应有1个：把发放给您的工作簿的“说明”页整页复制进来", (guide_back,)),
}


@pytest.mark.parametrize("change", REFUSED)
def test_a_page_that_cannot_be_read_is_refused_with_what_to_do_and_is_read_once_that_is_done(desk, change):
    said, ways_out = REFUSED[change]
    path = desk.book("a.xlsx", {2: {**VISITED, "role": None}}, change=change)
    with pytest.raises(ContractError) as refused:
        read_filled(path)
    zh, _, en = str(refused.value).removeprefix(f"{path}: ").partition(" / ")
    assert zh.startswith(said)
    assert en
    for way_out in ways_out:
        book = opened(path)
        book.mark = opened(desk.release.folder / BOOK)["说明"]["B2"].value
        way_out(book)
        book.save(desk.folder / "b.xlsx")
        assert read_filled(desk.folder / "b.xlsx").sheet.frame["result"].to_list()[0] == "not_confirmed"


def test_all_that_is_wrong_with_a_workbook_is_said_at_once(desk):
    def spoilt(book):
        guide_gone(book)
        merged(book)
        result_renamed(book)

    with pytest.raises(ContractError) as refused:
        read_filled(desk.book("a.xlsx", {2: VISITED}, change=spoilt))
    assert all(part in str(refused.value) for part in ("名单编号", "合并单元格", "“核实结果”列"))


def test_the_page_alone_in_a_new_workbook_is_read_once_the_guide_is_beside_it(desk):
    book = openpyxl.Workbook()
    for row in opened(desk.book("a.xlsx", {2: FOUND}))["回头看"].iter_rows(values_only=True):
        book.active.append(row)
    book.save(desk.folder / "b.xlsx")
    with pytest.raises(ContractError, match="名单编号"):
        read_filled(desk.folder / "b.xlsx")
    book.create_sheet("说明")["B2"] = opened(desk.release.folder / BOOK)["说明"]["B2"].value
    book.save(desk.folder / "b.xlsx")
    assert counts(desk.read(desk.folder / "b.xlsx")) == (3, 1, 2, 0, 0)


def test_a_workbook_that_names_two_lists_is_refused(desk):
    def two(book):
        book["名单"]["Z1"] = "2025Q2-0123456789abcdef"

    with pytest.raises(ContractError, match="有2个名单编号，应有1个"):
        read_filled(desk.book("a.xlsx", {2: FOUND}, change=two))


# Saves of other kinds: what programs write first tells them apart.
SAVES = {
    "a workbook with a password": (OLE + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    "an old workbook": (OLE + b"\0" * 900 + "Workbook".encode("utf-16-le"), OLD),
    "text in UTF-8": ("\ufeff走访顺序,户编号,走访日期\n".encode(), TEXT),
    "text as Excel in China saves it": ("走访顺序,户编号,走访日期\n".encode("gb18030"), TEXT),
    "text as Excel calls Unicode": ("走访顺序\t户编号\t走访日期\n".encode("utf-16"), TEXT),
    "something else": (b"%PDF-1.7", UNREADABLE),
    "nothing": (b"", UNREADABLE),
}


@pytest.mark.parametrize("save", SAVES)
def test_a_file_of_another_kind_is_told_what_it_is_and_what_to_do(tmp_path, save):
    raw, said = SAVES[save]
    path = tmp_path / "a.xlsx"
    path.write_bytes(raw)
    with pytest.raises(SourceError) as refused:
        read_filled(path)
    assert str(refused.value) == f"{path}: {said}"


def test_a_text_document_is_told_apart_from_a_damaged_workbook(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(SourceError) as refused:
        read_filled(path)
    assert str(refused.value) == f"{path}: {OPEN}"
