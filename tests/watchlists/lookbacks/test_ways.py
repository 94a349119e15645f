"""The ways officers fill in, rearrange and save the sheet: nothing is lost in silence, nothing is guessed."""

import shutil
from datetime import datetime

import pytest
from openpyxl.comments import Comment

from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.desk import Desk, cells, counts
from tests.watchlists.handed_out import FOUND, PLACES, filled
from watchlists.lookbacks.columns import columns_of
from watchlists.lookbacks.meanings import plain
from watchlists.lookbacks.sheet import read_filled

VISITED = {"visited_on": "2026-02-03", "result": "未发现风险"}
NO_DATE, NO_RESULT = "没有走访日期", "有填写而没有核实结果"
BAD_DATE, BAD_WORD = "走访日期读不出", "不是“{}”下拉列表中的词"
BAD_WORDS = "“{}”中有下拉列表以外的词，或多于{}个"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


#: What stands in the yellow cells of one row, and what is said of which cell.
SET_ASIDE = {
    "a note only, nobody was at home": ({"note": "户主外出，未见到人"}, {"E2": NO_DATE, "G2": NO_RESULT}),
    "a date only": ({"visited_on": "2026-02-03"}, {"G2": NO_RESULT}),
    "a date and who visited": ({"visited_on": "2026-02-03", "role": "村干部"}, {"G2": NO_RESULT}),
    "a result only": ({"result": "未发现风险"}, {"E2": NO_DATE}),
    "a measure only": ({"measures_begun": "健康帮扶"}, {"E2": NO_DATE, "G2": NO_RESULT}),
    "a date without its year that lies far from the list": (
        {**VISITED, "visited_on": "7月5日"},
        {"E2": BAD_DATE},
    ),
    "a date without its year that no year has": ({**VISITED, "visited_on": "2月30日"}, {"E2": BAD_DATE}),
    "a date in words": ({**VISITED, "visited_on": "昨天"}, {"E2": BAD_DATE}),
    "a month that is none": ({**VISITED, "visited_on": "2026/13/40"}, {"E2": BAD_DATE}),
    "a day that is none": ({**VISITED, "visited_on": "2026.2.30"}, {"E2": BAD_DATE}),
    "two separators in one date": ({**VISITED, "visited_on": "2026-2/3"}, {"E2": BAD_DATE}),
    "the day first": ({**VISITED, "visited_on": "3.2.2026"}, {"E2": BAD_DATE}),
    "digits that are no day": ({**VISITED, "visited_on": 20261305}, {"E2": BAD_DATE}),
    "a result that is no more than likely": (
        {**VISITED, "result": "可能属实"},
        {"G2": BAD_WORD.format("核实结果")},
    ),
    "a way of asking for a result": (
        {**VISITED, "result": "电话核实"},
        {"G2": BAD_WORD.format("核实结果")},
    ),
    "a cause of one's own": ({**VISITED, "causes_found": "因懒"}, {"H2": BAD_WORDS.format("核实的原因", 5)}),
    "a cause and a word of one's own": (
        {**VISITED, "causes_found": "因病、因懒"},
        {"H2": BAD_WORDS.format("核实的原因", 5)},
    ),
    "six causes, the form has five slots": (
        {**VISITED, "causes_found": "因病、因残、因学、因自然灾害、因意外事故、因缺劳动力"},
        {"H2": BAD_WORDS.format("核实的原因", 5)},
    ),
    "a measure that may be of two groups": (
        {**VISITED, "measures_begun": "临时救助"},
        {"I2": BAD_WORDS.format("开始的措施", 14)},
    ),
    "a visitor of one's own": ({**VISITED, "role": "亲戚"}, {"F2": BAD_WORD.format("走访人身份")}),
    "a way of one's own": ({**VISITED, "contact": "托人带话"}, {"J2": BAD_WORD.format("核实方式")}),
    "a formula": ({**VISITED, "note": "=1+1"}, {"K2": "单元格是公式"}),
    "a number too long for a cell": (
        {**VISITED, "note": 6222021234567890123},
        {"K2": "单元格是错误值，或长数字末位已丢失"},
    ),
    "no household": ({**VISITED, "household_id": None}, {"B2": "没有户编号，看不出是哪一户"}),
}


@pytest.mark.parametrize("way", SET_ASIDE)
def test_a_row_that_cannot_be_taken_is_set_aside_by_its_cells(desk, way):
    fields, said = SET_ASIDE[way]
    done = desk.read(desk.book("a.xlsx", {2: fields}))
    assert counts(done) == (3, 0, 2, 1, 0)
    assert sorted(cells(done.reasons)) == sorted((f"回头看!{cell}", reason) for cell, reason in said.items())


def test_no_reason_and_no_next_step_speaks_in_codes(desk):
    """An officer has never seen `visited_on` or `confirmed`; the sheet shows 走访日期 and 风险属实."""
    codes = {
        *LOOKBACKS.by_name,
        *(
            code
            for column in LOOKBACKS.columns
            for code in column.meanings
            if "_" in code or code == "confirmed"
        ),
    } - {"note", "result", "role", "season"}
    for way, (fields, _) in SET_ASIDE.items():
        told = desk.read(desk.book("a.xlsx", {2: fields})).reasons
        words = " ".join([*told["reason"], *told["next_step"], *told["heading"]])
        assert [code for code in codes if code in words] == [], way
        assert all(" / " in line for line in [*told["reason"], *told["next_step"]]), way


#: What stands in a cell, and how it is understood.
UNDERSTOOD = {
    "２０２６－０２－０３": ("visited_on", "2026-02-03"),
    "2026.2.3": ("visited_on", "2026-02-03"),
    "2026/2/3。": ("visited_on", "2026-02-03"),
    "2026年2月3日": ("visited_on", "2026-02-03"),
    46056: ("visited_on", "2026-02-03"),
    20260203: ("visited_on", "2026-02-03"),
    "20260203": ("visited_on", "2026-02-03"),
    "2026年2月3号": ("visited_on", "2026-02-03"),
    "2月3日": ("visited_on", "2026-02-03"),
    "12月31日": ("visited_on", "2025-12-31"),
    "属实": ("result", "confirmed"),
    "基本属实。": ("result", "confirmed"),
    "无风险": ("result", "not_confirmed"),
    "村支书": ("role", "village_cadre"),
    "打电话": ("contact", "phone"),
    "电话核实": ("contact", "phone"),
    "生病": ("causes_found", "illness"),
    "因病、因残": ("causes_found", "illness;disability"),
    "因病，缺劳力；因病": ("causes_found", "illness;labour"),
    "因病 因残": ("causes_found", "illness;disability"),
    "低保": ("measures_begun", "social_security"),
    "健康帮扶/低保\n公益性岗位": ("measures_begun", "health;social_security;public_post"),
    "风险属实 ": ("result", "confirmed"),
    "　风险属实": ("result", "confirmed"),
    "风险属实。": ("result", "confirmed"),
    "村级监测员(网格员)": ("role", "village_monitor"),
    "因病，": ("causes_found", "illness"),
}


@pytest.mark.parametrize("written", UNDERSTOOD)
def test_what_leaves_only_one_meaning_is_understood(desk, written):
    name, meant = UNDERSTOOD[written]
    done = desk.read(desk.book("a.xlsx", {2: {**VISITED, name: written}}))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert str(done.accepted[name][0]) == meant


def test_no_two_words_of_a_drop_down_are_one_when_written_plainly():
    for column in LOOKBACKS.columns:
        assert len({plain(word) for word in column.meanings.values()}) == len(column.meanings), column.name


def below_a_title(book):
    sheet = book["回头看"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "××镇2026年一季度回头看走访情况表"
    sheet["A2"] = "填表人：某某"
    sheet.merge_cells("A1:K1")


def renamed(book):
    book["回头看"].title = "走访结果"


def in_chinese_only(book):
    for cell in book["回头看"][1]:
        cell.value = f" {cell.value.split(chr(10))[0]}　"


def without_note(book):
    book["回头看"].delete_cols(PLACES["note"])


def with_a_column_between(book):
    sheet = book["回头看"]
    sheet.insert_cols(PLACES["result"])
    sheet.cell(1, PLACES["result"]).value = "走访人姓名"
    sheet.cell(2, PLACES["result"]).value = "某某"


def guide_renamed(book):
    book["说明"].title = "填表说明"


def headings_again(book):
    """Two townships' sheets pasted one below the other, with their headings."""
    book["回头看"].append([cell.value for cell in book["回头看"][1]])


def signed_below(book):
    book["回头看"].cell(9, 1).value = "填表人：某某"


def with_a_blank_row(book):
    book["回头看"].insert_rows(3)


def of_an_earlier_version(book):
    """Handed out before there was 核实方式; the office has added a column of its own."""
    with_a_column_between(book)
    book["回头看"].delete_cols(PLACES["contact"] + 1)


TOLERATED = [
    of_an_earlier_version,
    below_a_title,
    renamed,
    in_chinese_only,
    without_note,
    with_a_column_between,
    guide_renamed,
    headings_again,
    signed_below,
    with_a_blank_row,
]


@pytest.mark.parametrize("change", TOLERATED)
def test_a_page_that_is_rearranged_safely_is_read(desk, change):
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, "note": None}}, change=change))
    assert counts(done) == (3, 1, 2, 0, 0)
    assert done.accepted.select("household_id", "result", "causes_found", "measures_begun").row(0) == (
        *("H1", "confirmed", "illness", "health"),
    )


def test_a_cell_is_named_where_it_stands_now(desk):
    def moved(book):
        below_a_title(book)
        with_a_column_between_at(book, 3)
        renamed(book)

    done = desk.read(desk.book("a.xlsx", {2: {**VISITED, "result": "真的"}}, change=moved))
    assert cells(done.reasons) == [("走访结果!H4", BAD_WORD.format("核实结果"))]


def with_a_column_between_at(book, header):
    sheet = book["回头看"]
    sheet.insert_cols(PLACES["result"])
    sheet.cell(header, PLACES["result"]).value = "走访人姓名"


def test_what_is_not_read_is_told_of(desk):
    def remarked(book):
        with_a_column_between(book)
        book["回头看"]["E2"].comment = Comment("邻居反映", "officer")

    told = read_filled(desk.book("a.xlsx", {2: VISITED}, change=remarked)).unread
    assert [line.split(" / ")[0] for line in told] == [
        "G列不是发放时的列，未读入",
        "批注和图片不读入，要留下的请写进“备注”",
    ]


def test_a_note_that_begins_like_a_heading_is_kept_whole(desk):
    done = desk.read(desk.book("a.xlsx", {2: {**VISITED, "note": "走访日期 记不清"}}))
    assert done.accepted["note"].to_list() == ["走访日期 记不清"]


def test_the_time_of_day_of_a_visit_is_left_out(desk):
    done = desk.read(desk.book("a.xlsx", {2: {**VISITED, "visited_on": datetime(2026, 2, 3, 14, 30)}}))  # noqa: DTZ001
    assert str(done.accepted["visited_on"][0]) == "2026-02-03"


def test_a_renamed_copy_is_the_same_file(desk):
    first = desk.book("a.xlsx", {2: FOUND})
    assert counts(desk.read(first)) == (3, 1, 2, 0, 0)
    shutil.copy(first, desk.folder / "某某镇回头看(最终版).xlsx")
    assert counts(desk.read(desk.folder / "某某镇回头看(最终版).xlsx")) == (3, 0, 2, 0, 1)


def test_rows_of_other_townships_are_taken_and_counted(tmp_path):
    """A county brings its townships together in one workbook."""
    desk = Desk(
        tmp_path, "H1", "H2", *({"household_id": one, "township_id": "T2"} for one in ("H3", "H4", "H5"))
    )
    done = desk.read(desk.book("a.xlsx", {2: FOUND, 4: FOUND}))
    assert counts(done) == (5, 2, 3, 0, 0)
    assert done.ledger["other_townships"].to_list() == [2]


def test_townships_of_two_counties_that_share_an_id_are_two(tmp_path):
    desk = Desk(tmp_path, "H1", "H2", {"household_id": "H3", "county_id": "C2"})
    assert desk.read(desk.book("a.xlsx", {2: FOUND})).ledger["other_townships"].to_list() == [1]


def test_columns_are_found_by_the_chinese_part_of_their_heading():
    assert columns_of({2: "户编号 household id", 5: "备注\nnote", 7: "note"}) == {
        "household_id": 2,
        "note": 5,
    }


def test_the_workbook_as_it_was_handed_out_has_nothing_filled_in(desk):
    assert counts(desk.read(filled(desk.release, desk.folder / "a.xlsx", {}))) == (3, 0, 3, 0, 0)
