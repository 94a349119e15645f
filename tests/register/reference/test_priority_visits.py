"""The eight kinds a village visits first."""

import pytest

from features.declaration import declared_features
from register.errors import ParamsError
from register.reference import priority_visits
from tests.register.reference.spoilt import spoilt


def test_the_eight_priority_visits_read_declared_features():
    declared = {one.name for one in declared_features()}
    assert {name for visit in priority_visits() for name in (*visit.at_least, *visit.below)} <= declared
    assert len({visit.kind for visit in priority_visits()}) == 8


@pytest.mark.parametrize(
    ("below", "fault"),
    [
        ({}, "no number to go by; write at_least or below: {FEATURE: NUMBER}"),
        (
            {"resources_over_line": "low"},
            "below.resources_over_line: found 'low', allowed is a number; mend it",
        ),
    ],
)
def test_a_priority_visit_without_a_number_does_not_load(tmp_path, below, fault):
    with pytest.raises(ParamsError) as caught:
        priority_visits(spoilt(tmp_path, "priority_visits.yaml", 0, below=below))
    assert str(caught.value) == f"priority_visits.yaml entry 1: {fault}"
