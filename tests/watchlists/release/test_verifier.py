"""What a stranger can check, with a script that shares nothing with the product."""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from register.keys.key_file import make_key
from register.keys.seals import public_key, write_sealed
from tests.object_storage import s3
from tests.watchlists.handed_out import BOOK, released, releases_in
from watchlists.release.mirror import push
from watchlists.release.object_storage import opened
from watchlists.release.store import open_release

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_release.py"


@pytest.fixture(scope="module")
def verifier():
    spec = importlib.util.spec_from_file_location("verify_release", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def release(tmp_path):
    folder = released(tmp_path).folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    return folder


@pytest.fixture
def published(tmp_path, release):
    return public_key(releases_in(tmp_path).key_file)


def test_a_stranger_checks_what_was_pushed_to_object_storage(verifier, tmp_path, published):
    """Whoever has no key copies the folder with any program; pull is for those who have it."""
    release = open_release(releases_in(tmp_path))
    with s3() as url, opened(url) as mirror:
        push(mirror, release)
        mirror.files.get(f"{mirror.root}/{release.folder.name}", str(tmp_path), recursive=True)
    assert verifier.faults(tmp_path / release.folder.name, published) == []


def test_an_honest_release_is_whole(release, published):
    done = subprocess.run([sys.executable, SCRIPT, release, published], capture_output=True, text=True)
    assert (done.returncode, done.stdout.split(":")[0], done.stderr) == (0, "whole", "")


def test_of_a_thousand_tampered_releases_none_is_taken(verifier, release, published):
    """A bit of any file is turned, a file cut, removed or added."""
    files = sorted(path for path in release.rglob("*") if path.is_file())
    drawn, taken = random.Random(20261130), 0
    for _ in range(1000):
        path = drawn.choice(files)
        whole, place = path.read_bytes(), drawn.randrange(path.stat().st_size)
        how = drawn.choice(("bit", "cut", "gone", "added"))
        stray = release / f"{drawn.randrange(99)}.csv"
        if how == "bit":
            path.write_bytes(
                whole[:place] + bytes([whole[place] ^ 1 << drawn.randrange(8)]) + whole[place + 1 :]
            )
        elif how == "cut":
            path.write_bytes(whole[:place])
        elif how == "gone" and path.name != "manifest.json":
            path.unlink()
        else:
            stray.write_text("H4")
        taken += not verifier.faults(release, published)
        stray.unlink(missing_ok=True)
        path.write_bytes(whole)
    assert taken == 0
    assert verifier.faults(release, published) == []


def test_whoever_holds_another_key_cannot_publish_in_this_offices_name(
    verifier, release, published, tmp_path
):
    written = json.loads((release / "manifest.json").read_bytes())
    forged = {name: value for name, value in written.items() if not name.startswith("seal")}
    make_key(tmp_path / "others.key")
    write_sealed(release / "manifest.json", forged, tmp_path / "others.key", "release")
    assert verifier.faults(release, published) == ["manifest.json: not signed under this key, or changed"]


def test_a_seal_of_another_kind_is_no_releases(verifier, release, published, tmp_path):
    written = json.loads((release / "manifest.json").read_bytes())
    same = {name: value for name, value in written.items() if not name.startswith("seal")}
    write_sealed(release / "manifest.json", same, releases_in(tmp_path).key_file, "run")
    assert verifier.faults(release, published)[0].startswith("manifest.json: no release's")


def test_a_link_in_the_place_of_a_file_is_refused(verifier, release, published, tmp_path):
    (release / BOOK).rename(tmp_path / "same.xlsx")
    (release / BOOK).symlink_to(tmp_path / "same.xlsx")
    assert verifier.faults(release, published) == [f"{BOOK}: missing or changed"]
