"""What a mapping makes of delivered files: counties, records, no answers, kinds of cells."""

from datetime import date
from functools import partial

import pytest

from register.errors import ContractError
from register.faults import SeveralFaults
from register.intake.casting import cast
from register.sources.open import open_source
from register.tables import TABLES
from tests.parameters import source_section
from tests.register.exports import workbook
from tests.register.sources.test_mapping_file import VILLAGES


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


def test_files_that_are_not_read_lack_a_column_or_name_no_county_are_refused_together(tmp_path):
    """One season came as .xls, in the next the township column is gone, in the third a county is a path."""
    source_of = partial(villages, tmp_path)
    source_of(("甲", "t", "v"))
    (tmp_path / "sent/2025-10-31/户.xls").write_bytes(b"")
    workbook(tmp_path / "sent/2025-11-30/村.xlsx", [{"县": "甲", "村": "v"}])
    workbook(tmp_path / "sent/2025-12-31/村.xlsx", [{"县": "a/b", "乡": "t", "村": "v"}])
    with pytest.raises(SeveralFaults) as refusal:
        source_of(("甲", "t", "v")).counties()
    assert [str(one).split(", ")[0] for one in refusal.value.faults] == [
        f"{tmp_path}/sent/2025-10-31/户.xls: not read",
        "2025-11-30/村.xlsx: mapped columns ['乡'] are missing",
        "2025-12-31/村.xlsx row 2: found county id 'a/b'",
    ]


def test_where_no_file_fits_those_of_a_kind_that_is_not_read_are_named_first(tmp_path):
    """All exports came as .xls."""
    (tmp_path / "m.yaml").write_text(VILLAGES, encoding="utf-8")
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent/村.xls").write_bytes(b"")
    with pytest.raises(SeveralFaults) as refusal:
        open_source(source_section(kind="folder", path=tmp_path / "sent", mapping=str(tmp_path / "m.yaml")))
    first, second = map(str, refusal.value.faults)
    assert first.startswith(f"{tmp_path}/sent/村.xls: not read")
    assert second.startswith("no delivered file fits the mapping")


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
