import polars as pl
import pytest

from features.contract import check_features
from features.declaration import Feature
from register.errors import ContractError

SHARE = Feature("share", "income", "income", "份额", "share", "", "test", (0, 1), 0, lambda: pl.len())
OPEN = Feature("change", "history", "income", "变化", "change", "", "test", (None, 2), 0, lambda: pl.len())


def test_missing_values_and_values_on_a_bound_are_allowed():
    check_features(pl.DataFrame({"share": [0.0, 1.0 + 1e-12, None]}), [SHARE], "county c")


def test_a_value_outside_its_bounds_is_refused():
    with pytest.raises(ContractError) as refused:
        check_features(pl.DataFrame({"share": [0.5, 1.5, -1.0]}), [SHARE], "county c")
    assert str(refused.value) == (
        "county c: feature share has 2 of 3 values outside 0 to 1; "
        "mend the register's income or the bounds in features/income.py"
    )


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 2.1])
def test_what_is_no_number_is_refused_though_a_side_is_open(value):
    with pytest.raises(ContractError) as refused:
        check_features(pl.DataFrame({"change": [value]}), [OPEN], "county c")
    assert "outside -inf to 2;" in str(refused.value)
