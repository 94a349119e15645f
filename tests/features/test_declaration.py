import polars as pl
import pytest

from features.declaration import GROUPS, declared_features, feature, feature_groups


def _declare(name, over="income", module="features.income"):
    def expression() -> pl.Expr:
        return pl.len()

    expression.__name__, expression.__module__ = name, module
    return feature(over=over, zh="试", en="try", source="test")(expression)


def test_a_name_is_taken_once():
    declared_features()
    with pytest.raises(TypeError) as refused:
        _declare("wage_income")
    assert str(refused.value) == "feature wage_income is declared twice: choose another name"


def test_a_feature_is_over_a_table_or_a_pass():
    with pytest.raises(TypeError) as refused:
        _declare("planted", over="weather")
    assert str(refused.value) == (
        "feature planted: over='weather' is neither a table nor one of ('household', 'history', "
        "'village', 'township', 'county')"
    )


def test_a_feature_lives_in_the_file_of_its_cause():
    with pytest.raises(TypeError) as refused:
        _declare("planted", module="features.luck")
    assert str(refused.value).startswith("feature planted: module luck is none of ('illness', ")


def test_groups_partition_the_features():
    groups = feature_groups()
    assert tuple(groups) == GROUPS
    named = [name for names in groups.values() for name in names]
    assert named == [one.name for one in declared_features()]
    assert len(named) == len(set(named)) >= 60


def test_a_group_may_fill_several_files_and_its_own_comes_first():
    household = feature_groups()["household"]
    assert household[0] == "is_lifted_out"
    assert household.index("household_size") < household.index("mean_education")
