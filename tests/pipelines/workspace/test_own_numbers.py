"""A household is found by its own number under the very key that hid it, and under no other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.workspace.own_numbers import kept_id
from register.cells.blanks import BLANKS
from register.errors import StoreError
from register.keys.key_file import PUBLISHED_ID, UNNOTED, key_id, make_key
from register.keys.pseudonym import Pseudonymiser
from register.keys.published import PUBLISHED_KEY
from tests.parameters import privacy

AS_THEY_STAND = privacy()
OWN, KEPT = "0530623001000017", "6c6e375e" * 4


@pytest.fixture
def settings(tmp_path):
    return privacy(key_file=str(tmp_path / "keys/pseudonym.key"))


@pytest.mark.parametrize("noted", [True, False])
def test_an_own_number_gives_the_id_that_ingest_gave(settings, noted):
    key = make_key(_place(settings))
    given_id = Pseudonymiser(key).pseudonym("household_id", OWN)
    made_under = key_id(key) if noted else UNNOTED
    assert kept_id(f"\u3000{OWN} ", made_under, settings) == given_id
    assert kept_id(OWN[1:], made_under, settings) != given_id


def test_an_invented_household_is_found_on_any_machine(settings):
    named = Pseudonymiser(PUBLISHED_KEY).pseudonym("household_id", OWN)
    assert kept_id(OWN, PUBLISHED_ID, settings) == named
    assert not _place(settings).exists()


def test_an_id_of_the_list_needs_no_key(settings):
    assert kept_id(f" {KEPT}\n", "0badc0de", settings) == KEPT


@given(st.text())
def test_where_ids_stay_as_they_are_nothing_is_hashed(text):
    assert kept_id(f" {text} ", None, AS_THEY_STAND) == text.strip(BLANKS)


@pytest.mark.parametrize(
    ("made_under", "under"), [("0badc0de", "key 0badc0de"), (UNNOTED, "one")], ids=["noted", "unnoted"]
)
def test_without_the_key_one_line_says_so_and_none_is_made(settings, made_under, under):
    with pytest.raises(StoreError) as refusal:
        kept_id(OWN, made_under, settings)
    assert str(refusal.value) == (
        f"{_place(settings)}: found no key, households were hidden under {under}, so none is found by its "
        "own number here; name it by household_id as in the list, or copy that key's file here"
    )
    assert not _place(settings).exists()


def test_another_key_finds_nobody(settings):
    held = key_id(make_key(_place(settings)))
    with pytest.raises(StoreError, match=f"found key {held}, households were hidden under key 0badc0de"):
        kept_id(OWN, "0badc0de", settings)


def _place(settings):
    return Path(settings.key_file)
