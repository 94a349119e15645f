"""What came in another format is the same workbook afterwards: every kind of cell, or a refusal."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from register.sources.workbook import FORMULA, read_workbook
from watchlists.lookbacks.as_workbook import CellPage, Formula, workbook_of

CELLS = {
    (0, 0): "户编号",
    (0, 1): "内容",
    (1, 0): "0012",
    (1, 1): 3,
    (2, 1): 0.5,
    (3, 1): True,
    (4, 1): date(2026, 2, 3),
    (5, 1): datetime(2026, 2, 3, 8, 30),  # noqa: DTZ001 - a cell has no zone
    (6, 1): date(1850, 1, 1),
    (7, 1): "=1+1",
    (8, 1): "_x000D_",
}


def test_every_kind_of_cell_reads_as_it_was():
    sheet = read_workbook(Path("a"), workbook_of([CellPage("页", True, CELLS)]))
    assert sheet.frame["户编号"].to_list() == ["0012", *[None] * 7]
    assert sheet.frame["内容"].to_list() == [
        *("3", "0.5", "true", "2026-02-03", "2026-02-03 08:30:00", "1850-01-01", "=1+1", "_x000D_"),
    ]


def test_a_formula_stays_one():
    cells = {(0, 0): "户编号", (1, 0): Formula()}
    (finding,) = read_workbook(Path("a"), workbook_of([CellPage("页", True, cells)])).findings
    assert finding.reason == FORMULA[0]


def test_hidden_pages_stay_hidden_and_merged_cells_merged():
    pages = [CellPage("一", False, {}), CellPage("二", True, {(0, 0): "题"}, [(0, 0, 0, 3)])]
    book = openpyxl.load_workbook(BytesIO(workbook_of(pages)))
    assert [sheet.sheet_state for sheet in book] == ["hidden", "visible"]
    assert [str(one) for one in book["二"].merged_cells.ranges] == ["A1:D1"]
    assert book["二"]["A1"].value == "题"


def test_a_title_that_a_workbook_cannot_have_is_its_number():
    pages = [CellPage("a/b", True, {}), CellPage("x" * 40, True, {}), CellPage("页", True, {})]
    assert openpyxl.load_workbook(BytesIO(workbook_of(pages))).sheetnames == ["第1页", "第2页", "页"]


@pytest.mark.parametrize("cells", [{(0, 0): "长" * 32_768}, {(1_048_576, 0): "下"}, {(0, 16_384): "右"}])
def test_what_has_no_room_is_refused_and_not_cut_off(cells):
    with pytest.raises(ValueError, match="no room"):
        workbook_of([CellPage("页", True, cells)])
