"""What explains a household has one shape, whoever writes or reads it."""

from features.declaration import GROUPS
from watchlists.reasons.evidence_shape import EVIDENCE, EVIDENCE_FIELDS, EXPLAINED, FACTS_CHANGES, SINCE


def test_every_group_of_features_may_change_since_the_last_season():
    assert tuple(f"facts_change_{group}" for group in GROUPS) == FACTS_CHANGES
    assert {*SINCE} <= {*EXPLAINED}


def test_a_piece_of_evidence_has_the_declared_fields():
    assert [one.name for one in EVIDENCE.inner.fields] == list(EVIDENCE_FIELDS)
