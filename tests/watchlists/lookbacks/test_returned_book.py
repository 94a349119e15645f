"""The sheet to hand back: only the refused rows, the cell coloured, why and what to do beside it."""

import openpyxl
import pytest

from watchlists.lookbacks.pages import HEADINGS
from watchlists.lookbacks.returned import Objection, Returned
from watchlists.lookbacks.returned_book import refused_fields, write_returned_book

MARK = "2025Q4-0123456789abcdef"
SAID = Objection("回头看!E5", "走访日期", "走访日期读不出 / cannot be read", "写全 / write it in full")
ALSO = Objection("回头看!G5", "核实结果", "没有核实结果 / no result", "请选 / choose")
CELLS = {"走访顺序": "4", "户编号": "H4", "走访日期": "昨天", "备注": "=门锁着"}
ORANGE, YELLOW = "FFF4B183", "FFFFF9E5"


def row(**changes):
    kept = (
        "0123456789ab",
        "2025Q4",
        "0123456789abcdef",
        "folder",
        "C1",
        "T1",
        "H4",
        "2026-03-01",
        "a.xlsx",
        5,
    )
    return Returned(*kept, **{"cells": CELLS, "objections": (SAID, ALSO), **changes})


def sheet_of(tmp_path, *rows, language="zh"):
    write_returned_book(tmp_path / "a.xlsx", rows, "T1", MARK, language)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["回头看"]
    return book, sheet, {str(cell.value).split("\n")[0]: cell.column for cell in sheet[1]}


@pytest.fixture
def written(tmp_path):
    return sheet_of(tmp_path, row())


def test_what_was_written_stands_as_it_was_and_what_was_refused_is_coloured_and_may_be_changed(written):
    _, sheet, columns = written
    values = {zh: sheet.cell(2, column).value for zh, column in columns.items()}
    assert (values["走访顺序"], values["户编号"], values["走访日期"], values["备注"]) == (
        4,
        "H4",
        "昨天",
        "=门锁着",
    )
    assert sheet.cell(2, columns["备注"]).data_type == "s"
    colours = {zh: sheet.cell(2, columns[zh]).fill.start_color.rgb for zh in HEADINGS}
    assert {zh for zh, one in colours.items() if one == ORANGE} == {"走访日期", "核实结果"}
    assert not any(sheet.cell(2, columns[zh]).protection.locked for zh in HEADINGS if zh != "户编号")
    assert sheet.cell(2, columns["户编号"]).protection.locked
    assert sheet.protection.sheet


def test_a_household_that_was_refused_may_be_changed(tmp_path):
    _, sheet, columns = sheet_of(
        tmp_path, row(objections=(Objection("B5", "户编号", "不在 / not", "查 / look"),))
    )
    assert not sheet.cell(2, columns["户编号"]).protection.locked


@pytest.mark.parametrize(
    ("language", "why", "what"),
    [
        ("zh", "走访日期：走访日期读不出\n核实结果：没有核实结果", "走访日期：写全\n核实结果：请选"),
        (
            "en",
            "走访日期：cannot be read\n核实结果：no result",
            "走访日期：write it in full\n核实结果：choose",
        ),
        (
            *("both", "走访日期：走访日期读不出 / cannot be read\n核实结果：没有核实结果 / no result"),
            "走访日期：写全 / write it in full\n核实结果：请选 / choose",
        ),
    ],
)
def test_why_and_what_to_do_stand_beside_it_in_the_language_of_the_lists(tmp_path, language, why, what):
    _, sheet, columns = sheet_of(tmp_path, row(), language=language)
    assert (sheet.cell(2, columns["退回原因"]).value, sheet.cell(2, columns["怎样更正"]).value) == (why, what)


def test_it_says_its_list_and_its_rows_wherever_it_goes(written):
    book, sheet, columns = written
    assert book["说明"]["B2"].value == MARK
    assert sheet.cell(2, columns["名单编号"]).value == MARK
    assert sheet.cell(2, columns["退回编号"]).value == "0123456789ab"


def test_it_offers_the_words_to_choose_from(written):
    _, sheet, _ = written
    offered = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert len(offered) >= 4


def test_an_objection_to_no_column_of_the_sheet_colours_nothing():
    assert refused_fields([Objection("A1", "别的", "x / y", "x / y")]) == []
