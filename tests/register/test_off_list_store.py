"""Visits off the list are kept beside the look-backs, in a chain of their own."""

import pytest

from register.errors import StoreError
from register.lookback_store import LookbackStore
from register.off_list_store import FOLDER, off_list_store
from tests.register.test_lookback_store import visit, visits


@pytest.fixture
def places(tmp_path):
    return tmp_path / "lookbacks", tmp_path / "keys" / "seal.key"


def test_neither_store_sees_the_visits_of_the_other(places):
    lookbacks, off_list = LookbackStore(*places), off_list_store(*places)
    lookbacks.append(visits(visit("H1")), [])
    off_list.append(visits(visit("H2"), visit("H3")), [])
    assert lookbacks.records()["household_id"].to_list() == ["H1"]
    assert off_list.records()["household_id"].to_list() == ["H2", "H3"]


def test_notes_lie_under_the_vaults_key_and_nowhere_in_clear(places):
    """The cadre wrote who pays."""
    path = off_list_store(*places).append(visits(visit("H1", note="弟弟付费")), [])
    assert "弟弟" not in path.read_text(encoding="utf-8")
    assert off_list_store(*places).records(with_notes=True)["note"].to_list() == ["弟弟付费"]


def test_a_reading_that_was_changed_is_refused(places):
    path = off_list_store(*places).append(visits(visit("H1")), [])
    assert path.parent == places[0] / FOLDER
    path.write_bytes(path.read_bytes().replace(b"H1", b"H9"))
    with pytest.raises(StoreError, match="damaged or not sealed"):
        off_list_store(*places).records()
