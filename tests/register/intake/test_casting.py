from datetime import date

import polars as pl
import pytest

from register.cells.numbers import NOT_A_NUMBER
from register.errors import ContractError
from register.intake.casting import cast
from register.quarantine import Finding
from register.sources.delivery import RawTable
from register.tables import TABLES

GOOD = {
    "household_id": "530622001",
    "occurred_on": "2024-01-31",
    "source": "wage",
    "amount": "120.5",
    "recorded_on": "2024-02-03",
}


def cast_income(**cells):
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD, **cells}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    return cast(RawTable("income", "C1/income.csv", frame), TABLES["income"])


def test_a_good_row_gets_the_types_of_the_contract_and_no_reason():
    done = cast_income()
    assert dict(done.frame.drop("file", "row").schema) == TABLES["income"].schema
    assert done.frame["amount"].to_list() == [120.5]
    assert len(done.reasons) == 0


@pytest.mark.parametrize(
    "number",
    [
        *[
            "inf",
            "-inf",
            "Infinity",
            "1e400",
            "1e",
            "1,200",
            "12,5",
            "12元",
            "1.2万",
            "5%",
            "￥5",
            "0x10",
        ],
        *["1_000", "１２", "+-5", "5 000"],
    ],
)
def test_what_is_no_number_is_refused(number):
    (reason,) = cast_income(amount=number).reasons.to_dicts()
    assert reason == {
        "file": "C1/income.csv",
        "row": 2,
        "column": "amount",
        "reason": "不是数字 / not a number",
        "next_step": NOT_A_NUMBER[1],
    }


@pytest.mark.parametrize(
    ("number", "read"),
    [("1e5", 1e5), ("+5", 5.0), (" 5\xa0", 5.0), ("\u30005", 5.0), (".5", 0.5), ("5.", 5.0)],
)
def test_a_number_is_plain_digits_whatever_blanks_stand_around(number, read):
    assert cast_income(amount=number).frame["amount"].to_list() == [read]


@pytest.mark.parametrize("number", ["-9", "-99", "9999999999", "9999999998"])
def test_a_code_for_no_answer_that_the_bounds_refuse_is_named_and_how_to_declare_it(number):
    (reason,) = cast_income(amount=number).reasons.to_dicts()
    assert reason["reason"] == (
        "超出 0 至 1e+09，像“不回答”代码 / not a number from 0 to 1e+09; like a code for no answer"
    )
    assert "list it under missing in a mapping" in reason["next_step"]


@pytest.mark.parametrize("number", ["-3", "1e10"])
def test_a_number_outside_its_bounds_is_refused_and_the_bounds_are_told(number):
    (reason,) = cast_income(amount=number).reasons.to_dicts()
    assert reason["reason"] == "超出 0 至 1e+09 / not a number from 0 to 1e+09"


@pytest.mark.parametrize("day", ["2024-02-31", "2024-13-01", "9999-12-31", "1024-01-01", "现在"])
def test_an_impossible_date_is_refused(day):
    (reason,) = cast_income(occurred_on=day).reasons.to_dicts()
    assert reason["reason"] == "不是有效日期 / not a date between 1900-01-01 and 2100-12-31"


@pytest.mark.parametrize(
    "day",
    [
        *["2024-01-31", "2024/1/31", "20240131", "2024-01-31 00:00:00", "2024年1月31日"],
        *["2024/1/31 0:00", "\u20602024-01-31\u200e", "2024-01-30T16:00:00Z"],
    ],
)
def test_year_first_spellings_are_the_same_day(day):
    assert (
        cast_income(occurred_on=day).frame["occurred_on"].to_list()
        == cast_income().frame["occurred_on"].to_list()
    )


def test_a_row_carries_every_reason_against_it_and_none_of_its_values():
    reasons = cast_income(household_id=" ", occurred_on="x", source="lottery-777", amount="-5").reasons
    assert reasons["column"].to_list() == ["household_id", "occurred_on", "source", "amount"]
    assert reasons["reason"].to_list()[0] == "必填项为空 / required cell is empty"
    assert reasons["reason"].to_list()[2].startswith("代码未知 / unknown code; allowed: wage, wage_second")
    assert "777" not in str(reasons.rows())


@pytest.mark.parametrize("identifier", ["5.33E+17", "530622001.0"])
def test_an_id_that_a_spreadsheet_rounded_is_refused(identifier):
    (reason,) = cast_income(household_id=identifier).reasons.to_dicts()
    assert reason["reason"] == "编号被表格软件改成数字 / a spreadsheet rounded this id"


@pytest.mark.parametrize("identifier", ["530622198001010000", "5306221980010110000"])
def test_an_id_of_a_column_that_ends_in_zeros_is_refused(identifier):
    (reason,) = cast_income(household_id=identifier).reasons.to_dicts()
    assert reason["reason"].endswith("zeros after the 15th digit, as a spreadsheet rounds an id")


@pytest.mark.parametrize(
    "identifier",
    ["11010519491231002X", "11010519491231002x", "530622198001010013", "0053", "000", "NA", "H-1", "123000"],
)
def test_an_id_is_kept_to_the_letter(identifier):
    assert cast_income(household_id=identifier).frame["household_id"].to_list() == [identifier]


@pytest.mark.parametrize(
    "identifier",
    ["５３０622001", "53062200Ｘ", "530622\u200b001", "530622\ufeff001", "530\x01622", "53\t06", "53\ue8166"],
)
def test_an_id_that_only_looks_like_another_is_refused(identifier):
    (reason,) = cast_income(household_id=identifier).reasons.to_dicts()
    assert reason["reason"] == "编号含全角或不可见字符 / full-width or invisible characters in this id"


@pytest.mark.parametrize("identifier", ["3月1日", "1-Mar", "Mar-24", "2024/3/1"])
def test_an_id_of_which_a_spreadsheet_made_a_date_is_refused(identifier):
    """The household 3-1, opened in Excel and saved as CSV."""
    (reason,) = cast_income(household_id=identifier).reasons.to_dicts()
    assert reason["reason"] == "编号被表格软件改成日期 / a spreadsheet made a date of this id"


@pytest.mark.parametrize(
    "identifier", ["530622001\u200b", "\ufeff530622001", "530622001\r", "\u3000530622001\xa0"]
)
def test_blanks_and_marks_around_an_id_are_none_of_it(identifier):
    assert cast_income(household_id=identifier).frame["household_id"].to_list() == ["530622001"]


@pytest.mark.parametrize("text", ["王\ufffd", "王\x02", "王\uffff", "王\ufdd0"])
@pytest.mark.parametrize(("table", "column"), [("members", "name"), ("members", "household_id")])
def test_a_damaged_character_sets_its_row_aside_and_no_more(table, column, text):
    reasons = cast_one(table, **{column: text}).reasons.filter(pl.col("column") == column)
    assert len(reasons) == 1
    assert reasons["reason"][0].split(" / ")[1] in (
        "a damaged character (�, a control character)",
        "full-width or invisible characters in this id",
    )


@pytest.mark.parametrize("name", ["王\ue816", "王𠮷", "王\U000323b0", "阿依·古丽", "上村\n1号"])
def test_rare_characters_of_names_and_lines_of_an_address_are_kept(name):
    """Those of the private-use area and those newer than this Python among them."""
    assert cast_one("members", name=name).frame["name"].to_list() == [name]


def test_a_long_id_that_truly_ends_in_zeros_is_kept():
    """A citizen's number whose last character fits, and a number between its neighbours."""
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD}
    ids = ["110105194912029000", "5306220000000999", "5306220000001000"]
    frame = pl.DataFrame([{**row, "household_id": one} for one in ids], schema=dict.fromkeys(row, pl.String))
    done = cast(RawTable("income", "f", frame), TABLES["income"])
    assert done.frame["household_id"].to_list() == ids


def test_blank_ids_make_no_number_of_the_others():
    """One of two people has no member id; the other's 18 digits stay as they are (RELIABILITY M14)."""
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD}
    ids = ["530622198001010013", None, "530622198001010021"]
    frame = pl.DataFrame([{**row, "member_id": one} for one in ids], schema=dict.fromkeys(row, pl.String))
    assert cast(RawTable("income", "f", frame), TABLES["income"]).frame["member_id"].to_list() == ids


def test_one_cell_that_is_no_number_does_not_free_the_others_from_their_bounds():
    """The trap of lazy schemas (RELIABILITY M15)."""
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD}
    amounts = ["much", "-5", "1e400", "7"]
    frame = pl.DataFrame([{**row, "amount": one} for one in amounts], schema=dict.fromkeys(row, pl.String))
    reasons = cast(RawTable("income", "f", frame), TABLES["income"]).reasons
    assert reasons.select("row", "reason").rows() == [
        (2, "不是数字 / not a number"),
        (3, "超出 0 至 1e+09 / not a number from 0 to 1e+09"),
        (4, "不是数字 / not a number"),
    ]


def test_what_is_recorded_before_it_happened_is_refused():
    (reason,) = cast_income(occurred_on="2024-03-01").reasons.to_dicts()
    assert (reason["column"], reason["reason"]) == (
        "recorded_on",
        "早于 occurred_on / lies before occurred_on",
    )


def test_what_is_recorded_after_the_delivery_is_refused():
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    raw = RawTable("income", "f", frame)
    assert len(cast(raw, TABLES["income"], date(2024, 2, 3)).reasons) == 0
    (reason,) = cast(raw, TABLES["income"], date(2024, 2, 2)).reasons.to_dicts()
    assert (reason["column"], reason["reason"]) == (
        "recorded_on",
        "晚于交付日 2024-02-02 / lies after the delivery",
    )


def cast_one(table, **cells):
    row = {**dict.fromkeys(TABLES[table].by_name), **cells}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    return cast(RawTable(table, "f", frame), TABLES[table])


def test_a_flag_is_read_in_chinese_and_english_and_a_grade_must_be_whole():
    done = cast_one("villages", has_clinic="是", is_remote="FALSE")
    assert done.frame.select("has_clinic", "is_remote").row(0) == (True, False)
    reasons = cast_one("health", grade="2.5").reasons.filter(pl.col("column") == "grade")
    assert reasons["reason"].to_list() == ["超出 1 至 4，须为整数 / not a whole number from 1 to 4"]


def test_a_spell_may_not_end_before_it_starts():
    reasons = cast_one("schooling", started_on="2024-09-01", ended_on="2024-07-01").reasons
    assert "早于 started_on / lies before started_on" in reasons["reason"].to_list()


def test_planned_help_may_be_recorded_before_it_starts():
    reasons = cast_one(
        "assistance", household_id="H1", measure="health", started_on="2024-09-01", recorded_on="2024-07-01"
    ).reasons
    assert len(reasons) == 0


def test_a_renamed_column_is_refused_by_name():
    frame = pl.DataFrame({**GOOD, "member_id": "1", "sum": "3"}).drop("amount")
    with pytest.raises(ContractError) as refusal:
        cast(RawTable("income", "C1/income.csv", frame), TABLES["income"])
    assert str(refusal.value) == (
        "C1/income.csv: found unknown columns ['sum'] and no columns ['amount']; allowed are "
        "['household_id', 'member_id', 'occurred_on', 'source', 'amount', 'recorded_on']; "
        "rename or remove the columns and run again"
    )


@pytest.mark.parametrize(
    ("flag", "read"), [("t", True), ("1.0", True), ("真", True), ("f", False), ("0.0", False)]
)
def test_a_truth_value_is_read_as_databases_and_columns_with_gaps_write_it(flag, read):
    row = {**dict.fromkeys(TABLES["land"].by_name), "is_in_cooperative": flag}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    assert (
        cast(RawTable("land", "C1/land.csv", frame), TABLES["land"]).frame["is_in_cooperative"].item() is read
    )


def test_there_is_no_zero_below_zero():
    assert str(cast_income(amount="-0").frame["amount"].item()) == "0.0"


def test_what_a_source_speaks_against_has_that_one_reason():
    rows = pl.Series([True])
    row = {**dict.fromkeys(TABLES["income"].by_name), **GOOD, "amount": "#", "household_id": None}
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    findings = tuple(Finding(rows, name, "broken", "mend it") for name in ("amount", "household_id"))
    reasons = cast(RawTable("income", "a", frame, findings=findings), TABLES["income"]).reasons
    assert reasons["reason"].to_list() == ["broken", "broken"]
