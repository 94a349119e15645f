"""A filled column is renamed, recoded, added up or dated exactly, or marked so that no cast accepts it."""

import polars as pl
import pytest

from register.errors import ParamsError
from register.sources.fill import filled
from register.sources.mapping_cell import Cell


def value(cell, pieces=None, **columns):
    frame = pl.DataFrame(
        {name: [text] for name, text in columns.items()}, schema_overrides=dict.fromkeys(columns, pl.String)
    )
    return frame.with_columns(filled(cell, pieces or {}).alias("out"))["out"].item()


@pytest.mark.parametrize(
    ("text", "spelling", "day", "message"),
    [
        ("202402", "YYYYMM", "last", "2024-02-29"),
        ("202402", "YYYYMM", "first", "2024-02-01"),
        ("2024", "YYYY", "last", "2024-12-31"),
        ("2024年03月", "YYYY年MM月", "first", "2024-03-01"),
        ("2024年3月", "YYYY年MM月", "last", "2024-03-31"),
        ("5.3.2024", "DD.MM.YYYY", None, "2024-03-05"),
        ("20243", "YYYYMM", "last", "20243"),
        ("05.03.2024", "DD.MM.YYYY", None, "2024-03-05"),
        ("202413", "YYYYMM", "last", "202413"),
        ("2024-05-06", "YYYYMM", "last", "2024-05-06"),
        (None, "YYYYMM", "last", None),
    ],
)
def test_dates_are_read_as_spelled_or_left_for_casting_to_judge(text, spelling, day, message):
    assert value(Cell(column="a", date=spelling, day=day), a=text) == message


@pytest.mark.parametrize("text", ["05x03x2024", "０５.03.2024"])
def test_a_spelling_is_kept_to_the_letter(text):
    assert value(Cell(column="a", date="DD.MM.YYYY"), a=text) == text


@pytest.mark.parametrize("text", ["9999999", "9999999.0", " 9999999 ", "+9999999", "-9", "不详"])
def test_what_a_mapping_declares_missing_is_no_value_as_text_and_as_number(text):
    cell = Cell(column="a", missing=("9999999", "-9", "不详"))
    assert value(cell, a=text) is None
    assert value(Cell(column="a", factor=10000, missing=cell.missing), a=text) is None
    assert value(Cell(add=("a", "b"), missing=cell.missing), a=text, b="5") == "5"
    assert value(cell, a="99999990") == "99999990"


def test_digits_of_another_script_are_never_counted_with():
    assert value(Cell(add=("a", "b")), a="１２", b="5") == "１２ + 5 +"
    assert value(Cell(column="a", factor=10000), a="１２") == "１２ × 10000"


@pytest.mark.parametrize(
    ("text", "message"),
    [("1.1", "11000"), (" 12 ", "120000"), ("1e3", "1e3 × 10000"), ("约3", "约3 × 10000"), (None, None)],
)
def test_a_factor_is_exact_or_marks_what_it_can_not_multiply(text, message):
    assert value(Cell(column="a", factor=10000), a=text) == message


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("0.1", "0.2"), "0.3"),
        (("5", None), "5"),
        ((None, None), None),
        (("5", "x"), "5 + x +"),
        (("1e3", None), "1e3 +"),
    ],
)
def test_a_sum_is_exact_or_marks_what_it_can_not_add(parts, message):
    assert value(Cell(add=("a", "b")), a=parts[0], b=parts[1]) == message


def test_joined_names_need_all_their_parts():
    cell = Cell(join=("乡", "村"))
    assert value(cell, 乡="元马镇", 村=" 星火村 ") == "元马镇-星火村"
    assert value(cell, 乡="元马镇", 村="") is None


@pytest.mark.parametrize(
    ("text", "factor", "message"),
    [
        ("12", "52/12", "52"),
        ("1", "52/12", "4.333333333333333333"),
        ("300", "1/12", "25"),
        ("x", "1/12", "x × 1/12"),
    ],
)
def test_weekly_and_yearly_amounts_become_monthly_ones(text, factor, message):
    assert value(Cell(column="a", factor=factor), a=text) == message


@pytest.mark.parametrize("factor", [0, "0/12", "52/0", "1.5", "x"])
def test_a_factor_is_a_whole_number_or_a_fraction(factor):
    with pytest.raises(
        ParamsError, match=f"found {factor}, allowed is any other whole number, or a fraction"
    ):
        Cell.of({"from": "a", "factor": factor})


@pytest.mark.parametrize(
    ("age", "birth"),
    [
        ("44", "1965-06-30"),
        ("0", "2009-06-30"),
        ("101.0", "1908-06-30"),
        ("4.5", "4.5 岁"),
        ("130", "130 岁"),
        ("NA", "NA"),
        (None, None),
    ],
)
def test_an_age_on_a_day_becomes_the_middle_of_the_year_of_birth_or_no_date_at_all(age, birth):
    cell = Cell(column="a", aged_on=Cell(constant="2009-12-31"))
    assert value(cell, a=age) == birth
    assert value(Cell(column="a", aged_on=Cell(column="b")), a=age, b="2009-12-31") == birth


def test_the_column_of_the_interview_is_read_too():
    cell = Cell.of({"from": "age", "aged_on": "day"})
    assert (cell.headers, cell.every_header) == (("age",), ("age", "day"))
