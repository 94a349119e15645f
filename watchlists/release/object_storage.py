"""Object storage as a place for releases: opened by a bare address, refused without saying what it holds."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from register.errors import HuitouError, ParamsError, StoreError
from watchlists.release.store import MANIFEST

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: A scheme, then names alone: no account, password, port, query or step upwards has a place in it.
URL = re.compile(r"([a-z][a-z0-9+]*)://(?!.*\.\.)[\w./~-]*\w", re.ASCII)
#: As `release_name` names releases; whatever else lies there is none.
NAME = re.compile(r"[\w-]+-[0-9a-f]{12}")
#: Of a disk here, which is no fault of the store.
FULL = (errno.ENOSPC, errno.EDQUOT)
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
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
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
