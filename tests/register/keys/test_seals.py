"""What is sealed comes back as it was, or not at all."""

import json

import pytest

from register.errors import StoreError
from register.keys.seals import read_sealed, seal_key_file, write_sealed
from tests.parameters import privacy

VALUE = {"place": "昆明", "rows": 3, "share": 0.5, "nothing": None}


@pytest.fixture
def sealed(tmp_path):
    write_sealed(tmp_path / "a.json", VALUE, tmp_path / "keys" / "seal.key")
    return tmp_path / "a.json"


def read(path):
    return read_sealed(path, path.parent / "keys" / "seal.key", "make it again")


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
