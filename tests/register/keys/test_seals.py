"""What is sealed comes back as it was, or not at all."""

import hmac
import json

import pytest

from register.atomic import json_text
from register.errors import StoreError
from register.keys.key_file import key_id, make_key
from register.keys.seals import public_key, read_sealed, seal_key_file, write_sealed
from tests.parameters import privacy

VALUE = {"place": "昆明", "rows": 3, "share": 0.5, "nothing": None}


@pytest.fixture
def sealed(tmp_path):
    write_sealed(tmp_path / "a.json", VALUE, tmp_path / "keys" / "seal.key", "value")
    return tmp_path / "a.json"


def read(path):
    return read_sealed(path, path.parent / "keys" / "seal.key", "make it again", "value")


def test_what_was_sealed_comes_back(sealed):
    assert read(sealed) == VALUE
    assert (sealed.parent / "keys" / "seal.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"seal": 1}',
        b'{"seal_key_id": 5}',
        b"[" * 100_000,
        b'{"x": 1e999}',
        b'{"x": "\\ud800"}',
        b"\xff\xfe",
    ],
)
def test_anything_else_is_refused(sealed, damage):
    sealed.write_bytes(damage)
    with pytest.raises(StoreError) as refused:
        read(sealed)
    assert str(refused.value) == f"{sealed}: missing, damaged or not sealed; make it again"


def test_the_same_value_written_otherwise_is_not_what_was_sealed(sealed):
    sealed.write_text(json.dumps(json.loads(sealed.read_bytes())))
    with pytest.raises(StoreError, match="damaged or not sealed"):
        read(sealed)


def test_the_key_lies_beside_the_pseudonym_key():
    assert seal_key_file(privacy(key_file="/keys/pseudonym.key")).as_posix() == "/keys/seal.key"


def test_a_seal_of_one_kind_never_passes_for_anothers(sealed):
    with pytest.raises(StoreError, match="damaged or not sealed"):
        read_sealed(sealed, sealed.parent / "keys" / "seal.key", "make it again", "release")


def test_what_was_sealed_before_seals_named_a_kind_still_opens(tmp_path):
    """As the code of November 2026 wrote it: HMAC-SHA256 under the key itself."""
    key_file, path = tmp_path / "keys" / "seal.key", tmp_path / "a.json"
    key = make_key(key_file)
    named = {**VALUE, "seal_key_id": key_id(key)}
    path.write_text(json_text({**named, "seal": hmac.digest(key, json_text(named).encode(), "sha256").hex()}))
    assert read(path) == VALUE
    path.write_text(path.read_text().replace("0.5", "0.6"))
    with pytest.raises(StoreError, match="damaged or not sealed"):
        read(path)


def test_the_same_value_is_sealed_by_the_same_bytes_and_the_public_key_tells_nothing(sealed):
    before, key_file = sealed.read_bytes(), sealed.parent / "keys" / "seal.key"
    write_sealed(sealed, VALUE, key_file, "value")
    assert sealed.read_bytes() == before
    assert len(public_key(key_file)) == 64
    assert key_file.read_bytes().hex() not in public_key(key_file)
