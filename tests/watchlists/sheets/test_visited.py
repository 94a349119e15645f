"""What a workbook says of visits that were made this season."""

from datetime import date

import pytest

from tests.watchlists.handed_out import opened
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from watchlists.lookbacks.sheet import read_filled
from watchlists.reasons.household_view import household_view
from watchlists.sheets.workbook import write_workbook

MARK = "2025Q4-0123456789abcdef"
VISIT = {"last_visit_on": date(2026, 1, 5), "visit_result": "confirmed"}
TRY = {"last_visit_on": date(2026, 1, 6), "visit_result": "not_at_home"}


def written(target, *rows, gone=0, named=False):
    views = [household_view(row, reference_names(), "zh") for row in rows]
    if named:
        views = [{**one, **dict.fromkeys(("number", "head", "phone", "address"), "x")} for one in views]
    write_workbook(target, views, "C1 T1", MARK, FALLS, LINE, "zh", named=named, gone=gone)
    return opened(target)


def column(sheet, name):
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(name)] for row in sheet.iter_rows(min_row=2)]


def test_a_first_list_has_no_column_for_visits(tmp_path):
    book = written(tmp_path / "T1.xlsx", listed_row("H1"))
    assert "已走访" not in [cell.value for name in ("名单", "回头看") for cell in book[name][1]]


def test_what_was_found_stands_on_both_sheets_and_only_who_was_met_is_closed(tmp_path):
    """H1 was visited, at H2 nobody was at home, H3 is still to be visited."""
    rows = [listed_row("H1", **VISIT), listed_row("H2", rank=2, **TRY), listed_row("H3", rank=3)]
    book = written(tmp_path / "T1.xlsx", *rows)
    for name in ("名单", "回头看"):
        told = [cell.value for cell in column(book[name], "已走访")]
        assert told == ["2026-01-05 风险属实", "2026-01-06 户主不在家", None]
    for yellow in ("走访日期", "走访人身份", "核实结果", "备注"):
        cells = column(book["回头看"], yellow)
        assert [cell.protection.locked for cell in cells] == [True, False, False]
        assert [cell.value for cell in cells] == [None, None, None]


def test_the_guide_counts_the_visited_and_those_who_made_room(tmp_path):
    words = [
        "".join(str(cell.value) for cell in written(tmp_path / "T1.xlsx", *rows, gone=gone)["说明"]["A"])
        for rows, gone in (([listed_row("H1", **VISIT)], 2), ([listed_row("H1")], 0))
    ]
    assert "1户不再走访" in words[0]
    assert "2户离开名单，由排在后面的户补上" in words[0]
    assert "不再走访" not in words[1]
    assert "离开名单" not in words[1]


def test_the_column_is_one_of_those_handed_out_when_the_workbook_comes_back(tmp_path):
    written(tmp_path / "T1.xlsx", listed_row("H1", **VISIT), listed_row("H2", rank=2))
    filled = read_filled(tmp_path / "T1.xlsx")
    assert filled.unread == ()
    assert not filled.filled.any()


@pytest.mark.parametrize("named", [False, True])
def test_printed_on_a4_no_character_is_smaller_than_nine_points_with_the_column_too(tmp_path, named):
    """Columns wider than the page are made to fit: 7 pixels a character and 5 beside (96 dpi)."""
    book = written(tmp_path / "T1.xlsx", listed_row("H1", **VISIT), named=named)
    for name in ("名单", "回头看"):
        sheet = book[name]
        printed = sheet[sheet.print_area.split("!")[1].replace("$", "")][0]
        assert "已走访" in [cell.value for cell in printed]
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in printed]
        wide = sum(width * 7 + 5 for width in widths) * 72 / 96
        room = 297 / 25.4 * 72 - (sheet.page_margins.left + sheet.page_margins.right) * 72
        assert sheet["C2"].font.size * min(1, room / wide) >= 9
