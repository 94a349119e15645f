import polars as pl
import pytest

from register.errors import StoreError
from register.pseudonym import Pseudonymiser, load_key

SUN = Pseudonymiser(bytes(range(32)))


def test_a_pseudonym_is_128_bits_and_depends_on_key_column_and_id():
    one = SUN.pseudonym("household_id", "530622001")
    others = {
        SUN.pseudonym("member_id", "530622001"),
        SUN.pseudonym("household_id", "530622002"),
        Pseudonymiser(bytes(32)).pseudonym("household_id", "530622001"),
    }
    assert one == "462c32413e18df63de53c4e152b72c56"
    assert one not in others
    assert len(others) == 3


def test_missing_ids_stay_missing_and_row_order_is_kept():
    frame = pl.DataFrame(
        {"household_id": ["b", "a", "b"], "member_id": ["m", None, "n"], "amount": [1, 2, 3]}
    )
    done = SUN.tables({"income": frame})["income"]
    assert done["household_id"].to_list() == [SUN.pseudonym("household_id", name) for name in "bab"]
    assert done["member_id"].to_list() == [
        SUN.pseudonym("member_id", "m"),
        None,
        SUN.pseudonym("member_id", "n"),
    ]
    assert done["amount"].to_list() == [1, 2, 3]


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
        f"{path}: others may read the pseudonym key; run chmod 600 on it, and ask the data "
        "protection officer whether a new key is due"
    )


def test_a_short_key_is_refused(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(StoreError) as refusal:
        load_key(path)
    assert str(refusal.value) == (
        f"{path}: found 5 bytes, a pseudonym key has at least 32; restore it from its safe copy"
    )
