"""A first row that is somebody's data is named by its places, never by what it says."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError
from register.intake.casting import check_header
from register.intake.ingest import Settings, ingest
from register.sources.delivery import RawTable, Sheet
from register.sources.folder import FolderSource
from register.sources.header import (
    NO_HEADER,
    check_columns,
    check_names,
    looks_like_data,
    refuse_headless,
    safe_names,
)
from register.sources.mapping_file import load_mapping
from register.sources.notes import unread_columns
from register.sources.records import check_headers
from register.tables import TABLES
from tests.households import household, village_tables, write_folder

FILE = Path("C1/income.csv")
#: Invented; what a delivery without a header would say first.
PERSON = ["530622198001011234", "张三", "13800001111", "尿毒症"]
PERSONS = [
    PERSON,
    ["张三", "男", "尿毒症"],
    ["H1", "张三", "138-0000-1111"],
    ["张三", "1980-01-01", "1"],
    ["张三\u202e", "a" * 60],
]


def refused(check, *arguments):
    with pytest.raises(ContractError) as refusal:
        check(*arguments)
    return str(refusal.value)


def traces(message, row):
    return [cell for cell in row if len(cell) > 1 and cell in message]


@pytest.mark.parametrize("row", PERSONS)
def test_no_door_echoes_a_person(row):
    (mapping, *_) = load_mapping("national_exports")
    sheet = Sheet.of(pl.DataFrame({cell: ["x"] for cell in row}))
    raw = RawTable("income", str(FILE), sheet.frame)
    doubled = [*row, row[0], row[1], ""]
    for message in (
        refused(check_columns, FILE, row, TABLES["income"]),
        refused(check_header, raw, TABLES["income"]),
        refused(check_headers, str(FILE), sheet, mapping),
    ):
        assert NO_HEADER in message
        assert f"none of its {len(row)} columns has an expected name" in message
        assert traces(message, row) == []
    assert traces(refused(check_names, FILE, doubled), row) == []


@pytest.mark.parametrize("row", PERSONS)
def test_beside_a_header_a_persons_numbers_are_told_by_their_place(row):
    """A column was added whose name is no name; all others are in order."""
    columns = [*TABLES["income"].by_name, *PERSON]
    message = refused(check_columns, FILE, columns, TABLES["income"])
    place = len(TABLES["income"].by_name)
    assert f"unknown columns {[f'column {place + one}' for one in (3, 1, 4, 2)]}" in message
    assert traces(message, PERSON) == []


def test_a_file_without_a_header_is_refused_unseen_by_ingest(tmp_path):
    li = village_tables(household("li", income=90), villages=[{"region_id": "530000"}])
    folder = write_folder(tmp_path / "sent", li)
    (folder / "C1/health.csv").write_text(",".join(PERSON) + "\n" + ",".join(PERSON) + "\n", encoding="utf-8")
    message = refused(ingest, FolderSource(folder), tmp_path / "register", Settings("folder", 0.5, None))
    assert message.startswith(
        f"{folder}/C1/health.csv: none of its 4 columns has an expected name, 第一行像是数据 / the first row "
        "looks like data: put the column names there; expected are ['household_id', "
    )
    assert traces(message, PERSON) == []


def test_what_no_mapping_asks_for_is_named_if_it_can_be():
    assert unread_columns(["自然村", "2024"]).endswith(": 自然村、2024")
    assert unread_columns(["自然村", "a" * 60]).endswith(
        ": 自然村、另 1 列，列名不显示 1 more, their names not shown"
    )
    assert traces(unread_columns(PERSON), PERSON) == []


@pytest.mark.parametrize(
    "names", [["姓名", "身份证号"], ["2023", "2024"], ["收入1", "Q4 2024", "户编号(12位)"]]
)
def test_names_are_no_data(names):
    assert not looks_like_data(names)
    assert safe_names(names, names) == names


@given(st.lists(st.text(min_size=1, max_size=12), max_size=5, unique=True), st.integers(10**5, 10**18))
def test_beside_a_long_number_only_what_is_known_is_shown(names, number):
    row = ["household_id", *names, str(number)]
    safe = safe_names(row, row, ["household_id"])
    assert safe == ["household_id", *(f"column {place}" for place in range(2, len(row) + 1))] or (
        "household_id" in names or str(number) in names
    )


@pytest.mark.parametrize(
    "name", ["household_id^recorded_on", "household_id~recorded_on", "household_id,recorded_on"]
)
def test_names_that_no_read_sign_parts_are_told_to_stand_in_one_column(name):
    """A program parted the cells with ^, or quoted each row as a whole."""
    with pytest.raises(ContractError) as refusal:
        refuse_headless("a.csv", [name], TABLES["income"].by_name)
    assert "its one column holds several names" in str(refusal.value)


def test_names_in_capital_letters_are_told_to_be_so():
    with pytest.raises(ContractError) as refusal:
        refuse_headless("a.csv", ["HOUSEHOLD_ID", "AMOUNT"], TABLES["income"].by_name)
    assert "in capital letters" in str(refusal.value)
