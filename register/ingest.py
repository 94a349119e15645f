"""Take a source into the register: cast, quarantine, pseudonymise, seal, swap in."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from register.admission import Admitted, admit
from register.atomic import atomic_path, write_parquet
from register.errors import ContractError, ParamsError
from register.keys import load_key
from register.pseudonym import Pseudonymiser
from register.quarantine import REASONS
from register.sources.delivery import Source
from register.store import seal, write_lines, write_register_shard
from register.vault.place import VaultPlace
from register.vault.writing import VaultWriter, refuse_identities

LEDGER = {
    "file": pl.String(),
    "table": pl.String(),
    "rows_in": pl.Int64(),
    "accepted": pl.Int64(),
    "quarantined": pl.Int64(),
    "duplicates": pl.Int64(),
}
COUNTS = ("rows_in", "accepted", "quarantined", "duplicates")

Walk = Callable[[Iterable[str], str], Iterable[str]]


@dataclass(frozen=True)
class Settings:
    """What the parameters decide about an ingest.

    Attributes
    ----------
    source_kind : str
        Told in the manifest.
    max_quarantined_share : float
        Share of a table's rows above which nothing is replaced.
    key_file : Path or None
        Pseudonym key; None leaves ids as they are (public data).
    vault : VaultPlace or None
        Where names, phones, addresses and identity numbers go; None refuses them.
    """

    source_kind: str
    max_quarantined_share: float
    key_file: Path | None
    vault: VaultPlace | None = None

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "Settings":
        """Take the settings from the parameters of a run."""
        share = params["ingest"]["max_quarantined_share"]
        if not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ParamsError(
                f"ingest.max_quarantined_share: found {share!r}, allowed is 0 to 1; mend params.yaml"
            )
        privacy = params["privacy"]
        key_file = Path(privacy["key_file"]) if privacy["pseudonymise"] else None
        vault = VaultPlace.of(privacy) if privacy["vault"] else None
        return cls(params["source"]["kind"], float(share), key_file, vault)


def ingest(source: Source, root: Path, settings: Settings, walk: Walk | None = None) -> pl.DataFrame:
    """Build the register of a source beside the old one and swap it in.

    Parameters
    ----------
    source : Source
        Where the tables come from.
    root : Path
        The register's folder; stays as it is when anything fails.
    settings : Settings
    walk : callable, optional
        Shows progress over the counties.

    Returns
    -------
    DataFrame
        The ledger: by file ``rows_in = accepted + quarantined + duplicates``.

    Raises
    ------
    ContractError
        When a table loses too many rows; the cleaning list stays in ``<root>.building``.
    """
    building = _prepare(root)
    vault = VaultWriter(_prepare(settings.vault.folder), settings.vault.key_file) if settings.vault else None
    pseudonymiser = Pseudonymiser(load_key(settings.key_file)) if settings.key_file else None
    lines = source.lines()
    counties = walk(source.counties(), "ingest") if walk else source.counties()
    done = [_take(source, county, building, lines, pseudonymiser, vault) for county in counties]
    ledger = _write_reports(building, done)
    _refuse_too_many(ledger, settings.max_quarantined_share, building)
    write_lines(building, lines)
    facts = _facts(source, settings, ledger)
    facts |= {"pseudonym_key_id": pseudonymiser and pseudonymiser.key_id, "vault": vault and vault.facts}
    seal(building, facts)
    _swap(building, root)
    if settings.vault:
        _swap(_beside(settings.vault.folder, "building"), settings.vault.folder)
    return ledger


def _prepare(root: Path) -> Path:
    """Undo what a killed run left: an unfinished register, or one moved but not replaced."""
    building, old = _beside(root, "building"), _beside(root, "old")
    if old.exists() and not root.exists():
        old.rename(root)
    for leftover in (building, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    building.mkdir(parents=True)
    return building


def _beside(root: Path, state: str) -> Path:
    return root.with_name(f"{root.name}.{state}")


def _take(
    source: Source,
    county: str,
    building: Path,
    lines: pl.DataFrame,
    pseudonymiser: Pseudonymiser | None,
    vault: VaultWriter | None,
) -> Admitted:
    admitted = admit(county, source.tables(county), lines)
    tables = pseudonymiser.tables(admitted.tables) if pseudonymiser else admitted.tables
    if vault:
        vault.take(county, tables)
    else:
        refuse_identities(county, tables)
    write_register_shard(building, county, tables)
    return admitted.without_tables()


def _write_reports(building: Path, done: list[Admitted]) -> pl.DataFrame:
    reasons = pl.concat([pl.DataFrame(schema=REASONS), *(one.reasons for one in done)])
    write_parquet(building / "quarantine.parquet", reasons.sort("file", "row", maintain_order=True))
    entries = pl.concat([pl.DataFrame(schema=LEDGER), *(one.ledger for one in done)])
    ledger = entries.group_by("file", "table").agg(pl.col(COUNTS).sum()).sort("file", "table")
    with atomic_path(building / "ledger.csv") as aside:
        ledger.write_csv(aside)
    return ledger


def _refuse_too_many(ledger: pl.DataFrame, allowed: float, building: Path) -> None:
    totals = ledger.group_by("table").agg(pl.col(COUNTS).sum()).sort("table")
    for name, rows, quarantined in totals.select("table", "rows_in", "quarantined").iter_rows():
        if quarantined > allowed * rows:
            raise ContractError(
                f"{name}: {quarantined} of {rows} rows quarantined, allowed is a share of {allowed:g} "
                f"(ingest.max_quarantined_share); nothing was replaced; mend the rows listed in "
                f"{building / 'quarantine.parquet'} and run again"
            )


def _facts(source: Source, settings: Settings, ledger: pl.DataFrame) -> dict[str, object]:
    return {
        "source_kind": settings.source_kind,
        "control_totals": bool(getattr(source, "has_control_totals", False)),
        "ledger": {name: int(ledger[name].sum()) for name in COUNTS},
    }


def _swap(building: Path, root: Path) -> None:
    old = _beside(root, "old")
    if root.exists():
        root.rename(old)
    building.rename(root)
    if old.exists():
        shutil.rmtree(old)
