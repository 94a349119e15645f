"""Casting accepts whatever keeps a contract, and names the column of whatever breaks it."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.intake.casting import cast
from register.intake.schema import check_types
from register.quarantine import REASONS
from register.sources.delivery import RawTable
from register.tables import TABLES
from tests.contracts.strategies import broken_rows, cells, rows

few = settings(max_examples=6, suppress_health_check=list(HealthCheck))
tables = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


def told(table, *given_rows):
    """Cast rows of text as a source would hand them on."""
    frame = pl.DataFrame(given_rows, schema=dict.fromkeys(table.by_name, pl.String()))
    return cast(RawTable(table.name, "C1/sent.csv", frame), table)


@tables
@few
@given(data=st.data())
def test_every_row_that_keeps_its_contract_is_accepted_cell_by_cell(table, data):
    given_row = data.draw(rows(table))
    done = told(table, given_row)
    assert done.reasons.is_empty()
    typed = done.frame.select(list(table.schema))
    check_types(table.name, typed)
    filled = {name for name, text in given_row.items() if text.strip()}
    assert {name for name, value in typed.row(0, named=True).items() if value is not None} == filled


@tables
@few
@given(data=st.data())
def test_every_fault_is_refused_by_its_column_and_harms_no_other_row(table, data):
    whole, broken = data.draw(broken_rows(table))
    reasons = told(table, whole, *(row for _, row in broken), whole).reasons
    assert reasons.schema == pl.Schema(REASONS)
    assert reasons.select("row", "column").rows() == [
        (number, column) for number, (column, _) in enumerate(broken, start=3)
    ]


@tables
@few
@given(data=st.data())
def test_what_is_optional_may_be_absent_as_a_whole_column(table, data):
    needed = {column.name: data.draw(cells(column)) for column in table.columns if column.required}
    done = cast(RawTable(table.name, "C1/sent.csv", pl.DataFrame([needed])), table)
    assert done.reasons.is_empty()
    assert done.frame.columns == [*table.by_name, "file", "row"]
