"""One folder that two machines mount: what is locked, renamed and published by one path is so by the other.

The mounts are two bind mounts of this machine in a namespace of their own; where a machine lets nobody make
any, a link stands for the second. Neither is NFS.
"""

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from pipelines.workspace.flock import locked
from register.atomic import write_text
from tests.watchlists.handed_out import released, releases_in
from watchlists.release.mirror import pull, push
from watchlists.release.object_storage import opened
from watchlists.release.store import Releases, open_release

HERE = Path(__file__).parents[2]
IN_A_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
MOUNT_TWICE = 'mount --bind "$1" "$2" && mount --bind "$1" "$3" && shift 3 && exec "$@"'
LINES = 2000


def a_lock_of_one_is_a_lock_of_the_other(one, other):
    with locked(one / ".lock") as here, locked(other / ".lock") as there:
        assert (here is None, there is None) == (False, True)
    with locked(other / ".lock") as there:
        assert there is not None


def a_reader_by_the_other_meets_whole_files_alone(one, other):
    writer = Thread(target=lambda: [write_text(one / "facts", f"{n}\n" * LINES) for n in range(200)])
    write_text(one / "facts", "first\n" * LINES)
    writer.start()
    while writer.is_alive():
        lines = (other / "facts").read_text().splitlines()
        assert (len(lines), len(set(lines))) == (LINES, 1)
    writer.join()


def a_release_of_one_is_opened_verified_and_pushed_by_the_other(one, other):
    published = released(one)
    releases = Releases(other / "releases", releases_in(one).key_file)
    release = open_release(releases)
    assert release.list.equals(published.list)
    with opened(f"file://{other}/share") as mirror:
        assert push(mirror, release)
    with opened(f"file://{one}/share") as mirror:
        assert not push(mirror, published)
        taken = pull(mirror, Releases(one / "copy", releases.key_file), release.folder.name)
    assert taken.manifest == published.manifest


LAWS = (
    a_lock_of_one_is_a_lock_of_the_other,
    a_reader_by_the_other_meets_whole_files_alone,
    a_release_of_one_is_opened_verified_and_pushed_by_the_other,
)


@pytest.fixture(scope="module")
def may_mount():
    try:
        tried = subprocess.run(
            [*IN_A_NAMESPACE, "mount", "--bind", "/tmp", "/tmp"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return tried.returncode == 0


@pytest.mark.parametrize("law", [law.__name__ for law in LAWS])
def test_one_folder_by_two_paths(may_mount, tmp_path, law):
    folder, one, other = (tmp_path / name for name in ("folder", "one", "other"))
    folder.mkdir()
    here = [sys.executable, "-m", "tests.end_to_end.test_two_mounts", law, str(one), str(other)]
    if may_mount:
        one.mkdir()
        other.mkdir()
        here = [*IN_A_NAMESPACE, "sh", "-c", MOUNT_TWICE, "sh", str(folder), str(one), str(other), *here]
    else:
        one.symlink_to(folder, target_is_directory=True)
        other.symlink_to(folder, target_is_directory=True)
    done = subprocess.run(here, cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{law}\n"), done.stderr
    assert list(folder.iterdir())


if __name__ == "__main__":
    wanted = {law.__name__: law for law in LAWS}[sys.argv[1]]
    wanted(*map(Path, sys.argv[2:]))
    sys.stdout.write(f"{wanted.__name__}\n")
