"""What may name people lies encrypted: it opens with its own key, under its own name, or not at all."""

import re

import pytest

from register.errors import StoreError
from register.vault.encrypted_json import read_encrypted, write_encrypted

NOTE = [{"note": "电话13912345678 李四家"}]


@pytest.fixture
def kept(tmp_path):
    write_encrypted(tmp_path / "a.encrypted", tmp_path / "keys" / "vault.key", NOTE)
    return tmp_path / "a.encrypted"


def read(path, key="keys/vault.key"):
    return read_encrypted(path, path.parent / key, "ask for it again")


def test_what_was_encrypted_comes_back_and_stands_nowhere_in_clear(kept):
    assert read(kept) == NOTE
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not re.search("李四|1391234".encode(), kept.read_bytes())


def test_nothing_was_kept_yet(tmp_path):
    assert read(tmp_path / "b.encrypted") is None


def test_it_is_replaced_whole(kept):
    write_encrypted(kept, kept.parent / "keys" / "vault.key", [])
    assert read(kept) == []


def test_under_another_key_or_name_or_with_another_byte_it_does_not_open(kept):
    write_encrypted(kept.parent / "other", kept.parent / "other.key", [])
    renamed = kept.with_name("b.encrypted")
    renamed.write_bytes(kept.read_bytes())
    changed = kept.with_name("c")
    changed.mkdir()
    (changed / "a.encrypted").write_bytes(bytes([kept.read_bytes()[0] ^ 1]) + kept.read_bytes()[1:])
    key = kept.parent / "keys" / "vault.key"
    for path, under in ((kept, kept.parent / "other.key"), (renamed, key), (changed / "a.encrypted", key)):
        with pytest.raises(StoreError) as refused:
            read_encrypted(path, under, "ask for it again")
        assert str(refused.value) == (
            f"{path}: changed, or encrypted under another key than {under}; ask for it again"
        )


def test_without_its_key_it_says_to_restore_it(kept):
    (kept.parent / "keys" / "vault.key").unlink()
    with pytest.raises(StoreError, match="no key found; restore it from its safe copy"):
        read(kept)
