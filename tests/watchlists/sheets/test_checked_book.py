"""Nothing that XlsxWriter refuses vanishes without a word."""

from io import BytesIO

import openpyxl
import pytest

from register.errors import ParamsError, StoreError
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from tests.watchlists.sheets.test_cleaning import book_of, column, doubt, row_aside
from watchlists.reasons.household_view import household_view
from watchlists.sheets import sheet_drawing, workbook
from watchlists.sheets.checked_book import GOES_ON, MOST_ROWS, MOST_UNITS, PIECE, REST_SHEET, CheckedBook
from watchlists.sheets.sheet_drawing import workbook as opened_to_write
from watchlists.sheets.sheet_drawing import write
from watchlists.sheets.workbook import write_workbook


def cells_of(path):
    return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def last_row_and_next(target):
    with opened_to_write(target, "a") as (book, styles):
        sheet = book.add_worksheet("隔离行")
        write(sheet, MOST_ROWS, 0, "the last row", styles["text"])
        write(sheet, MOST_ROWS + 1, 0, "the next", styles["text"])


def test_a_row_beyond_the_sheets_end_is_refused_and_no_file_is_left(tmp_path):
    with pytest.raises(StoreError, match=r"sheet 隔离行: write_string was refused \(-1\), at A1048577"):
        last_row_and_next(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


BEYOND = {
    "write_number": (MOST_ROWS + 1, 0, 1),
    "write_blank": (MOST_ROWS + 1, 0, None, object()),
    "set_row": (MOST_ROWS + 1, 20),
    "set_column": (0, 20_000, 9),
    "write_comment": (0, 0, "x" * (MOST_UNITS + 1)),
    "write_string": (0, 0, "x" * (MOST_UNITS + 1)),
    "autofilter": (0, 0, MOST_ROWS + 1, 0),
    "data_validation": (1, 0, MOST_ROWS + 1, 0, {"validate": "any", "input_title": "a"}),
    "conditional_format": (1, 0, MOST_ROWS + 1, 0, {"type": "data_bar"}),
}


@pytest.mark.parametrize("call", BEYOND)
def test_every_call_that_was_not_carried_out_is_refused(tmp_path, call):
    book = CheckedBook(tmp_path / "a.xlsx")
    with pytest.raises(StoreError, match=rf"sheet S: {call}(_pixels)? was refused"):
        getattr(book.add_worksheet("S"), call)(*BEYOND[call])


@pytest.mark.filterwarnings("ignore:Length of list items")
def test_a_choice_too_long_for_a_drop_down_is_refused(tmp_path):
    sheet = CheckedBook(tmp_path / "a.xlsx").add_worksheet("S")
    with pytest.raises(StoreError, match=r"data_validation was refused \(-2\), at B2"):
        sheet.data_validation(1, 1, 9, 1, {"validate": "list", "source": ["x" * 200, "y" * 200]})


@pytest.mark.parametrize("text", ["x" * MOST_UNITS, "x" * (MOST_UNITS + 1), "x" * 99_999, "𠮷" * 20_000])
def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_that_the_cell_names(tmp_path, text):
    """𠮷 takes two of the units that a cell counts."""
    with opened_to_write(tmp_path / "a.xlsx", "a") as (book, styles):
        write(book.add_worksheet("名单"), 4, 2, text, styles["text"])
    made = cells_of(tmp_path / "a.xlsx")
    if len(text) <= MOST_UNITS and text.isascii():
        assert (made.sheetnames, made["名单"]["C5"].value) == (["名单"], text)
        return
    first = made["名单"]["C5"].value
    rows = list(made[REST_SHEET].iter_rows(min_row=2, values_only=True))
    assert first == text[:PIECE] + GOES_ON
    assert [row[:3] for row in rows] == [("名单", "C5", str(number)) for number in range(2, len(rows) + 2)]
    assert text[:PIECE] + "".join(row[3] for row in rows) == text
    assert max(len(cell.encode("utf-16-le")) // 2 for *_, cell in [*rows, (first,)]) <= MOST_UNITS


def test_a_cleaning_list_longer_than_a_sheet_goes_on_in_further_sheets_and_says_so(tmp_path, monkeypatch):
    """A county's worth of quarantined rows lost its tail without a word."""
    monkeypatch.setattr(sheet_drawing, "MOST_ROWS", 3)
    book = book_of(tmp_path, [doubt()] * 4, [row_aside(row=number) for number in range(2, 10)])
    assert book.sheetnames == ["疑点", "疑点 (2)", "隔离行", "隔离行 (2)", "隔离行 (3)", "说明"]
    pages = [book[name] for name in ("隔离行", "隔离行 (2)", "隔离行 (3)")]
    assert [row for page in pages for row in column(page, "B")] == list(range(2, 10))
    assert [page.auto_filter.ref for page in pages] == ["A1:E4", "A1:E4", "A1:E3"]
    assert all(len(book[name].data_validations.dataValidation) == 1 for name in ("疑点", "疑点 (2)"))
    told = column(book["说明"], "B")
    assert told[:2] == [
        "Sheet 疑点 is full: its rows go on in 疑点 (2).",
        "Sheet 隔离行 is full: its rows go on in 隔离行 (2), 隔离行 (3).",
    ]


def test_a_list_that_fits_is_not_said_to_go_on(tmp_path):
    assert not [words for words in column(book_of(tmp_path, [doubt()])["说明"], "B") if "go on" in words]


def test_more_households_than_the_sheet_that_is_handed_back_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    rows = [household_view(listed_row(one), reference_names(), "zh") for one in ("H1", "H2")]
    with pytest.raises(ParamsError) as refused:
        write_workbook(tmp_path / "T1.xlsx", rows, "C1 T1 2025Q4", "mark", FALLS, LINE, "zh")
    assert str(refused.value) == (
        "watchlist.capacity: C1 T1 2025Q4 lists 2 households, a workbook holds 1; "
        "lower the visits of this place in watchlist.capacity"
    )


def test_a_title_of_long_names_is_cut_with_a_mark_and_keeps_its_ampersands(tmp_path):
    book = book_of(tmp_path, [doubt()], title="&" * 300)
    assert book["疑点"].oddHeader.left.text == "&&" * 99 + "…"


def test_a_file_that_cannot_be_made_is_told_as_the_system_tells_it(tmp_path):
    book = CheckedBook(tmp_path / "no such folder" / "a.xlsx")
    book.add_worksheet("S")
    with pytest.raises(FileNotFoundError):
        book.close()
