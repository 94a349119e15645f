"""A table is declared once, and rows of any version are brought to it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.release.declaration import DTYPES, DataColumn, DataTable

COLUMNS = tuple(DataColumn(f"c_{kind}", kind, kind, kind) for kind in DTYPES)
TABLE = DataTable("t", "表", "table", ("c_id",), COLUMNS)


@given(st.permutations([one.name for one in COLUMNS]), st.integers(0, len(COLUMNS)))
def test_rows_in_any_order_of_columns_with_any_of_them_lacking_get_the_declared_shape(names, kept):
    rows = pl.DataFrame(schema={name: TABLE.schema[name] for name in names[:kept]} | {"other": pl.Int64()})
    assert TABLE.shaped(rows).schema == pl.Schema(TABLE.schema)


def test_a_value_of_another_kind_is_no_value_of_the_column():
    with pytest.raises(pl.exceptions.InvalidOperationError):
        TABLE.shaped(pl.DataFrame({"c_number": ["high"]}))


@pytest.mark.parametrize(
    "fault",
    [
        {"columns": (*COLUMNS, COLUMNS[0])},
        {"key": ("unknown",)},
        {"required": ("unknown",)},
        {"indexes": (("unknown",),)},
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(fault):
    with pytest.raises(TypeError) as refused:
        DataTable(**{"name": "t", "zh": "表", "en": "table", "key": (), "columns": COLUMNS, **fault})
    assert str(refused.value) == ("table t: a column is declared twice, or a key or index without one")
