"""Releases in object storage: the files first, the manifest last, and only what it announces comes back."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from register.errors import HuitouError, ParamsError, SeasonError, StoreError
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

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: A scheme, then names alone: no account, password, port, query or step upwards has a place in it.
URL = re.compile(r"([a-z][a-z0-9+]*)://(?!.*\.\.)[\w./~-]*\w", re.ASCII)
#: As `release_name` names releases; whatever else lies there is none.
NAME = re.compile(r"[\w-]+-[0-9a-f]{12}")
#: What a folder of this or another machine needs to make the folders that object storage has no need of.
OPTIONS = {"file": {"auto_mkdir": True}}


@dataclass(frozen=True)
class Mirror:
    """A place in object storage that holds releases, a folder each, under their own names.

    Attributes
    ----------
    url : str
        Where it is, as people write it.
    files : AbstractFileSystem
        Reads and writes there.
    root : str
        Its path in `files`.
    """

    url: str
    files: "AbstractFileSystem"
    root: str

    def path(self, release: str, name: str) -> str:
        """Say where a file of a release stands."""
        return f"{self.root}/{release}/{name}"

    def manifest(self, release: str) -> bytes | None:
        """Read what stands as the manifest of a release; None where it was never pushed to the end."""
        try:
            content: bytes = self.files.cat_file(self.path(release, MANIFEST))
        except FileNotFoundError:
            return None
        return content

    def whole(self) -> list[str]:
        """Name the releases that have a manifest, for those alone were pushed to the end."""
        names = (PurePosixPath(path).parent.name for path in self.files.glob(self.path("*", MANIFEST)))
        return sorted(name for name in names if NAME.fullmatch(name))


@contextmanager
def opened(url: str) -> Iterator[Mirror]:
    """Open object storage for the time of the block.

    Account and password come from where the store's own library looks for them (for S3 the environment
    or ``~/.aws``), never from an address or a parameter.

    Parameters
    ----------
    url : str
        As fsspec has it: ``s3://bucket/folder``, ``file:///mnt/share/folder``.

    Yields
    ------
    Mirror

    Raises
    ------
    ParamsError
        When it is no such address, may hold a password, or its library is not installed.
    StoreError
        When the store refuses in the block, by the kind of the refusal alone: its text may hold
        what it was opened with.
    """
    if not (address := URL.fullmatch(url)):
        raise ParamsError(
            "URL: not an address such as s3://bucket/folder, or one with an account, a port or a query, "
            "which is not shown; name bucket and folder alone, the rest comes from the environment "
            "(docs/scale.md)"
        )
    try:
        yield _mirror(url, address[1])
    except HuitouError:
        raise
    except Exception as error:  # noqa: BLE001 - every store has errors of its own
        raise StoreError(
            f"{url}: the store refused ({type(error).__name__}); see whether bucket, account and network are "
            "right (docs/scale.md), then run again"
        ) from None


def _mirror(url: str, scheme: str) -> Mirror:
    """Open it without a cache: others push while we look."""
    from fsspec.core import url_to_fs  # comes with DVC; slow to import, and few have a mirror

    try:
        files, root = url_to_fs(
            url, skip_instance_cache=True, use_listings_cache=False, **OPTIONS.get(scheme, {})
        )
    except (ImportError, ValueError):
        raise ParamsError(
            f"URL: found {scheme}://, whose library is not installed; pip install s3fs (or the extra "
            "huitou[s3]) for s3://, for others see docs/scale.md"
        ) from None
    return Mirror(url, files, root.rstrip("/"))


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
