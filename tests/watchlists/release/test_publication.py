import os
from pathlib import Path

import pytest

from register.atomic import write_text
from register.errors import StoreError
from watchlists.release.paths import board_path, card_path, workbook_path
from watchlists.release.publication import joined, publish
from watchlists.release.store import REMEDY, Releases
from watchlists.release.store import verify as verify_under


def release(root, season, write, facts):
    return publish(Releases(root, root.parent / "seal.key"), season, write, facts)


def verify(folder):
    root = folder.parents[1] if folder.parent.name == ".store" else folder.parent
    return verify_under(folder, root.parent / "seal.key")


@pytest.fixture
def tmp_path(tmp_path):
    """The key lies beside the releases, never among them."""
    (tmp_path / "releases").mkdir()
    return tmp_path / "releases"


def writer(text):
    def write(folder):
        write_text(folder / "cards" / "T1.html", text)
        return {"cards/T1.html": 1}

    return write


def writable(path):
    """Undo what keeps an honest person from changing a release."""
    path.parent.chmod(0o700)
    path.chmod(0o600)
    return path


def test_nobody_may_write_to_a_release(tmp_path):
    folder = release(tmp_path, "2025Q4", writer("one"), {})
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*")) if path.is_dir()}
    assert (modes, folders) == ({0o400}, {0o500})


def contents(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_release_is_reached_by_its_season_and_as_current(tmp_path):
    folder = release(tmp_path, "2025Q4", writer("one"), {"code_commit": "abc"})
    assert (tmp_path / "2025Q4").resolve() == (tmp_path / "current").resolve() == folder
    manifest = verify(tmp_path / "current")
    assert manifest["season"] == "2025Q4"
    assert manifest["code_commit"] == "abc"
    assert manifest["files"]["cards/T1.html"]["rows"] == 1


def test_the_same_content_changes_nothing(tmp_path):
    first = release(tmp_path, "2025Q4", writer("one"), {})
    link = os.lstat(tmp_path / "current").st_ino
    assert release(tmp_path, "2025Q4", writer("one"), {}) == first
    assert os.lstat(tmp_path / "current").st_ino == link
    assert len(list((tmp_path / ".store").iterdir())) == 1


def test_two_builds_in_two_places_are_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        release(tmp_path / name, "2025Q4", writer("one"), {"code_commit": "abc"})  # one key for both
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_new_release_leaves_the_one_before_in_the_store(tmp_path):
    old = release(tmp_path, "2025Q4", writer("one"), {})
    new = release(tmp_path, "2025Q4", writer("two"), {})
    assert old != new
    verify(old)
    assert (tmp_path / "current" / "cards" / "T1.html").read_text() == "two"


@pytest.mark.parametrize("broken", ["write", "rename", "replace"])
def test_a_failure_anywhere_leaves_the_old_release_and_the_next_start_sweeps(tmp_path, monkeypatch, broken):
    release(tmp_path, "2025Q3", writer("one"), {})
    before = contents(tmp_path / "current")
    with monkeypatch.context() as patched:
        fault = _fault(patched, broken)
        with pytest.raises(OSError, match="disk full"):
            release(tmp_path, "2025Q4", fault, {})
    assert contents(tmp_path / "current") == before
    verify(tmp_path / "current")
    release(tmp_path, "2025Q4", writer("two"), {})
    strays = [path.name for path in (*tmp_path.iterdir(), *(tmp_path / ".store").iterdir())]
    assert not [name for name in strays if name.startswith(".building") or name.endswith(".link")]


def test_a_link_where_a_killed_run_left_its_folder_goes_and_what_it_leads_to_stays(tmp_path):
    home = tmp_path / "home"
    (home / "photos").mkdir(parents=True, mode=0o755)
    (home / "photos/one").touch()
    release(tmp_path / "releases", "2025Q3", writer("one"), {})
    (tmp_path / "releases/.store/.building-2025Q4").symlink_to(home)
    release(tmp_path / "releases", "2025Q4", writer("two"), {})
    assert not list((tmp_path / "releases/.store").glob(".building*"))
    assert (home / "photos/one").is_file()
    assert (home / "photos").stat().st_mode & 0o777 == 0o755


def _fault(patched, broken):
    def failing(*given):
        raise OSError("disk full")

    if broken == "write":

        def half(folder):
            writer("half")(folder)
            return failing()

        return half
    original = getattr(Path, broken)

    def only_here(path, target):
        here = path.name.startswith(".building") or path.name.endswith(".link")
        return failing() if here else original(path, target)

    patched.setattr(Path, broken, only_here)
    return writer("two")


@pytest.mark.parametrize("damage", ["changed", "missing", "added"])
def test_a_damaged_release_is_refused(tmp_path, damage):
    folder = release(tmp_path, "2025Q4", writer("one"), {})
    card = folder / "cards" / "T1.html"
    writable(card)
    stranger = folder / "cards" / "T2.html"
    {"changed": lambda: card.write_text("?"), "missing": card.unlink, "added": stranger.touch}[damage]()
    with pytest.raises(StoreError) as refused:
        verify(folder)
    assert str(refused.value) == (
        f"{stranger if damage == 'added' else card}: missing, changed or not in the manifest (1 such files); "
        f"{REMEDY}"
    )


def test_a_damaged_release_is_built_again(tmp_path):
    folder = release(tmp_path, "2025Q4", writer("one"), {})
    writable(folder / "cards" / "T1.html").write_text("?")
    verify(release(tmp_path, "2025Q4", writer("one"), {}))


def test_a_folder_without_a_manifest_is_no_release(tmp_path):
    with pytest.raises(StoreError) as refused:
        verify(tmp_path)
    assert str(refused.value) == (f"{tmp_path / 'manifest.json'}: missing, damaged or not sealed; {REMEDY}")


def test_a_real_folder_in_the_place_of_the_link_is_left_alone(tmp_path):
    (tmp_path / "2025Q4").mkdir()
    with pytest.raises(StoreError) as refused:
        release(tmp_path, "2025Q4", writer("one"), {})
    assert str(refused.value) == (
        f"{tmp_path / '2025Q4'}: found a folder where a link to a release belongs; move it away"
    )


@pytest.mark.parametrize("place", ["../../etc", "..", "/abs", "a/b", "=1", "昆明"])
def test_no_id_leads_out_of_the_release(place):
    for path in (workbook_path(place, place), card_path(place, place), board_path(place)):
        assert ".." not in Path(path).parts
        assert not Path(path).is_absolute()
        assert len(Path(path).parts) == path.count("/") + 1 <= 3


def test_townships_of_two_counties_that_share_an_id_have_files_of_their_own():
    """The cards of the second county's T01 stood in the place of the first county's."""
    for path_of in (workbook_path, card_path):
        assert path_of("530901", "T01") != path_of("530902", "T01")


def test_the_rows_of_several_writers_are_joined_in_order():
    parts = {"left.parquet": 3}, {}, {"report.html": None, "boards/C1.html": 9}
    assert list(joined(*parts).items()) == [("left.parquet", 3), ("report.html", None), ("boards/C1.html", 9)]


@pytest.mark.parametrize("again", ["cards/T01.html", "cards/t01.html"])
def test_one_path_written_twice_is_refused_and_the_old_release_stands(tmp_path, again):
    release(tmp_path, "2025Q3", writer("one"), {})
    before = contents(tmp_path / "current")

    def colliding(folder):
        for path in ("cards/T01.html", again):
            write_text(folder / path, "cards")
        return joined({"cards/T01.html": 12}, {again: 12})

    with pytest.raises(StoreError) as refused:
        release(tmp_path, "2025Q4", colliding, {})
    assert str(refused.value).startswith("release: cards/T01.html was written twice, one place's file")
    assert contents(tmp_path / "current") == before
