import polars as pl
import pytest

from register.errors import ContractError
from register.intake.schema import check_types, schema_of
from register.tables import TABLES
from tests.households import household, village_tables


@pytest.mark.parametrize("name", TABLES)
def test_every_contract_makes_a_schema_that_an_empty_table_keeps(name):
    check_types(name, pl.DataFrame(schema=TABLES[name].schema))
    assert list(schema_of(name).columns) == list(TABLES[name].by_name)


def test_a_value_outside_its_bounds_that_slipped_through_is_refused_without_being_told():
    income = village_tables(household("wu", income=5))["income"].with_columns(amount=pl.lit(-77.0))
    with pytest.raises(ContractError) as refusal:
        check_types("income", income)
    assert str(refusal.value) == (
        "income: the cast table breaks its contract (amount: greater_than_or_equal_to(0)); "
        "this is a fault in casting, report it"
    )
