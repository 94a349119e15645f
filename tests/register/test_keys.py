import pytest

from register.errors import StoreError
from register.keys import load_key


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "vault" / "key"
    key = load_key(path)
    assert len(key) == 32
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert load_key(path) == key


def test_a_key_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "key"
    load_key(path)
    path.chmod(0o640)
    with pytest.raises(StoreError) as refusal:
        load_key(path)
    assert str(refusal.value) == (
        f"{path}: others may read this key; run chmod 600 on it, and ask the data "
        "protection officer whether a new key is due"
    )


def test_a_short_key_is_refused(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(StoreError) as refusal:
        load_key(path)
    assert str(refusal.value) == (
        f"{path}: found 5 bytes, a key has at least 32; restore it from its safe copy"
    )
