"""How a paper is drawn: nothing becomes a formula, it prints on wide A4, ids stay text."""

import pytest

from tests.watchlists.handed_out import opened
from tests.watchlists.injections import INJECTIONS
from watchlists.monthly.paper import Heading, Paper, draw
from watchlists.sheets.sheet_drawing import workbook
from watchlists.sheets.spreadsheet import without_control

HEADINGS = (
    Heading("who", "户主", 20, "text"),
    Heading("a", "产业", 8, "count", "措施"),
    Heading("b", "就业", 8, "count", "措施"),
    Heading("decision", "意见", 20, "open"),
)


def drawn(tmp_path, *rows, title="评议表", **changes):
    paper = Paper("评议", title, ["上面"], HEADINGS, rows, ["签字：____________"], **changes)
    with workbook(tmp_path / "a.xlsx", "a") as (book, _):
        draw(book, paper, "脚注")
    return opened(tmp_path / "a.xlsx")["评议"]


def test_title_words_heads_rows_total_and_words_follow_one_another(tmp_path):
    sheet = drawn(tmp_path, {"who": "007", "a": 2, "b": 0}, total={"who": "合计", "a": 2, "b": 0})
    lines = [[cell.value for cell in line if cell.value is not None] for line in sheet.iter_rows()]
    assert lines == [
        ["评议表"],
        ["上面"],
        ["户主", "措施", "意见"],
        ["产业", "就业"],
        ["007", 2, 0],
        ["合计", 2, 0],
        ["签字：____________"],
    ]
    assert sheet["A5"].data_type == "s"


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_a_link(tmp_path, text):
    sheet = drawn(tmp_path, {"who": text, "decision": text}, title=text)
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert (sheet["A5"].value or "").strip() == without_control(text).strip()


def test_it_prints_on_wide_a4_with_its_heads_on_every_page(tmp_path):
    sheet = drawn(tmp_path, *({"who": f"{n}"} for n in range(90)))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$4"


def test_what_is_written_in_by_hand_has_room_for_a_hand(tmp_path):
    sheet = drawn(tmp_path, {"who": "007"}, size=12)
    assert sheet.row_dimensions[5].height >= 30
    assert sheet.row_dimensions[6].height >= 30


def test_words_that_run_upwards_have_room(tmp_path):
    low, high = drawn(tmp_path), drawn(tmp_path, upright=True)
    assert high.row_dimensions[4].height > low.row_dimensions[4].height
    assert high["B4"].alignment.textRotation == 90
    assert high["A3"].alignment.textRotation == 0
