"""The register on disk: one folder a county, sorted, hashed, verified before every read."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from register.atomic import sha256, write_json, write_parquet
from register.errors import StoreError
from register.shard import Shard, marked
from register.tables import TABLES

MANIFEST = "manifest.json"
LINES = "income_lines.parquet"


class Register:
    """A register that was written by `write_register_shard` and sealed by `seal`.

    Parameters
    ----------
    root : Path
        Folder with one sub-folder a county, ``income_lines.parquet`` and the manifest.

    Raises
    ------
    StoreError
        When the manifest is missing, or a file read later does not match it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        path = root / MANIFEST
        if not path.is_file():
            raise StoreError(f"{path}: no register found; run the ingest stage first (huitou run)")
        try:
            self._hashes: dict[str, str] = json.loads(path.read_bytes())["sha256"]
        except (ValueError, KeyError, TypeError):
            raise StoreError(f"{path}: damaged; run ingest again (dvc repro -f ingest)") from None

    @property
    def counties(self) -> list[str]:
        """Counties in sorted order: the shards every stage walks."""
        return sorted({Path(name).parts[0] for name in self._hashes if len(Path(name).parts) == 2})

    def shard(self, county_id: str) -> Shard:
        """Open one county, refusing any file whose hash changed since it was sealed."""
        tables = {
            name: self._read(f"{county_id}/{name}.parquet")
            for name in TABLES
            if f"{county_id}/{name}.parquet" in self._hashes
        }
        return Shard.of(tables, self._read(LINES))

    @property
    def lines(self) -> pl.DataFrame:
        """The income lines of the regions that the counties lie in, sorted by region and day."""
        villages = [self._read(f"{county_id}/villages.parquet") for county_id in self.counties]
        regions = pl.concat([one["region_id"] for one in villages]).unique()
        return self._read(LINES).filter(pl.col("region_id").is_in(regions.implode()))

    def holds(self, table: str) -> bool:
        """Tell whether any county has a row of a table; empty ones are not written."""
        return any(Path(name).name == f"{table}.parquet" for name in self._hashes)

    @property
    def digest(self) -> str:
        """One hash over the whole sealed register."""
        return sha256(self.root / MANIFEST)

    def _read(self, name: str) -> pl.DataFrame:
        path = self.root / name
        held = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(held).hexdigest() != self._hashes.get(name):
            raise StoreError(
                f"{path}: missing or changed since ingest; run ingest again (dvc repro -f ingest)"
            )
        return pl.read_parquet(held)  # the hash covers every byte: pages need no checksum as well


def write_register_shard(root: Path, county_id: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write one county's non-empty tables, sorted and marked for `Shard`, in place of any before."""
    shutil.rmtree(root / county_id, ignore_errors=True)
    for name, frame in tables.items():
        if len(frame):
            kept = marked(TABLES[name], frame.select(list(TABLES[name].kept)))
            write_parquet(root / county_id / f"{name}.parquet", kept)


def write_lines(root: Path, lines: pl.DataFrame) -> None:
    """Write the income lines of all regions."""
    write_parquet(root / LINES, lines.sort("region_id", "effective_from"))


def made_under(root: Path, *entry: str) -> frozenset[str]:
    """Say under which key a register was made, as its manifest notes it.

    Parameters
    ----------
    root : Path
    *entry : str
        Where in the manifest: ``"pseudonym_key_id"``, or ``"vault", "key_id"``.

    Returns
    -------
    frozenset of str
        One key id; none where there is no register, or it was made under no key.
    """
    try:
        value = json.loads((root / MANIFEST).read_bytes())
        for name in entry:
            value = value.get(name)
    except (OSError, ValueError, AttributeError):
        return frozenset()
    return frozenset({value}) if isinstance(value, str) else frozenset()


def refuse_lost(root: Path, counties: Iterable[str]) -> None:
    """Refuse a sealed register whose manifest lacks a county that was taken in."""
    lost = sorted(set(counties) - set(Register(root).counties))
    if lost:
        raise StoreError(
            f"{root}: the manifest lacks counties {lost} that were taken in; nothing was replaced; report it"
        )


def seal(root: Path, facts: Mapping[str, object]) -> None:
    """Hash every file and write the manifest, with what ingest has to say (`facts`)."""
    hashes = {path.relative_to(root).as_posix(): sha256(path) for path in sorted(root.rglob("*.parquet"))}
    write_json(root / MANIFEST, {"sha256": hashes, **facts})
