"""What counts as an event of a cause, and what a cause needs."""

from features.declaration import CAUSES, declared_features
from register.reference import cause_events, cause_needs


def test_events_and_needs_read_declared_features():
    declared = {one.name for one in declared_features()}
    conditions = (*cause_events(), *cause_needs())
    assert {name for one in conditions for name in (*one.at_least, *one.below)} <= declared


def test_every_cause_with_features_can_be_shown_by_an_event():
    assert {one.cause for one in cause_events()} == set(CAUSES)


def test_the_official_preconditions_of_work_and_disability_are_kept():
    """DOMAIN 2.1: unstable work needs a member able to work, disability a disabled member."""
    needs = {cause: [one.at_least for one in cause_needs() if one.cause == cause] for cause in CAUSES}
    assert needs["employment"] == [{"n_able_to_work": 1}]
    assert {"n_disabled_members": 1} in needs["disability"]
