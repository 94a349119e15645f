"""The empty workbooks are those of the contracts, and what is entered in them is read as entered."""

import openpyxl
import polars as pl
import pytest

from pipelines.commands.template import GUIDE, write_templates
from register.errors import ContractError, StoreError
from register.intake.casting import cast
from register.sources.delivery import RawTable
from register.tables import TABLES
from watchlists.sheets.checked_book import MOST_ROWS

VILLAGE = {
    "village_id": "532328100200",
    "township_id": "532328100",
    "county_id": "532328",
    "region_id": "530000",
    "has_clinic": "是",
    "arable_mu": 1250.5,
    "valid_from": "2021-01-01",
    "recorded_on": "2021-02-01",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivery")
    write_templates(folder, "532328")
    return folder


def sheet_of(folder, name):
    book = openpyxl.load_workbook(folder / f"532328/{name}.xlsx")
    (sheet,) = book.worksheets
    return book, sheet


def format_of(sheet, place):
    """Neighbours of one width and format share an entry."""
    return next(one.number_format for one in sheet.column_dimensions.values() if one.min <= place <= one.max)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_one_sheet_whose_only_row_names_its_columns(folder, name):
    _, sheet = sheet_of(folder, name)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [list(TABLES[name].by_name)]


@pytest.mark.parametrize("name", TABLES)
def test_every_column_offers_its_codes_keeps_text_as_text_and_says_what_it_is(folder, name):
    _, sheet = sheet_of(folder, name)
    rules = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    for head, column in zip(sheet[1], TABLES[name].columns, strict=True):
        rule = rules[f"{head.column_letter}2"]
        assert str(rule.sqref).endswith(f"{head.column_letter}{MOST_ROWS + 1}")
        offered = rule.formula1.strip('"').split(",") if rule.type == "list" else []
        assert offered == (["是", "否"] if column.kind == "flag" else list(column.codes))
        assert column.zh in rule.promptTitle
        assert column.zh in head.comment.text
        assert ("必填" in head.comment.text) == column.required
        is_number = column.kind in ("number", "money", "integer")
        assert format_of(sheet, head.column) == ("General" if is_number else "@")


def test_required_columns_stand_out(folder):
    _, sheet = sheet_of(folder, "members")
    colours = {cell.value: cell.fill.start_color.rgb for cell in sheet[1]}
    required = {colours[column.name] for column in TABLES["members"].columns if column.required}
    others = {colours[column.name] for column in TABLES["members"].columns if not column.required}
    assert (len(required), len(others), required & others) == (1, 1, set())


def test_what_is_entered_is_cast_without_a_complaint(folder):
    book, sheet = sheet_of(folder, "villages")
    places = {cell.value: cell.column for cell in sheet[1]}
    for name, value in VILLAGE.items():
        sheet.cell(2, places[name]).value = value
    book.save(folder / "filled.xlsx")
    header, *entered = openpyxl.load_workbook(folder / "filled.xlsx").active.iter_rows(values_only=True)
    text = [[None if value is None else str(value) for value in row] for row in entered]
    frame = pl.DataFrame(text, schema=dict.fromkeys(header, pl.String()), orient="row")
    done = cast(RawTable("villages", "villages.xlsx", frame), TABLES["villages"])
    assert done.reasons.is_empty()
    assert done.frame["village_id"].to_list() == ["532328100200"]
    assert done.frame["arable_mu"].to_list() == [1250.5]


def test_the_guide_lists_every_column_every_code_and_every_name(folder):
    book = openpyxl.load_workbook(folder / GUIDE)
    assert book.sheetnames == ["说明", "代码", "表", "名称"]
    columns = [column for table in TABLES.values() for column in table.columns]
    assert [row[1] for row in book["说明"].iter_rows(min_row=2, values_only=True)] == [
        one.name for one in columns
    ]
    codes = [row[2:] for row in book["代码"].iter_rows(min_row=2, values_only=True)]
    assert codes == [pair for one in columns for pair in one.meanings.items()]
    assert "常态化精准帮扶" in {row[2] for row in book["名称"].iter_rows(values_only=True)}


def test_a_template_that_may_have_been_filled_in_is_never_overwritten(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    (folder / GUIDE).unlink()
    with pytest.raises(StoreError) as refusal:
        write_templates(folder, "532328")
    assert str(refusal.value) == (
        f"{folder / '532328/villages.xlsx'}: already there and perhaps filled in; choose another folder"
    )
    assert not (folder / GUIDE).exists()
    (folder / GUIDE).write_bytes(before[folder / GUIDE])


def test_a_county_that_no_folder_may_be_called_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ContractError, match=r"^--county: found county id '\.\./x', allowed are "):
        write_templates(tmp_path / "delivery", "../x")
    assert list(tmp_path.iterdir()) == []


def test_the_same_contracts_give_the_same_bytes(folder, tmp_path):
    write_templates(tmp_path, "532328")
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.xlsx")} == {
        path.name: path.read_bytes() for path in folder.rglob("*.xlsx") if path.name != "filled.xlsx"
    }
