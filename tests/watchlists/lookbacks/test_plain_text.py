"""A page saved as CSV has its cells where the spreadsheet showed them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.lookbacks.plain_text import TITLE, text_page

PATH = Path("a.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_proven_encoding_and_separator_is_read(encoding, separator):
    text = f'户编号{separator}备注\r\nH1{separator}"住院{separator}\n两次"\r\n\r\nH2{separator}\r\n'
    one = text_page(PATH, text.encode(encoding))
    assert one.title == TITLE
    assert one.cells == {
        (0, 0): "户编号",
        (0, 1): "备注",
        (1, 0): "H1",
        (1, 1): f"住院{separator}\n两次",
        (3, 0): "H2",
    }


def test_a_line_that_names_the_separator_is_no_row():
    assert text_page(PATH, "sep=;\n户编号;备注\n".encode()).cells == {(0, 0): "户编号", (0, 1): "备注"}


@pytest.mark.parametrize(
    "raw",
    ['户编号,备注\nH1,"门锁着\n'.encode(), "户编号，备注\n".encode(), "户编号\n".encode() + b"\xff\xfe\x81"],
)
def test_what_is_in_doubt_is_refused(raw):
    with pytest.raises(ValueError, match=r"a\.csv|quote"):
        text_page(PATH, raw)


def test_far_more_than_any_page_is_refused_unread(monkeypatch):
    monkeypatch.setattr("watchlists.lookbacks.plain_text.MOST_BYTES", 9)
    with pytest.raises(ValueError, match="far too large"):
        text_page(PATH, "户编号,备注\n".encode())


@given(st.lists(st.text('户因病ab1, "', max_size=5), min_size=1, max_size=6))
def test_no_cell_of_a_row_is_lost(cells):
    import csv
    import io

    made = io.StringIO()
    csv.writer(made).writerow(["户编号", *cells])
    kept = text_page(PATH, made.getvalue().encode()).cells
    assert kept == {(0, place): one for place, one in enumerate(["户编号", *cells]) if one.strip()}
