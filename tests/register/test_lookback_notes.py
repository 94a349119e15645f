"""What names people in a look-back is sealed to its own visit; earlier readings have it in clear."""

import pytest

from register.keys.key_file import key_id
from register.lookback_notes import NAMING, opened, sealed

KEY, OTHER = bytes(32), bytes([1] * 32)
VISIT = {"household_id": "H1", "visited_on": "2026-02-03", "note": "住院", "withdrawn_by": "李四"}


def test_what_was_sealed_opens_under_its_key_alone():
    hidden = sealed(VISIT, KEY)
    assert all(hidden[name] != VISIT[name] for name in NAMING)
    assert opened(hidden, KEY, key_id(KEY)) == VISIT
    for key in (OTHER, None):
        assert opened(hidden, key, key_id(KEY)) == {**VISIT, **dict.fromkeys(NAMING)}


@pytest.mark.parametrize("moved", [{"household_id": "H2"}, {"visited_on": "2026-02-04"}])
def test_a_note_moved_to_another_visit_does_not_open(moved):
    assert opened({**sealed(VISIT, KEY), **moved}, KEY, key_id(KEY))["note"] is None


def test_a_note_put_in_place_of_a_name_does_not_open():
    hidden = sealed(VISIT, KEY)
    assert opened({**hidden, "withdrawn_by": hidden["note"]}, KEY, key_id(KEY))["withdrawn_by"] is None


def test_nothing_is_sealed_where_nothing_was_written():
    empty = {**VISIT, **dict.fromkeys(NAMING)}
    assert sealed(empty, KEY) == empty
    assert opened(empty, KEY, key_id(KEY)) == empty


def test_a_clear_note_of_an_earlier_version_stays_as_it_is():
    assert opened(VISIT, None, None) == VISIT
