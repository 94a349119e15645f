"""A run is kept whole or not at all, and is never changed unseen."""

import pytest

from models.registry.run_store import RunStore
from register.errors import SeasonError, StoreError


@pytest.fixture
def store(tmp_path):
    return RunStore(tmp_path / "runs", tmp_path / "keys" / "seal.key")


def write(text="tree"):
    def into(folder):
        (folder / "model").mkdir()
        (folder / "model" / "manifest.json").write_text(text, encoding="utf-8")
        (folder / "scores.parquet").write_text("scores", encoding="utf-8")

    return into


def kept(store, text="tree", at="2026-01-05T08:00:00+08:00", season="2025Q4"):
    return store.add(season, write(text), {"task": {}}, at)


def test_a_run_comes_back_as_it_was_recorded(store):
    run = kept(store)
    again = store.open(run.name)
    assert again == run
    assert (again.season, again.record["recorded_at"]) == ("2025Q4", "2026-01-05T08:00:00+08:00")
    assert again.model_digest == run.record["files"]["model/manifest.json"]
    assert (run.folder.stat().st_mode & 0o777) == 0o700


def test_the_same_training_again_is_the_same_run_and_keeps_its_date(store):
    first, again = kept(store), kept(store, at="2026-02-01T08:00:00+08:00")
    assert again == first
    assert kept(store, "other tree").name != first.name
    assert [name for name, _ in store.stored()] == sorted([first.name, kept(store, "other tree").name])


def test_what_a_killed_recording_left_aside_goes_with_the_next(store):
    store.folder.mkdir()
    (store.folder / ".building").mkdir()
    (store.folder / ".building" / "half").touch()
    assert list(store.stored()) == []
    run = kept(store)
    assert [path.name for path in store.folder.iterdir()] == [run.name]
    assert not (run.folder / "half").exists()


@pytest.mark.parametrize("damage", ["changed", "missing", "added", "record"])
def test_a_run_that_is_not_as_it_was_is_refused_and_the_same_training_mends_it(store, damage):
    run = kept(store)
    scores = run.folder / "scores.parquet"
    if damage == "changed":
        scores.write_text("scorez", encoding="utf-8")
    elif damage == "missing":
        scores.unlink()
    elif damage == "added":
        (run.folder / "more.txt").touch()
    else:
        (run.folder / "record.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError):
        store.open(run.name)
    assert [(name, type(found)) for name, found in store.stored()] == [(run.name, StoreError)]
    assert kept(store).name == run.name
    assert store.open(run.name).season == "2025Q4"


@pytest.mark.parametrize("name", ["2025Q4-00000000", "..", "champion", "", "2025Q4-x/../.."])
def test_a_name_that_is_no_run_is_refused(store, name):
    kept(store)
    (store.folder / "champion").mkdir()
    with pytest.raises(SeasonError, match=r": no such run; name one that `huitou runs` shows$"):
        store.open(name)
