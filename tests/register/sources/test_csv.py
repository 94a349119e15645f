"""What parts the cells of a CSV, what its lines are, and what stands beside its header."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import SourceError
from register.sources.files import is_readable, read_sheet
from register.sources.separator import SEPARATORS

NAMES = ["household_id", "recorded_on"]
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters='"'), max_size=5)
KNOWN = ["逗号 comma", "分号 semicolon", "制表符 tab", "竖线 vertical bar"]
AS_CSV = "save the file as CSV UTF-8 (comma)"
BEYOND = (
    "lies beyond the header; name its column or clear it, or where a title stands above the header, remove "
    "it (a mapping can say header: 2 instead)"
)
TRAILING = "rows end in a separator where the header does not: end the header with one too, then run again"
NAMELESS = "the header lacks the name of a column, or a comma in the row is not quoted; mend which it is"
TITLE = "row 1 seems to be a title; remove what stands above the column names"
QUOTES = "write a quote within a text twice, and quote the whole text"
CUT = "the file is cut or a comma is not quoted; mend the row or ask for the file again"


def read(text, name="a.csv"):
    return read_sheet(Path(name), text.encode("utf-8-sig"))


def refusal_of(text):
    with pytest.raises(SourceError) as refusal:
        read(text)
    return str(refusal.value).removeprefix("a.csv")


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5), separator=st.sampled_from([*SEPARATORS]))
def test_a_table_is_the_same_whatever_parts_its_cells(rows, separator):
    lines = [separator.join(NAMES), *(separator.join(f'"{cell}"' for cell in row) for row in rows)]
    kept = [tuple(cell or None for cell in row) for row in rows if any(cell.strip() for cell in row)]
    assert read("\n".join(lines)).frame.rows() == kept


@pytest.mark.parametrize(
    ("sign", "message"), [(";", "分号 semicolon"), ("\t", "制表符 tab"), ("|", "竖线 vertical bar")]
)
def test_a_separator_other_than_the_comma_is_told(sign, message):
    assert read(f"a{sign}b\n1{sign}2\n").notes == ("编码 / encoding utf-8", f"分隔符 / separator {message}")
    assert read("a,b\n1,2\n").notes == ("编码 / encoding utf-8",)


@pytest.mark.parametrize("line", ["sep=,", "SEP=,", '"sep=,"', "sep=,,,"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_by_which_excel_tells_the_separator_is_no_header(line, end):
    sheet = read(end.join([line, "a,b", "1,2", ""]))
    assert (sheet.frame.columns, sheet.frame.rows(), sheet.rows.to_list()) == (["a", "b"], [("1", "2")], [3])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sep=#\na#b\n",
            f": the cells are parted by '#', allowed are {KNOWN}; {AS_CSV}",
        ),
        (
            "a，b\n1，2\n",
            f": the cells are parted by '，', allowed are {KNOWN}; {AS_CSV}",
        ),
        (
            "a;b;c,d\n",
            f": the header holds {KNOWN[:2]}, so that the separator is not clear; {AS_CSV}",
        ),
        ("'a','b'\n'1','2'\n", ": the cells are quoted with '; save the file as CSV UTF-8, which takes \""),
        ("a,b,\n1,2,3\n", f" row 2: a cell {BEYOND}"),
        ("a,b\n1,2,\n3,4,\n", f" row 2: found 3 cells, the header has 2; {TRAILING}"),
        ("a,b\n1,2,3\n", f" row 2: found 3 cells, the header has 2; {NAMELESS}"),
        ("云南省表\na,b\n1,2\n", f" row 2: found 2 cells, the header has 1; {TITLE}"),
        (
            "sep=,\na,b\n1\n",
            f" row 3: found 1 cells, the header has 2; {CUT}",
        ),
        ('sep=,\na,b\n"1,2\n', f" line 3: not a valid CSV row (unexpected end of data); {QUOTES}"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_one_thing_to_do(text, message):
    assert refusal_of(text) == message


def test_blanks_and_marks_around_a_name_and_cleared_columns_behind_them_do_not_matter():
    """A second byte-order mark, a full-width space, and two columns that were cleared in Excel."""
    assert read("\ufeff household_id,\u3000recorded_on\xa0,,\nH1,2024-01-01,, \n").frame.columns == NAMES


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_rows_end_as_any_system_ends_them(end):
    assert read(end.join(["a,b", "1,2", "", "3,4"])).rows.to_list() == [2, 4]


def test_a_zero_byte_in_a_cell_harms_its_row_alone():
    assert read("a,b\n1\x00,2\n3,4\n").frame["b"].to_list() == ["2", "4"]
    assert refusal_of("a\x00,b\x00\n") == ": found zero bytes, so not UTF-8 text; save the file as CSV UTF-8"


@pytest.mark.parametrize(
    ("name", "is_read"), [("members.txt", True), ("READ ME.txt", False), ("members.tsv", True)]
)
def test_text_files_are_read_where_their_name_says_that_they_are_tables(name, is_read):
    assert is_readable(Path(name)) == is_read
    assert read("a\tb\n1\t2\n", name).frame.rows() == [("1", "2")]


@pytest.mark.parametrize("text", ["\n\na,b\n1,2\n", ",,\r\n \t,\r\na,b\r\n1,2\r\n", "sep=,\n\na,b\n1,2\n"])
def test_blank_lines_above_the_header_are_no_rows(text):
    sheet = read(text)
    assert (sheet.frame.rows(), sheet.rows.to_list()) == ([("1", "2")], [4])


def test_what_the_message_on_trailing_separators_asks_for_is_read():
    assert read("a,b,\n1,2,\n3,4,\n").frame.rows() == [("1", "2"), ("3", "4")]


def test_a_separator_behind_the_header_alone_adds_no_column():
    """A script joined the names with a comma behind each, and the rows without."""
    assert read("a,b,\n1,2\n3,4\n").frame.rows() == [("1", "2"), ("3", "4")]
    assert refusal_of("a,b,\n1,2\n3\n") == f" row 3: found 1 cells, the header has 2; {CUT}"


def test_the_line_that_names_the_columns_can_be_told():
    raw = "云南省表,,\n截至10月,,\na,b\n1,2\n".encode("utf-8-sig")
    sheet = read_sheet(Path("a.csv"), raw, header=3)
    assert (sheet.frame.rows(), sheet.rows.to_list()) == ([("1", "2")], [4])


def test_two_byte_order_marks_before_a_quoted_name_are_none_of_it():
    assert read('\ufeff"a","b"\n"1","2"\n').frame.columns == ["a", "b"]
