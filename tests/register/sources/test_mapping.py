"""A mapping renames and recodes; whatever else it tries is refused before any file is opened."""

from datetime import date

import polars as pl
import pytest

from register.errors import ContractError, ParamsError
from register.intake.casting import cast
from register.sources.fill import filled
from register.sources.mapping import Cell
from register.sources.mapping_file import load_mapping
from register.sources.open import open_source
from register.tables import TABLES
from tests.parameters import source_section
from tests.register.exports import workbook


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
        ("5.3.2024", "DD.MM.YYYY", "", "2024-03-05"),
        ("20243", "YYYYMM", "last", "20243"),
        ("05.03.2024", "DD.MM.YYYY", "", "2024-03-05"),
        ("202413", "YYYYMM", "last", "202413"),
        ("2024-05-06", "YYYYMM", "last", "2024-05-06"),
        (None, "YYYYMM", "last", None),
    ],
)
def test_dates_are_read_as_spelled_or_left_for_casting_to_judge(text, spelling, day, message):
    assert value(Cell(headers=("a",), date=spelling, day=day), a=text) == message


@pytest.mark.parametrize("text", ["05x03x2024", "０５.03.2024"])
def test_a_spelling_is_kept_to_the_letter(text):
    assert value(Cell(headers=("a",), date="DD.MM.YYYY"), a=text) == text


@pytest.mark.parametrize("text", ["9999999", "9999999.0", " 9999999 ", "+9999999", "-9", "不详"])
def test_what_a_mapping_declares_missing_is_no_value_as_text_and_as_number(text):
    cell = Cell(headers=("a",), missing=("9999999", "-9", "不详"))
    assert value(cell, a=text) is None
    assert value(Cell(headers=("a",), factor=10000, missing=cell.missing), a=text) is None
    assert value(Cell(headers=("a", "b"), add=True, missing=cell.missing), a=text, b="5") == "5"
    assert value(cell, a="99999990") == "99999990"


def test_digits_of_another_script_are_never_counted_with():
    assert value(Cell(headers=("a", "b"), add=True), a="１２", b="5") == "１２ + 5 +"
    assert value(Cell(headers=("a",), factor=10000), a="１２") == "１２ × 10000"


@pytest.mark.parametrize(
    ("text", "message"),
    [("1.1", "11000"), (" 12 ", "120000"), ("1e3", "1e3 × 10000"), ("约3", "约3 × 10000"), (None, None)],
)
def test_a_factor_is_exact_or_marks_what_it_can_not_multiply(text, message):
    assert value(Cell(headers=("a",), factor=10000), a=text) == message


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
    assert value(Cell(headers=("a", "b"), add=True), a=parts[0], b=parts[1]) == message


def test_joined_names_need_all_their_parts():
    cell = Cell(headers=("乡", "村"), join=True)
    assert value(cell, 乡="元马镇", 村=" 星火村 ") == "元马镇-星火村"
    assert value(cell, 乡="元马镇", 村="") is None


VILLAGES = """
files:
  - path: "{exported_on}/村*"
    county: 县
    records:
      - table: villages
        columns:
          village_id: 村
          township_id: 乡
          county_id: 县
          region_id: {constant: "530000"}
          valid_from: {given: exported_on}
          recorded_on: {given: exported_on}
"""


def refusal_of(tmp_path, text):
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as refusal:
        load_mapping(str(tmp_path / "m.yaml"))
    return str(refusal.value).removeprefix(f"{tmp_path}/m.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("files:", "file:", ": found no list of files; see docs/sources.md"),
        ("county: 县", "county: [", " line 6: not readable as YAML; mend indents, colons and doubled names"),
        (
            "village_id: 村",
            "township_id: 村",
            " line 8: not readable as YAML; mend indents, colons and doubled names",
        ),
        (
            "county: 县",
            "country: 县",
            ": a file lacks ['county'] and has unknown ['country']; it has ['county', 'path', ",
        ),
        ("table: villages", "table: hamlets", ": found table 'hamlets', allowed are ['villages', "),
        (
            "village_id: 村",
            "hamlet_id: 村",
            ": villages : unknown columns ['hamlet_id'], no value for required ['village_id']; allowed are [",
        ),
        (
            "village_id: 村",
            "village_id: {python: 村}",
            ": villages.village_id: expected a delivered column, or one of ['from', ",
        ),
        (
            "village_id: 村",
            "village_id: {from: 村, upper: 1}",
            ": villages.village_id: unknown ['upper'], from '村'; from takes one text in quotes, ",
        ),
        (
            "village_id: 村",
            "village_id: {join: 村}",
            ": villages.village_id: unknown [], join '村'; join takes a list of ",
        ),
        (
            "village_id: 村",
            "village_id: {from: 村, date: YYYYMM}",
            ": villages.village_id: day is one of ('first', 'last'), for a date without DD",
        ),
        ("village_id: 村", "village_id: {each: 村}", ": villages.village_id: each needs codes"),
        (
            "village_id: 村",
            "village_id: {from: 村, part: [4, 2]}",
            ": villages.village_id: part is [first, last] character",
        ),
        (
            "village_id: 村",
            "village_id: {from: 村, factor: 1.5}",
            ": villages.village_id: factor is a whole number other than 0",
        ),
        (
            "{given: exported_on}",
            "{given: season}",
            ": given ['season'] is no {piece} of path '{exported_on}/村*'",
        ),
        (
            "village_id: 村",
            "village_id: {from: 村, missing: 9}",
            ": villages.village_id: missing is a list of the numbers and texts that stand for no value",
        ),
        (
            "county: 县",
            "county: 县\n    missing: [true]",
            ": missing is [True], allowed is a list of the numbers and texts that stand for no ",
        ),
        ("county: 县", "county: 县\n    header: 0", ": header is 0, allowed is a row number from 1 on"),
        ("county: 县", "county: 县\n    header: true", ": header is True, allowed is a row number"),
        (
            "county: 县",
            "county: 县\n    sheet: 2024",
            ": sheet is 2024, allowed is its name as text in quotes",
        ),
        ("{exported_on}/村*", "{1}/村*", ": path is '{1}/村*', allowed is a text; a {piece} has a name"),
        ("{exported_on}/村*", "{a}/{a}", ": path '{a}/{a}' has two pieces of one name; rename one"),
        (
            "village_id: 村",
            "village_id: {from: 村, factor: 0}",
            ": villages.village_id: factor is a whole number",
        ),
        ("village_id: 村", "village_id: {from: 村, factor: true}", ": villages.village_id: factor is"),
        ("village_id: 村", "village_id: {from: 村, part: [true, 2]}", ": villages.village_id: part is"),
        (
            "village_id: 村",
            "village_id: {from: 村, date: YYYY-M, day: first}",
            ": villages.village_id: date is",
        ),
        ("village_id: 村", "village_id: {from: 村, date: YYYYDD}", ": villages.village_id: date is spelled"),
        ("table: villages", "table: [villages]", ": found table ['villages'], allowed are"),
        ("village_id: 村", "village_id: 2024-99-99", ": not readable as YAML"),
        ("village_id: 村", "village_id: {[a]: 5}", " line 8: not readable as YAML"),
    ],
)
def test_what_a_mapping_can_not_say_is_refused_by_place(tmp_path, old, new, message):
    assert refusal_of(tmp_path, VILLAGES.replace(old, new)).startswith(message)


def test_codes_outside_the_contract_and_records_made_twice_are_refused(tmp_path):
    cell = "has_clinic: 室\n          village_id: {from: 村, codes: {甲: {}}}"
    assert "codes is a list of 'delivered text': code" in refusal_of(
        tmp_path, VILLAGES.replace("village_id: 村", cell)
    )
    record = VILLAGES[VILLAGES.index("      - table") :]
    assert refusal_of(tmp_path, VILLAGES + record) == (
        ": ['villages'] is made twice of the same row; tell them apart by one_for_each"
    )
    housing = VILLAGES + (
        "      - table: housing\n        columns: {household_id: 户, occurred_on: 日, recorded_on: 日,\n"
        "          grade: {from: 级, codes: {甲: Z}}}\n"
    )
    assert refusal_of(tmp_path, housing) == (
        ": housing.grade: unknown codes ['Z'], allowed are ['A', 'B', 'C', 'D']"
    )


def test_a_mapping_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ParamsError) as refusal:
        load_mapping("nowhere.yaml")
    assert str(refusal.value) == (
        "nowhere.yaml: no such mapping; source.mapping is a YAML file or one of "
        "['national_exports', 'national_exports_monthly']"
    )


def villages(tmp_path, *rows, mapping=VILLAGES):
    (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
    workbook(tmp_path / "sent/2025-10-31/村.xlsx", [dict(zip("县乡村", row, strict=True)) for row in rows])
    return open_source(
        source_section(kind="folder", path=tmp_path / "sent", mapping=str(tmp_path / "m.yaml"))
    )


def test_counties_of_one_file_are_read_apart_and_rows_without_one_go_to_the_first(tmp_path):
    source = villages(tmp_path, ("乙", "t", "v1"), ("甲", "t", "v2"), (None, "t", "v3"), ("乙", "t", "v4"))
    assert source.counties() == ["乙", "甲"]
    first, second = (next(iter(source.tables(county))) for county in source.counties())
    assert (first.rows.to_list(), first.frame["village_id"].to_list()) == ([2, 4, 5], ["v1", "v3", "v4"])
    assert second.rows.to_list() == [3]


@pytest.mark.parametrize("county", ["../x", "a/b", ".hidden", "a\\b"])
def test_a_county_that_would_leave_the_register_is_refused(tmp_path, county):
    with pytest.raises(ContractError) as refusal:
        villages(tmp_path, ("甲", "t", "v"), (county, "t", "v")).counties()
    assert str(refusal.value) == (
        f"2025-10-31/村.xlsx row 3: found county id {county!r}, allowed are up to 78 bytes of letters, "
        "digits, - and _, a dot inside, no file ending such as .parquet; correct it"
    )


INCOME = """
files:
  - path: 表*
    missing: [9999999, -9, 不详]
    county: 县
    shared: {household_id: 户, recorded_on: 日, occurred_on: 日}
    records:
      - table: income
        one_for_each:
          source:
            wage: {amount: {from: 工资, missing: [0]}}
            pension: {amount: {add: [养老, 其他]}}
"""


def incomes(tmp_path, *rows):
    """Give the records of wage and pension of rows in the form of a survey."""
    (tmp_path / "m.yaml").write_text(INCOME, encoding="utf-8")
    workbook(tmp_path / "sent/表.xlsx", [{"县": "甲", "日": "2024-01-31", **row} for row in rows])
    source = open_source(
        source_section(kind="folder", path=tmp_path / "sent", mapping=str(tmp_path / "m.yaml"))
    )
    return {raw.frame["source"][0]: raw for raw in source.tables("甲") if len(raw.frame)}


def test_codes_for_no_answer_declared_for_a_file_and_for_a_cell_make_no_record(tmp_path):
    """Wu refused, Li does not know, Zhao earned nothing; only Chen told, and only of one pension."""
    answers = [("wu", 9999999, -9, -9), ("li", "不详", None, -9), ("zhao", 0, None, None), ("chen", 5, 7, -9)]
    made = incomes(
        tmp_path, *(dict(zip(["户", "工资", "养老", "其他"], row, strict=True)) for row in answers)
    )
    assert made["wage"].frame.select("household_id", "amount").rows() == [("chen", "5")]
    assert made["pension"].frame.select("household_id", "amount").rows() == [("chen", "7")]


def test_what_a_cell_is_comes_through_a_mapping(tmp_path):
    """Excel made the household number 3-1 a date, and a wage a truth value."""
    rows = (
        {"户": date(2024, 3, 1), "工资": 5, "养老": 1, "其他": 2},
        {"户": "h", "工资": True, "养老": 1, "其他": 2},
    )
    made = incomes(tmp_path, *rows)
    reasons = cast(made["wage"], TABLES["income"]).reasons
    assert reasons.select("row", "column").rows() == [(2, "household_id"), (3, "amount")]
    assert reasons["reason"].str.contains("a date cell in a column|a truth value in a column").all()
    assert made["pension"].kinds["amount"].to_list() == ["number", "number"]


@pytest.mark.parametrize("code", ["0123", "12:30", "1_000", "yes", "No", "099", "0x10"])
def test_what_stands_in_a_mapping_is_meant_as_it_stands(tmp_path, code):
    """YAML 1.1 makes 83 of 0123, 750 of 12:30 and true of yes."""
    place = tmp_path / "m.yaml"
    place.write_text(VILLAGES.replace("village_id: 村", f"village_id: {{from: 村, missing: [{code}]}}"))
    (file,) = load_mapping(str(place))
    cell = file.records[0].cells["village_id"]
    assert cell.missing == (code,)
    assert [value(cell, 村=text) for text in (code, "83", "123", "99", "750")] == [
        None,
        "83",
        "123",
        "99",
        "750",
    ]


@pytest.mark.parametrize("records", ["5", "[]", "{}"])
def test_a_file_without_records_is_refused(tmp_path, records):
    text = f"files: [{{path: a.csv, county: 县, records: {records}}}]"
    assert "allowed is a list with one at least" in refusal_of(tmp_path, text)


def test_a_text_that_ends_before_the_part_is_set_aside_and_makes_no_shorter_id(tmp_path):
    cell = "village_id: {from: 村, part: [1, 4]}"
    source = villages(
        tmp_path, ("C1", "t", "V10001"), ("C1", "t", "V1"), mapping=VILLAGES.replace("village_id: 村", cell)
    )
    done = cast(next(source.tables("C1")), TABLES["villages"])
    assert done.frame["village_id"].to_list() == ["V100", None]
    assert done.reasons.filter(column="village_id")["reason"].to_list() == [
        "比映射要取的部分短 / shorter than the part that the mapping takes"
    ]


@pytest.mark.parametrize("words", ["合计", "-", "nan", "注：截至10月"])
def test_a_total_or_a_word_for_no_county_founds_none(tmp_path, words):
    source = villages(tmp_path, ("C1", "t", "V1"), (words, "t", "V2"))
    assert source.counties() == ["C1"]
    reasons = cast(next(source.tables("C1")), TABLES["villages"]).reasons
    assert reasons.filter(column="county_id")["row"].to_list() == [3]
