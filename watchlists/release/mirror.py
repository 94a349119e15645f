"""Releases in object storage: the files first, the manifest last, and only what it announces comes back."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from register.errors import SeasonError, StoreError
from watchlists.release.object_storage import Mirror
from watchlists.release.publication import begin, land, remove_release
from watchlists.release.store import (
    CURRENT,
    MANIFEST,
    Release,
    Releases,
    open_release,
    point,
    read_manifest,
    release_name,
    verify,
)


def push(mirror: Mirror, release: Release) -> bool:
    """Copy a release into object storage, under the name it has in the store.

    The manifest comes last: whoever dies before leaves what no reader takes, and the next push begins
    anew. Where the manifest stands nothing is done.

    Parameters
    ----------
    mirror : Mirror
    release : Release
        Verified when it was opened.

    Returns
    -------
    bool
        Whether anything was copied.
    """
    name, manifest = release.folder.name, (release.folder / MANIFEST).read_bytes()
    if mirror.manifest(name) == manifest:
        return False
    announced = sorted(release.manifest["files"])
    mirror.files.put(
        [str(release.folder / one) for one in announced], [mirror.path(name, one) for one in announced]
    )
    mirror.files.pipe_file(mirror.path(name, MANIFEST), manifest)
    return True


def chosen(mirror: Mirror, wanted: str) -> str:
    """Choose a release by its name, or by a season that has but one.

    Raises
    ------
    SeasonError
        When none or several are meant.
    """
    whole = mirror.whole()
    meant = [one for one in whole if wanted in (one, one.rpartition("-")[0])]
    if len(meant) != 1:
        raise SeasonError(
            f"{mirror.url}: {len(meant)} releases are meant, allowed is one; name one of {whole} "
            "(what was not pushed to the end is none)"
        )
    return meant[0]


def pull(mirror: Mirror, releases: Releases, name: str) -> Release:
    """Take a release out of object storage into the store, in one step.

    Its manifest comes first: only when that is sealed under our key and of that name, the files that it
    announces follow, and only when all are what it says, the folder takes its name. A link that
    stands is not moved; a season without one, and a store in which nothing is current, get theirs.

    Parameters
    ----------
    mirror : Mirror
    releases : Releases
        Where it lands.
    name : str
        Of `chosen`.

    Returns
    -------
    Release
        Verified where it landed.

    Raises
    ------
    StoreError
        When it is not what was pushed, or was sealed under another key: nothing lands.
    """
    if not _is_whole(releases, name):
        building = begin(releases, name)
        try:
            season = _fetched(mirror, name, building, releases.key_file)
            land(building, releases, season)
        finally:
            if building.exists():
                remove_release(building)
    release = open_release(releases, name)
    for link in (releases.root / release.season, releases.root / CURRENT):
        if not link.is_symlink():
            point(link, releases.store / name)
    return release


def _is_whole(releases: Releases, name: str) -> bool:
    """Tell whether a release stands in the store already, undamaged."""
    try:
        open_release(releases, name)
    except (SeasonError, StoreError):
        return False
    return True


def _fetched(mirror: Mirror, name: str, building: Path, key_file: Path) -> str:
    """Fetch a release, verify all of it and give its season."""
    remedy = f"see what stands in {mirror.url}, and push it again"
    try:
        _fetch(mirror, name, [MANIFEST], building)
        manifest = read_manifest(building, key_file, remedy)
        season: str = manifest["season"]
        if release_name(season, building) != name or not all(map(_stays_inside, manifest["files"])):
            raise StoreError(f"{mirror.url}: {name} is not the release that was pushed; {remedy}")
        _fetch(mirror, name, [*manifest["files"]], building)
    except FileNotFoundError:
        raise StoreError(f"{mirror.url}: a file of {name} is missing there; {remedy}") from None
    verify(building, key_file, remedy)
    return season


def _fetch(mirror: Mirror, release: str, names: Sequence[str], building: Path) -> None:
    mirror.files.get([mirror.path(release, one) for one in names], [str(building / one) for one in names])


def _stays_inside(name: str) -> bool:
    """Tell whether a path leads nowhere but into the folder it is put to."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
