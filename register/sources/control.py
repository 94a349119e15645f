"""Control totals: what the sender says was sent, so that a cut file is not a short one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from register.errors import SourceError

CONTROL = "control.json"


@dataclass(frozen=True)
class Control:
    """Row count and sha256 of every file of a delivery.

    Attributes
    ----------
    totals : mapping of str to (int, str)
        ``COUNTY/TABLE.csv`` to rows and sha256; neither the header nor a row without any
        value is counted.

    References
    ----------
    Of 301 cut CSV files 300 read silently with fewer rows (RELIABILITY M3).
    """

    totals: Mapping[str, tuple[int, str]]

    @classmethod
    def beside(cls, folder: Path) -> "Control | None":
        """Read the folder's ``control.json``; None where the sender gave none."""
        path = folder / CONTROL
        if not path.is_file():
            return None
        try:
            totals = json.loads(path.read_bytes())  # UTF-8 or UTF-16, with or without a mark
            return cls({_slashed(name): _entry(entry) for name, entry in totals.items()})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise SourceError(
                f"{path}: not a list of files with rows and sha256; ask for it again, or remove it "
                "to read without control totals"
            ) from None

    def check(self, path: Path, name: str, digest: str, rows: int) -> None:
        """Refuse a file that is not the one that was sent."""
        if name not in self.totals:
            raise SourceError(f"{path}: not listed in {CONTROL}; ask the sender for a complete control file")
        expected, sent = self.totals[name]
        if rows != expected and digest == sent:
            raise SourceError(
                f"{path}: found {rows} rows, {CONTROL} says {expected}, but sha256 is the same; neither the "
                f"header nor rows without any value count: ask the sender for a {CONTROL} counted so"
            )
        if digest != sent:
            raise SourceError(
                f"{path}: found {rows} rows, {CONTROL} says {expected}, sha256 differs; "
                "the file was cut or changed, ask for it again"
            )

    def missing(self, folder: Path) -> list[str]:
        """Name the files the sender listed that are not there."""
        return [name for name in sorted(self.totals) if not (folder / name).is_file()]


def refuse_missing(path: Path) -> None:
    """Refuse a delivery that lacks a file the sender listed."""
    raise SourceError(f"{path}: listed in {CONTROL} but missing; ask for it again")


def _slashed(name: str) -> str:
    """Write a path as it is looked up, where Windows or ``find`` wrote it."""
    return PurePosixPath(name.replace("\\", "/")).as_posix()


def _entry(entry: Mapping[str, Any]) -> tuple[int, str]:
    """Give rows and sha256; tools of Windows write it in capital letters."""
    return int(entry["rows"]), str(entry["sha256"]).strip().lower()
