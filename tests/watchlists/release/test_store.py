"""A release is opened whole or not at all, whatever happens to its files or links meanwhile."""

import os
import random
import shutil
import threading

import polars as pl
import pytest

from register.atomic import sha256, write_parquet
from register.errors import SeasonError, StoreError
from register.keys.key_file import key_id, make_key
from tests.watchlists.handed_out import BOOK, released, releases_in
from watchlists.release.store import (
    CURRENT,
    ENDING_HELP,
    HIGH_OFF_LIST,
    LEFT,
    LISTED,
    REMEDY,
    SCORES,
    Release,
    Releases,
    list_id,
    open_release,
    point,
    release_of_list,
    stored,
    verify,
)


def test_a_release_is_opened_by_season_as_current_and_by_its_name_in_the_store(tmp_path):
    released(tmp_path, season="2025Q3")
    newer = released(tmp_path, season="2025Q4")
    opened = [open_release(releases_in(tmp_path), name) for name in ("2025Q4", CURRENT, newer.folder.name)]
    assert {one.folder for one in opened} == {newer.folder}
    assert opened[0].list["household_id"].to_list() == ["H1", "H2", "H3"]
    assert (opened[0].source_kind, opened[0].scores.height) == ("folder", 3)


@pytest.mark.parametrize("name", ["2024Q1", "../keys", "/etc", ".store", "", "2025Q4/"])
def test_what_was_never_released_is_refused_with_what_there_is(tmp_path, name):
    known = released(tmp_path).folder.name
    with pytest.raises(SeasonError) as refused:
        open_release(releases_in(tmp_path), name)
    assert str(refused.value).endswith(
        f"no such release; name a season, or one of ['{known}'] (huitou releases)"
    )


def test_a_hundred_flipped_bits_are_all_noticed(tmp_path):
    folder = released(tmp_path).folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    drawn = random.Random(20260131)
    for _ in range(100):
        path = drawn.choice(files)
        whole = path.read_bytes()
        place, bit = drawn.randrange(len(whole)), drawn.randrange(8)
        path.chmod(0o600)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        with pytest.raises(StoreError):
            verify(folder, releases_in(tmp_path).key_file)
        path.write_bytes(whole)
    verify(folder, releases_in(tmp_path).key_file)


def test_every_flipped_bit_of_a_manifest_is_noticed(tmp_path):
    folder = released(tmp_path).folder
    manifest = folder / "manifest.json"
    whole = manifest.read_bytes()
    manifest.chmod(0o600)
    for place in range(len(whole)):
        manifest.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        with pytest.raises(StoreError):
            verify(folder, releases_in(tmp_path).key_file)


def test_whoever_has_no_key_can_forge_no_manifest(tmp_path):
    folder, others = released(tmp_path).folder, tmp_path / "others.key"
    make_key(others)
    with pytest.raises(StoreError) as refused:
        verify(folder, others)
    assert str(refused.value) == (
        f"{folder / 'manifest.json'}: sealed under another key than {others} "
        f"(key {key_id(make_key(others))}), or damaged; restore that key from its safe copy, or {REMEDY}"
    )
    with pytest.raises(StoreError, match=r"\(no key\)"):
        verify(folder, tmp_path / "lost.key")
    assert not (tmp_path / "lost.key").exists()


def test_two_hundred_reads_while_the_current_release_changes_see_no_mix(tmp_path):
    """The two lists share no household; each read takes list, scores and workbook from one of them."""
    one = released(tmp_path, "A1", "A2", season="2025Q3")
    two = released(tmp_path, "B1", "B2", season="2025Q4")
    releases, done = releases_in(tmp_path), threading.Event()

    def swapping():
        while not done.is_set():
            for folder in (one.folder, two.folder):
                point(releases.root / CURRENT, folder)

    thread = threading.Thread(target=swapping)
    thread.start()
    try:
        seen = [_read(open_release(releases)) for _ in range(200)]
    finally:
        done.set()
        thread.join()
    assert set(seen) <= {"A", "B"}
    assert len(set(seen)) == 2


def _read(release):
    """Say whose release was read, having read the list before and the scores after."""
    ids = {*release.list["household_id"], *release.scores["household_id"]}
    assert (release.folder / BOOK).is_file()
    (whose,) = {one[0] for one in ids}
    return whose


def test_a_list_is_found_by_what_it_holds_even_when_the_season_was_published_again(tmp_path):
    older = released(tmp_path, "H1", "H2")
    newer = released(tmp_path, "H2", "H3")
    for one in (older, newer):
        wanted = list_id(one.folder / "watchlist.parquet")
        assert release_of_list(releases_in(tmp_path), "2025Q4", wanted).folder == one.folder
        assert release_of_list(releases_in(tmp_path), "2025Q3", wanted) is None


def test_the_store_is_walked_with_what_is_wrong_in_it(tmp_path):
    older, newer = released(tmp_path, season="2025Q3"), released(tmp_path, season="2025Q4")
    (older.folder / BOOK).chmod(0o600)
    (older.folder / BOOK).write_bytes(b"")
    found = dict(stored(releases_in(tmp_path)))
    assert isinstance(found[older.folder.name], StoreError)
    assert found[newer.folder.name].season == "2025Q4"
    assert list(stored(Releases(tmp_path / "nowhere", tmp_path / "key"))) == []


def test_a_release_made_before_lists_were_explained_explains_nobody(tmp_path):
    assert released(tmp_path).explained.rows() == []


def test_what_ending_help_would_do_is_read_and_of_an_older_release_nothing(tmp_path):
    release = released(tmp_path)
    assert release.ending_help.rows() == []
    rows = pl.DataFrame({"household_id": ["H1"], "measure": ["health"]})
    release.folder.chmod(0o700)
    write_parquet(release.folder / ENDING_HELP, rows)
    announced = {ENDING_HELP: {"sha256": sha256(release.folder / ENDING_HELP), "rows": 1}}
    assert Release(release.folder, {**release.manifest, "files": announced}).ending_help.equals(rows)


def test_what_is_read_is_what_was_verified(tmp_path):
    """Somebody writes other risks into the scores between opening and reading."""
    release = released(tmp_path)
    (release.folder / SCORES).chmod(0o600)
    write_parquet(release.folder / SCORES, pl.read_parquet(release.folder / SCORES).with_columns(risk=0.99))
    with pytest.raises(StoreError, match=r"scores.parquet: changed since it was opened"):
        _ = release.scores


def test_a_link_out_of_the_store_is_refused(tmp_path):
    release, releases = released(tmp_path), releases_in(tmp_path)
    shutil.copytree(release.folder, tmp_path / "elsewhere" / release.folder.name)
    (releases.root / CURRENT).unlink()
    (releases.root / CURRENT).symlink_to(tmp_path / "elsewhere" / release.folder.name)
    with pytest.raises(StoreError, match="leads out of"):
        open_release(releases)


def test_a_season_that_leads_to_another_is_refused(tmp_path):
    older, releases = released(tmp_path, season="2025Q3"), releases_in(tmp_path)
    released(tmp_path, season="2025Q4")
    point(releases.root / "2025Q4", older.folder)
    with pytest.raises(StoreError, match=r"2025Q4: leads to a release of 2025Q3"):
        open_release(releases, "2025Q4")


def test_a_release_under_another_name_is_refused(tmp_path):
    release, releases = released(tmp_path), releases_in(tmp_path)
    renamed = release.folder.rename(release.folder.with_name("2019Q1-ffffffffffff"))
    with pytest.raises(StoreError, match="not the name this release was published under"):
        open_release(releases, renamed.name)


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("/etc/hostname"), os.mkfifo])
def test_a_link_or_a_pipe_in_the_place_of_a_file_is_refused_and_never_waited_for(tmp_path, put):
    release = released(tmp_path)
    (release.folder / BOOK).parent.chmod(0o700)
    (release.folder / BOOK).unlink()
    put(release.folder / BOOK)
    with pytest.raises(StoreError, match=r"T1.xlsx: missing, changed or not in the manifest"):
        verify(release.folder, releases_in(tmp_path).key_file)


def test_a_damaged_release_does_not_bar_the_way_to_another_of_its_season(tmp_path):
    damaged, whole = released(tmp_path, "H1"), released(tmp_path, "H2")
    lost = list_id(damaged.folder / LISTED)
    (damaged.folder / "manifest.json").chmod(0o600)
    (damaged.folder / "manifest.json").write_text("{}")
    found = release_of_list(releases_in(tmp_path), "2025Q4", list_id(whole.folder / LISTED))
    assert found.folder == whole.folder
    with pytest.raises(StoreError, match="missing, damaged or not sealed"):
        release_of_list(releases_in(tmp_path), "2025Q4", lost)


def test_a_release_from_before_says_nothing_of_who_left_or_found_no_place(tmp_path):
    release = released(tmp_path, "H1")
    assert (len(release.gone), len(release.high_off_list)) == (0, 0)
    assert {"county_id", "township_id", "why_left"} <= set(release.gone.columns)


def test_who_left_and_who_found_no_place_are_read_where_a_release_says_so(tmp_path):
    announced = {}
    for name in (LEFT, HIGH_OFF_LIST):
        write_parquet(tmp_path / name, pl.DataFrame({"household_id": ["H9"]}))
        announced[name] = {"sha256": sha256(tmp_path / name), "rows": 1}
    release = Release(tmp_path, {"files": announced})
    assert release.gone["household_id"].to_list() == release.high_off_list["household_id"].to_list() == ["H9"]


def test_the_path_of_a_file_is_told_as_long_as_it_is_the_one_that_was_sealed(tmp_path):
    release = released(tmp_path)
    assert (release.holds(LISTED), release.holds(LEFT)) == (True, False)
    path = release.path(LISTED)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"?")
    with pytest.raises(StoreError) as refused:
        release.path(LISTED)
    assert str(refused.value) == f"{path}: changed since it was opened; {REMEDY}"
