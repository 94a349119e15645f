"""Where a household stands in a workspace: its rows of every table, and every other file that names it."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.workspace.workspace import Workspace

HOUSEHOLD, PERSON = "household_id", "member_id"
TABLE, ZIPPED = b"PAR1", b"PK\x03\x04"


@dataclass(frozen=True)
class Subject:
    """Who asks what is held, or to be erased.

    Attributes
    ----------
    household : str
        Its id, as the list has it.
    members : tuple of str
        Ids of everybody who ever was one of its members.
    person : str or None
        The member whose own records are meant; None for the whole household.
    county : str
        Where it is registered, "" where the register does not know it.
    """

    household: str
    members: tuple[str, ...] = ()
    person: str | None = None
    county: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that stands for it."""
        return self.household, *((self.person,) if self.person else self.members)


def made_files(workspace: Workspace) -> Iterator[Path]:
    """Walk every file that was made here of data: artifacts, runs, releases, and the copies DVC keeps.

    What people entered (look-backs, events, hand-outs) stands in sealed chains and is read there.
    """
    copies = workspace.folder / ".dvc" / "cache"
    for root in (workspace.artifacts, workspace.runs, workspace.releases / ".store", copies):
        yield from sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def is_table(path: Path) -> bool:
    """Say by its first bytes whether a file is Parquet: copies in DVC's cache have no endings."""
    return _begins(path, TABLE)


def rows_of(path: Path, subject: Subject) -> list[dict[str, Any]]:
    """Give the rows of a table that are the household's, or the person's with what is of all its members.

    A row that names the household beside its own (such as that of a household that split off)
    is another's, and left out.
    """
    table = pl.scan_parquet(path)
    kinds = table.collect_schema()
    rows = table.filter(_own(kinds, subject)).collect()
    floats = [name for name, kind in kinds.items() if kind.is_float()]
    return rows.with_columns(pl.col(floats).fill_nan(None)).to_dicts()


def names_any(path: Path, names: Sequence[str]) -> bool:
    """Say whether a file holds one of the names, in clear or as an office document packs it."""
    wanted = [name.encode() for name in names if name]
    if not _begins(path, ZIPPED):
        content = path.read_bytes()
        return any(one in content for one in wanted)
    with zipfile.ZipFile(path) as packed:
        return any(one in packed.read(part) for part in packed.namelist() for one in wanted)


def _own(kinds: pl.Schema, subject: Subject) -> pl.Expr:
    """Choose rows by whom they are of."""
    if HOUSEHOLD in kinds:
        own = pl.col(HOUSEHOLD) == subject.household
        if subject.person and PERSON in kinds:
            own &= pl.col(PERSON).is_null() | (pl.col(PERSON) == subject.person)
        return own
    if PERSON in kinds:
        return pl.col(PERSON).is_in(subject.ids[1:])
    texts = [name for name, kind in kinds.items() if kind == pl.String()]
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_in(subject.ids) for name in texts))


def _begins(path: Path, sign: bytes) -> bool:
    with path.open("rb") as opened:
        return opened.read(len(sign)) == sign
