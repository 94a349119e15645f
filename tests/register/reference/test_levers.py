"""What help can change at once."""

import pytest

from features.declaration import declared_features
from register.errors import ParamsError
from register.reference import levers
from tests.register.reference.spoilt import spoilt


def test_every_lever_changes_declared_features_and_says_whom_it_can_be_tried_for():
    known = {one.name for one in declared_features()}
    for lever in levers():
        changed = {change.feature for change in lever.changes} | {
            c.of_feature for c in lever.changes if c.of_feature
        }
        assert changed | lever.when.keys() <= known
        assert lever.when


def test_a_lever_with_an_unknown_kind_of_change_does_not_load(tmp_path):
    path = spoilt(tmp_path, "levers.yaml", 0, changes=[{"feature": "claims", "half": True}])
    with pytest.raises(ParamsError) as caught:
        levers(path)
    assert str(caught.value) == (
        "levers.yaml entry 1: changes item 1.half: no such parameter; "
        "allowed are feature, to, times, add, of, yuan_a_month; mend it"
    )
