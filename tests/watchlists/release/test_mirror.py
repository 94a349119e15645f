"""A release goes to object storage and comes back whole or not at all, wherever somebody dies on the way."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from register.errors import SeasonError, StoreError
from register.keys.key_file import key_id, make_key
from register.keys.seals import write_sealed
from tests.object_storage import s3
from tests.watchlists.handed_out import BOOK, released, releases_in
from watchlists.release import mirror as of_mirror
from watchlists.release.mirror import chosen, pull, push
from watchlists.release.object_storage import opened
from watchlists.release.publication import publish
from watchlists.release.store import KIND, MANIFEST, Releases, open_release, release_name

MEMORY = "memory://bucket/releases"


class Killed(BaseException):
    """Stands for a death: nothing that runs here after it may tidy up."""


@pytest.fixture(autouse=True)
def _empty():
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture
def memory():
    with opened(MEMORY) as mirror:
        yield mirror


@pytest.fixture
def office(tmp_path):
    return released(tmp_path / "office")


@pytest.fixture
def elsewhere(tmp_path):
    """Another machine, to which the office took its keys along."""
    return Releases(tmp_path / "elsewhere", releases_in(tmp_path / "office").key_file)


def contents(folder):
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def kept(releases):
    """Name what stands in a store, put aside or not."""
    return sorted(one.name for one in releases.store.iterdir()) if releases.store.exists() else []


def dies_after(files, n, *calls):
    """Let whoever uses a store die at the call after so many."""
    left = iter(range(n))

    def counted(call):
        def made(*arguments, **options):
            if next(left, None) is None:
                raise Killed
            return call(*arguments, **options)

        return made

    for name in calls:
        setattr(files, name, counted(getattr(files, name)))


@pytest.mark.parametrize("kind", ["memory", "file", "s3"])
def test_what_is_pushed_comes_back_to_the_byte_and_nobody_may_write_to_it(office, elsewhere, tmp_path, kind):
    urls = {"memory": MEMORY, "file": f"file://{tmp_path}/share/releases"}
    with s3() if kind == "s3" else nullcontext(urls.get(kind)) as url, opened(url) as mirror:
        assert push(mirror, office)
        assert not push(mirror, office)
        assert mirror.whole() == [office.folder.name]
        taken = pull(mirror, elsewhere, chosen(mirror, "2025Q4"))
    assert contents(taken.folder) == contents(office.folder)
    assert taken.list.equals(office.list)
    assert {one.stat().st_mode & 0o222 for one in (taken.folder, *taken.folder.rglob("*"))} == {0}


def test_a_second_push_writes_nothing(office, memory):
    push(memory, office)
    dies_after(memory.files, 0, "put_file", "pipe_file")
    assert not push(memory, office)


def test_whoever_dies_at_any_upload_leaves_no_release_and_the_next_push_makes_one(office, elsewhere):
    uploads = len(contents(office.folder))
    for n in range(uploads):
        _empty.__wrapped__()
        with opened(MEMORY) as mirror:
            dies_after(mirror.files, n, "put_file", "pipe_file")
            with pytest.raises(Killed):
                push(mirror, office)
        with opened(MEMORY) as mirror:
            assert len(mirror.files.find(mirror.root)) == n
            assert mirror.whole() == []
            with pytest.raises(StoreError, match="is missing there"):
                pull(mirror, elsewhere, office.folder.name)
            assert kept(elsewhere) == []
            assert push(mirror, office)
            assert contents(pull(mirror, elsewhere, office.folder.name).folder) == contents(office.folder)
        of_mirror.remove_release(elsewhere.store / office.folder.name)


def test_whoever_dies_at_any_download_leaves_no_release_and_the_next_pull_makes_one(office, elsewhere):
    with opened(MEMORY) as mirror:
        push(mirror, office)
    for n in range(len(contents(office.folder))):
        with opened(MEMORY) as mirror, pytest.MonkeyPatch.context() as patched:
            patched.setattr(of_mirror, "remove_release", Path.exists)  # the dead tidy nothing up
            dies_after(mirror.files, n, "get_file")
            with pytest.raises(Killed):
                pull(mirror, elsewhere, office.folder.name)
        assert kept(elsewhere) == [f".building-{office.folder.name}"]
        assert not (elsewhere.root / "current").is_symlink()
    with opened(MEMORY) as mirror:
        pull(mirror, elsewhere, office.folder.name)
    assert kept(elsewhere) == [office.folder.name]


@pytest.fixture(scope="module")
def one_release(tmp_path_factory):
    return released(tmp_path_factory.mktemp("law") / "office")


@given(st.data())
def test_whatever_part_of_it_stands_there_it_comes_whole_or_not_at_all(one_release, tmp_path_factory, data):
    """Stores keep names and bytes; any of them may be missing, cut off or changed in one bit."""
    folder, whole = tmp_path_factory.mktemp("taken"), contents(one_release.folder)
    key_file = releases_in(one_release.folder.parents[2]).key_file
    states = {name: data.draw(st.sampled_from(["whole", "whole", "cut", "bit", "no"])) for name in whole}
    _empty.__wrapped__()
    with opened(MEMORY) as mirror:
        for name, state in states.items():
            if state != "no":
                written = data.draw(_spoilt(whole[name], state))
                mirror.files.pipe_file(mirror.path(one_release.folder.name, name.as_posix()), written)
        releases = Releases(folder, key_file)
        if set(states.values()) == {"whole"}:
            assert contents(pull(mirror, releases, one_release.folder.name).folder) == whole
        else:
            with pytest.raises(StoreError, match=r"see what stands in memory://\S+, and push it again$"):
                pull(mirror, releases, one_release.folder.name)
            assert kept(releases) == []


def _spoilt(raw, state):
    places = st.integers(0, len(raw) - 1)
    if state == "cut":
        return places.map(lambda end: raw[:end])
    if state == "bit":
        return places.map(lambda at: raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    return st.just(raw)


def test_only_what_the_manifest_announces_is_taken(office, elsewhere, memory):
    push(memory, office)
    memory.files.pipe_file(memory.path(office.folder.name, "cards/stray.html"), b"put there by somebody")
    assert contents(pull(memory, elsewhere, office.folder.name).folder) == contents(office.folder)


def test_under_another_key_nothing_but_the_manifest_is_fetched(office, tmp_path, memory):
    push(memory, office)
    others = Releases(tmp_path / "others", tmp_path / "others.key")
    key = key_id(make_key(others.key_file))
    dies_after(memory.files, 1, "get_file")
    with pytest.raises(StoreError) as refused:
        pull(memory, others, office.folder.name)
    assert str(refused.value).endswith(
        f"sealed under another key than {others.key_file} (key {key}), or damaged; restore that key from its "
        f"safe copy, or see what stands in {MEMORY}, and push it again"
    )
    assert kept(others) == []


def test_a_release_under_the_name_of_another_is_refused(office, elsewhere, tmp_path, memory):
    other = released(tmp_path / "office", "H9")
    push(memory, office)
    memory.files.pipe_file(memory.path(office.folder.name, MANIFEST), (other.folder / MANIFEST).read_bytes())
    with pytest.raises(StoreError) as refused:
        pull(memory, elsewhere, office.folder.name)
    assert str(refused.value) == (
        f"{MEMORY}: {office.folder.name} is not the release that was pushed; see what stands in {MEMORY}, "
        "and push it again"
    )
    assert push(memory, office)  # what stood there was none of it
    assert pull(memory, elsewhere, office.folder.name).folder.name == office.folder.name


@pytest.mark.parametrize("name", ["../../current", "cards/../../x", "/etc/passwd"])
def test_not_even_a_sealed_manifest_writes_outside_its_folder(office, elsewhere, tmp_path, memory, name):
    manifest = {**office.manifest, "files": {name: {"sha256": "0" * 64, "rows": None}}}
    write_sealed(tmp_path / MANIFEST, manifest, elsewhere.key_file, KIND)
    other = release_name("2025Q4", tmp_path)
    memory.files.pipe_file(memory.path(other, MANIFEST), (tmp_path / MANIFEST).read_bytes())
    with pytest.raises(StoreError, match="is not the release that was pushed"):
        pull(memory, elsewhere, other)
    assert kept(elsewhere) == []


def test_links_that_stand_stay_and_those_that_lack_are_made(office, elsewhere, tmp_path, memory):
    older = released(tmp_path / "office", season="2025Q3")
    for one in (office, older):
        push(memory, one)
    pull(memory, elsewhere, office.folder.name)
    pull(memory, elsewhere, older.folder.name)
    names = {name: open_release(elsewhere, name).folder.name for name in ("2025Q3", "2025Q4", "current")}
    assert names == {
        "2025Q3": older.folder.name,
        "2025Q4": office.folder.name,
        "current": office.folder.name,
    }


def test_a_damaged_release_of_the_store_is_replaced_and_a_whole_one_not_fetched(office, elsewhere, memory):
    push(memory, office)
    damaged = pull(memory, elsewhere, office.folder.name).folder / BOOK
    damaged.chmod(0o600)
    damaged.write_bytes(b"")
    assert contents(pull(memory, elsewhere, office.folder.name).folder) == contents(office.folder)
    dies_after(memory.files, 0, "get_file")
    pull(memory, elsewhere, office.folder.name)


def test_a_season_that_has_several_releases_or_none_is_refused_with_what_there_is(office, tmp_path, memory):
    again = released(tmp_path / "office", "H9")
    memory.files.pipe_file(memory.path("not-a-release", MANIFEST), b"{}")
    for one in (office, again):
        push(memory, one)
    known = sorted([office.folder.name, again.folder.name])
    for wanted, n in (("2025Q4", 2), ("2024Q4", 0), ("not-a-release", 0), ("current", 0)):
        with pytest.raises(SeasonError) as refused:
            chosen(memory, wanted)
        assert str(refused.value) == (
            f"{MEMORY}: {n} releases are meant, allowed is one; name one of {known} (what was not pushed to "
            "the end is none)"
        )
    assert chosen(memory, office.folder.name) == office.folder.name


def test_a_bucket_that_is_not_there_is_refused_and_not_made(office):
    with s3() as url:
        missing = url.replace("office", "misspelt")
        with pytest.raises(StoreError) as refused, opened(missing) as mirror:
            push(mirror, office)
        with opened(url) as mirror:
            assert mirror.files.ls("") == ["office"]
    assert str(refused.value) == (
        f"{missing}: the store refused (FileNotFoundError); see whether bucket, account and network are "
        "right (docs/scale.md), then run again"
    )


def test_a_release_of_any_files_goes_there_and_back(tmp_path, elsewhere, memory):
    """Names as `file_stem` leaves them, and a file of several parts of an upload."""

    def write(folder):
        for name in ("workbooks/县%2f一/乡.xlsx", "big.bin"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(bytes(range(256)) * 50_000 * (name == "big.bin"))
        return {"workbooks/县%2f一/乡.xlsx": 0, "big.bin": None}

    facts = {"parameters": {"source": {"kind": "folder"}}}
    folder = publish(releases_in(tmp_path / "office"), "2025Q4", write, facts)
    release = open_release(releases_in(tmp_path / "office"), folder.name)
    with s3() as url, opened(url) as mirror:
        push(mirror, release)
        assert contents(pull(mirror, elsewhere, folder.name).folder) == contents(folder)
