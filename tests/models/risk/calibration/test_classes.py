import numpy as np
import pytest

from features.declaration import declared_features
from models.evaluation.audit_attributes import ATTRIBUTES
from models.risk.calibration.classes import CLASS_FEATURES, CLASSES, class_columns, size_and_age


@pytest.mark.parametrize(
    ("size", "elderly_only", "name"),
    [
        (1, 0, "1"),
        (2, 0, "2-3"),
        (3, np.nan, "2-3"),
        (4, 0, "4-5"),
        (5, 0, "4-5"),
        (6, 0, "6+"),
        (14, 0, "6+"),
        (1, 1, "elderly_only"),
        (3, 1, "elderly_only"),
    ],
)
def test_a_household_is_of_its_size_unless_all_are_old(size, elderly_only, name):
    number = size_and_age(np.array([float(size)]), np.array([float(elderly_only)])).item()
    assert CLASSES[number] == name


def test_a_household_of_unknown_size_is_of_no_class():
    assert size_and_age(np.array([np.nan]), np.array([0.0])).tolist() == [-1]


def test_the_features_stand_where_the_columns_say():
    assert class_columns(["is_elderly_only", "debt", "household_size"]) == [2, 0]
    assert class_columns(["household_size", "debt"]) == []


def test_the_class_is_known_from_features_that_name_no_cause_and_have_no_direction():
    """So declared directions hold whatever the lines are, and reading by class is no cause of poverty."""
    declared = {one.name: one for one in declared_features()}
    assert {(declared[name].group, declared[name].direction) for name in CLASS_FEATURES} == {("household", 0)}


def test_the_classes_of_size_are_those_of_the_audit():
    assert {"household_size", "elderly_only"} <= {*ATTRIBUTES}
    assert CLASSES == ("1", "2-3", "4-5", "6+", "elderly_only")
