"""The example row of a template shows how to fill in a table and never becomes data."""

import polars as pl
import pytest

from register.errors import ContractError
from register.intake.casting import cast
from register.sources.delivery import RawTable, Sheet
from register.sources.example_row import example, without_example
from register.sources.folder import FolderSource
from register.tables import TABLES
from tests.households import household, village_tables, write_folder


def untouched(table):
    """The example as it is read: words have become codes, empty cells are missing."""
    row = {name: value or None for name, value in example(table).items()}
    return row | {column.name: column.codes[0] for column in table.columns if column.codes}


def sheet_of(table, *rows):
    return Sheet.of(pl.DataFrame(rows, schema=dict.fromkeys(table.by_name, pl.String())))


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_an_example_is_filled_in_as_the_contract_wants_it(table):
    frame = sheet_of(table, untouched(table)).frame
    assert cast(RawTable(table.name, "a.xlsx", frame), table).reasons.is_empty()


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_an_example_that_was_left_in_is_no_row_and_the_others_keep_their_numbers(table):
    own = untouched(table) | {table.columns[0].name: "5303"}
    left = without_example("a.xlsx", sheet_of(table, untouched(table), own), table)
    assert left.frame[table.columns[0].name].to_list() == ["5303"]
    assert left.rows.to_list() == [3]


def test_an_example_that_was_filled_in_is_refused_rather_than_lost():
    table = TABLES["water"]
    real = untouched(table) | {"recorded_on": "2025-03-01"}
    with pytest.raises(ContractError) as refusal:
        without_example("a.xlsx", sheet_of(table, untouched(table), real), table)
    assert str(refusal.value) == (
        "a.xlsx row 3: household_id is still 示例, as in the template's example, but the row was filled in; "
        "enter its own household_id (户编号), or delete the row"
    )


def test_a_delivery_says_that_an_example_was_not_read(tmp_path):
    tables = village_tables(household("chen", income=300))
    water = pl.DataFrame(
        [untouched(TABLES["water"])], schema=dict.fromkeys(TABLES["water"].by_name, pl.String())
    )
    source = FolderSource(write_folder(tmp_path, {**tables, "water": water}))
    raw = {one.name: one for one in source.tables("C1")}
    assert raw["water"].frame.is_empty()
    assert "模板的示例行未读取 / the template's example row, not read: C1/water.csv" in source.notes
