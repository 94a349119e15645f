"""The workbook of a county's progress: counts by place, and a row a household."""

import pytest

from tests.watchlists.handed_out import opened
from tests.watchlists.ledgers import came_back, ledger, listed, visit
from watchlists.ledger.progress_book import in_order, task_columns, write_progress_book
from watchlists.ledger.progress_tables import tables_of


def tasks():
    """Two duties and one by risk, of which one duty was visited."""
    rows = [listed("H1", by="rule"), listed("H2", rank=2, by="rule"), listed("H3", rank=3)]
    return ledger(rows, came_back(visit("H2")))


def book(tmp_path, rows, *, named=False):
    target = tmp_path / "C1.xlsx"
    write_progress_book(target, tables_of(tasks(), "zh"), rows, "C1 2025Q4 2026-02-10", "zh", named=named)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in opened(target)}


def test_every_table_has_a_sheet_and_the_ledger_a_row_a_household(tmp_path):
    sheets = book(tmp_path, in_order(tasks()).to_dicts())
    assert list(sheets) == ["乡镇", "行政村", "台账"]
    assert sheets["乡镇"][0][:3] == ["乡镇", "应访", "已访"]
    assert sheets["乡镇"][1][:3] == ["T1", 3, 1]
    assert sheets["乡镇"][-1][0] == "合计"
    ledger_rows = sheets["台账"]
    assert len(ledger_rows) == 4
    assert ledger_rows[0][-1] == "户编号"
    assert [row[-1] for row in ledger_rows[1:]] == ["H1", "H2", "H3"], "late first, by the day it was due"


def test_a_named_copy_has_the_head_beside_the_order_and_the_ids_last(tmp_path):
    rows = [
        {**row, "head": "欧阳", "phone": "199", "address": "一组", "number": "53"}
        for row in tasks().to_dicts()
    ]
    heads, first = book(tmp_path, rows, named=True)["台账"][:2]
    assert heads[:2] == ["走访顺序", "户主"]
    assert heads[-2:] == ["系统户编号", "户编号"]
    assert first[:2] == [1, "欧阳"]
    plain, with_names = ([name for name, *_ in task_columns(named=named)] for named in (False, True))
    assert set(with_names) - set(plain) == {"head", "address", "phone", "number"}
    assert set(plain) - set(with_names) == {"group"}, "the address says it"


@pytest.mark.parametrize("named", [False, True])
def test_printed_on_a4_no_character_is_smaller_than_nine_points(tmp_path, named):
    """Columns wider than the page are made to fit: 7 pixels a character and 5 beside (96 dpi)."""
    rows = [
        {**row, **dict.fromkeys(("head", "phone", "address", "number"), "x")} for row in tasks().to_dicts()
    ]
    book(tmp_path, rows, named=named)
    for sheet in opened(tmp_path / "C1.xlsx"):
        printed = sheet[(sheet.print_area or sheet.dimensions).split("!")[-1].replace("$", "")][0]
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in printed]
        wide = sum(width * 7 + 5 for width in widths) * 72 / 96
        room = 297 / 25.4 * 72 - (sheet.page_margins.left + sheet.page_margins.right) * 72
        assert sheet["B2"].font.size * min(1, room / wide) >= 9


def test_the_same_tasks_give_the_same_bytes(tmp_path):
    rows = tasks().to_dicts()
    book(tmp_path, rows)
    first = (tmp_path / "C1.xlsx").read_bytes()
    book(tmp_path, rows)
    assert (tmp_path / "C1.xlsx").read_bytes() == first
