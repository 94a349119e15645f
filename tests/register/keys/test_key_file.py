"""A key is made once, by whoever is first, and never where another one was in use."""

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from register.errors import StoreError
from register.intake.ingest import Settings, ingest
from register.keys.key_file import PUBLISHED_ID, UNNOTED, key_id, key_in_use, load_key, make_key
from register.vault.place import VaultPlace
from tests.deliveries import Given
from tests.households import household, village_tables

NOBODY = frozenset()


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "vault" / "key"
    key = make_key(path)
    assert len(key) == 32
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert make_key(path) == load_key(path) == key
    assert [one.name for one in path.parent.iterdir()] == ["key"]


def test_reading_a_key_makes_none(tmp_path):
    with pytest.raises(StoreError) as refusal:
        load_key(tmp_path / "key")
    assert str(refusal.value) == f"{tmp_path}/key: no key found; restore it from its safe copy"
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "key"
    make_key(path)
    path.chmod(0o640)
    with pytest.raises(StoreError) as refusal:
        make_key(path)
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


def test_what_was_made_under_the_published_key_binds_nobody(tmp_path):
    """A machine that tried the simulated prefecture takes in its first real delivery."""
    key = key_in_use(tmp_path / "key", {PUBLISHED_ID}, NOBODY, "lose it")
    assert key == load_key(tmp_path / "key")
    (tmp_path / "key").unlink()
    with pytest.raises(StoreError, match="found no key, what exists here was made under key 0badc0de "):
        key_in_use(tmp_path / "key", {PUBLISHED_ID, "0badc0de"}, NOBODY, "lose it")


def _first_use(barrier, path, keys):
    barrier.wait()
    keys.put(make_key(path))


def test_of_many_first_uses_at_once_all_go_on_with_the_same_key(tmp_path):
    """Eight processes at a barrier, ten times over."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as shared:
        workers = context.Pool(8)
        with workers:
            for turn in range(10):
                barrier, keys = shared.Barrier(8), shared.Queue()
                workers.starmap(_first_use, [(barrier, tmp_path / str(turn) / "key", keys)] * 8, chunksize=1)
                made = {keys.get() for _ in range(8)}
                assert made == {load_key(tmp_path / str(turn) / "key")}
                assert [one.name for one in (tmp_path / str(turn)).iterdir()] == ["key"]
        workers.join()


def test_who_comes_second_reads_the_winners_key(tmp_path, monkeypatch):
    """Another process makes the key between our look and our own."""
    path = tmp_path / "key"
    winner = b"w" * 32

    def first(count):
        path.write_bytes(winner)
        path.chmod(0o600)
        return b"l" * count

    monkeypatch.setattr("secrets.token_bytes", first)
    assert make_key(path) == winner
    assert [one.name for one in tmp_path.iterdir()] == ["key"]


def test_a_whole_key_that_a_dead_process_left_aside_is_swept_and_a_living_ones_is_not(tmp_path):
    path = tmp_path / "key"
    make_key(path)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process in (dead.pid, os.getpid(), "text"):
        (tmp_path / f".key.{process}.tmp").write_bytes(b"k" * 32)
    load_key(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        ["key", f".key.{os.getpid()}.tmp", ".key.text.tmp"]
    )


def test_a_new_key_reaches_the_disk_with_its_name(tmp_path, monkeypatch):
    flushed = []
    fsync = os.fsync
    monkeypatch.setattr(
        "os.fsync", lambda one: (flushed.append(str(Path(f"/proc/self/fd/{one}").readlink())), fsync(one))
    )
    make_key(tmp_path / "key")
    assert flushed == [f"{tmp_path}/.key.{os.getpid()}.tmp", str(tmp_path)]


@pytest.mark.parametrize("noted", ["a6e19731", UNNOTED])
def test_no_key_is_made_where_something_was_made_under_one(tmp_path, noted):
    with pytest.raises(StoreError) as refusal:
        key_in_use(tmp_path / "key", {noted}, NOBODY, "lose it")
    assert str(refusal.value) == (
        f"{tmp_path}/key: found no key, what exists here was made under "
        f"{'one' if noted == UNNOTED else 'key a6e19731'} (another HOME or machine, or the file was lost): "
        "copy that key's file here from there or from its safe copy; or lose it by adding "
        f"'{noted}' to privacy.given_up_keys in params.yaml"
    )
    assert list(tmp_path.iterdir()) == []
    assert key_in_use(tmp_path / "key", {noted}, {noted}, "lose it") == load_key(tmp_path / "key")


def test_another_key_than_the_noted_one_is_refused_with_both_named(tmp_path):
    mine = key_id(make_key(tmp_path / "key"))
    with pytest.raises(
        StoreError, match=f"found key {mine}, what exists here was made under key 0badc0de or 1"
    ):
        key_in_use(tmp_path / "key", {"0badc0de", "1" * 8, UNNOTED}, NOBODY, "lose it")
    assert key_in_use(tmp_path / "key", {mine, "0badc0de"}, NOBODY, "") == load_key(tmp_path / "key")
    assert key_in_use(tmp_path / "key", {UNNOTED}, NOBODY, "") == load_key(tmp_path / "key")


def li():
    return Given(village_tables(household("li", income=90, state={"phone": "13912345678"})))


def settings_in(home, tmp_path, **more):
    return Settings(
        "folder", 0.5, home / "pseudonym.key", VaultPlace(tmp_path / "vault", home / "vault.key"), **more
    )


def held(tmp_path):
    return {path: path.read_bytes() for path in (tmp_path / "register").rglob("*") if path.is_file()}


@pytest.mark.parametrize("lost", ["pseudonym.key", "vault.key"])
@pytest.mark.parametrize("other", [True, False])
def test_ingest_under_another_key_or_none_changes_nothing_until_the_old_one_is_given_up(
    tmp_path, lost, other
):
    """The machine was restored, or cron has another HOME: one of the keys is not the one of last season."""
    home = tmp_path / "keys"
    ingest(li(), tmp_path / "register", settings_in(home, tmp_path))
    before, old = held(tmp_path), key_id(load_key(home / lost))
    (home / lost).unlink()
    if other:
        make_key(home / lost)
    with pytest.raises(StoreError) as refusal:
        ingest(li(), tmp_path / "register", settings_in(home, tmp_path))
    assert str(refusal.value).startswith(f"{home / lost}: found {'key' if other else 'no key'}")
    assert f"made under key {old} (another HOME" in str(refusal.value)
    assert (held(tmp_path), (home / lost).exists()) == (before, other)
    ingest(li(), tmp_path / "register", settings_in(home, tmp_path, given_up=frozenset({old})))
    manifest = json.loads((tmp_path / "register/manifest.json").read_text(encoding="utf-8"))
    new = manifest["pseudonym_key_id"] if lost == "pseudonym.key" else manifest["vault"]["key_id"]
    assert new == key_id(load_key(home / lost)) != old
    ingest(li(), tmp_path / "register", settings_in(home, tmp_path))


def test_without_a_register_what_else_was_made_decides(tmp_path):
    """artifacts/ was removed; the releases note their key."""
    with pytest.raises(StoreError, match="found no key, what exists here was made under key 0badc0de"):
        ingest(
            li(), tmp_path / "register", settings_in(tmp_path, tmp_path, made_under=frozenset({"0badc0de"}))
        )
    assert list(tmp_path.iterdir()) == []


def test_what_another_users_process_is_making_is_left_to_it(tmp_path, monkeypatch):
    def refuse(process, signal):
        raise PermissionError

    make_key(tmp_path / "key")
    aside = tmp_path / ".key.4711.tmp"
    aside.write_bytes(b"half")
    monkeypatch.setattr(os, "kill", refuse)
    load_key(tmp_path / "key")
    assert aside.read_bytes() == b"half"
