"""The templates are those of the contracts, and what is entered in them is read as entered."""

import json

import openpyxl
import pytest

from pipelines.commands.template import GUIDE, write_templates
from register.errors import ContractError, StoreError
from register.faults import SeveralFaults
from register.intake.ingest import Settings, ingest
from register.sources.example_row import EXAMPLE
from register.sources.folder import FolderSource
from register.tables import TABLES
from register.vault.place import VaultPlace
from tests.households import household, lines_of, village_tables, write_folder
from watchlists.sheets.checked_book import MOST_ROWS


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
def test_a_table_has_one_sheet_with_its_columns_in_both_languages_and_an_example(folder, name):
    _, sheet = sheet_of(folder, name)
    heads, example = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert heads == [f"{column.zh} {column.name}" for column in TABLES[name].columns]
    assert example[0] == EXAMPLE
    assert "不会读入" in sheet["A2"].comment.text


@pytest.mark.parametrize("name", TABLES)
def test_every_column_offers_its_words_keeps_text_as_text_and_says_what_it_is(folder, name):
    _, sheet = sheet_of(folder, name)
    rules = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    for head, column in zip(sheet[1], TABLES[name].columns, strict=True):
        rule = rules[f"{head.column_letter}2"]
        assert str(rule.sqref).endswith(f"{head.column_letter}{MOST_ROWS + 1}")
        offered = rule.formula1.strip('"').split(",") if rule.type == "list" else []
        assert offered == (["是", "否"] if column.kind == "flag" else list(column.meanings.values()))
        assert column.zh in rule.promptTitle
        assert column.zh in head.comment.text
        assert ("必填" in head.comment.text) == column.required
        is_number = column.kind in ("number", "money", "integer")
        assert format_of(sheet, head.column) == ("General" if is_number else "@")


def test_templates_as_they_are_hold_no_data(folder):
    source = FolderSource(folder)
    with pytest.raises(SeveralFaults, match="villages\\.csv: missing or without rows"):
        list(source.tables("532328"))


def test_required_columns_stand_out(folder):
    _, sheet = sheet_of(folder, "members")
    colours = {cell.value: cell.fill.start_color.rgb for cell in sheet[1]}
    required = {
        colours[f"{column.zh} {column.name}"] for column in TABLES["members"].columns if column.required
    }
    others = {
        colours[f"{column.zh} {column.name}"] for column in TABLES["members"].columns if not column.required
    }
    assert (len(required), len(others), required & others) == (1, 1, set())


def test_a_filled_template_gives_the_register_that_the_register_s_own_names_give(tmp_path):
    """Ouyang is ill in a grade C house and has a phone; Li and her husband live on a wage."""
    ouyang = household(
        "0530623001",
        income=120.5,
        state={"category": "lifted_out", "has_minimum_income": True, "phone": "19900004242"},
        health=[{"kind": "chronic", "total_cost": 900.0, "occurred_on": "2025-02-01"}],
        housing=[{"grade": "C", "occurred_on": "2025-01-15"}],
    )
    tables = village_tables(
        ouyang, household("0530623002", members=2, income=900, state={"category": "ordinary"})
    )
    write_templates(tmp_path / "template", "C1")
    fill(tmp_path / "template/C1", tables)
    registers = [
        taken(tmp_path / "own", WithLines(write_folder(tmp_path / "english", tables))),
        taken(tmp_path / "filled", WithLines(tmp_path / "template")),
    ]
    assert registers[0] == registers[1]
    assert len(registers[0]) == len(tables)


class WithLines(FolderSource):
    """A folder in the made-up region R1."""

    def lines(self):
        return lines_of()


def fill(folder, tables):
    """Type the rows of tables into the templates, from row 3 on, in the words of the drop-downs."""
    for name, frame in tables.items():
        book = openpyxl.load_workbook(folder / f"{name}.xlsx")
        for number, row in enumerate(frame.iter_rows(named=True), 3):
            for place, column in enumerate(TABLES[name].columns, 1):
                book.active.cell(number, place).value = typed(column, row[column.name])
        book.save(folder / f"{name}.xlsx")


def typed(column, value):
    if column.kind == "flag" and value is not None:
        return "是" if value else "否"
    if column.kind == "date" and value is not None:
        return value.isoformat()
    return column.meanings.get(value, value)


def taken(root, source):
    ingest(
        source,
        root / "register",
        Settings("folder", 0.0, None, VaultPlace(root / "vault", root / "vault.key")),
    )
    hashes = json.loads((root / "register/manifest.json").read_bytes())["sha256"]
    return {name: one for name, one in hashes.items() if name.startswith("C1/")}


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
        path.name: path.read_bytes() for path in folder.rglob("*.xlsx")
    }
