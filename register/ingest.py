"""Take a source into the register: cast, quarantine, pseudonymise, seal, swap in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from register.admission import Admitted, admit, check_county
from register.atomic import write_text
from register.building import REGISTER, VAULT, begin, swap
from register.consistency import Examined, counted, examine, unchecked, write_findings
from register.counties import refuse_county_ids
from register.errors import ParamsError
from register.keys import key_in_use
from register.ledger import COUNTS, QUARANTINE, refuse_other_length, refuse_too_many, write_ledger
from register.pseudonym import Pseudonymiser
from register.sources.delivery import Source
from register.sources.notes import NO_TOTALS, TOTALS
from register.store import made_under, refuse_lost, seal, write_lines, write_register_shard
from register.vault.place import VaultPlace
from register.vault.writing import VaultWriter, refuse_identities

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
    delivered_on : date or None
        No record may be recorded later; None leaves it unchecked.
    max_row_change : float or None
        Share by which a table may grow or shrink against the register it replaces; None
        leaves it unchecked.
    made_under : frozenset of str
        Key ids of whatever else exists, asked where the register notes none
        (`register.keys.key_in_use`).
    given_up : frozenset of str
        Key ids that a person has given up, so that another key may take their place.
    """

    source_kind: str
    max_quarantined_share: float
    key_file: Path | None
    vault: VaultPlace | None = None
    delivered_on: date | None = None
    max_row_change: float | None = None
    made_under: frozenset[str] = frozenset()
    given_up: frozenset[str] = frozenset()

    @classmethod
    def of(cls, params: Mapping[str, Any], today: date) -> "Settings":
        """Take the settings from the parameters of a run on the day `today`.

        Raises
        ------
        ParamsError
            When a share or the day of delivery is none.
        """
        told, privacy = params["ingest"], params["privacy"]
        change = told["max_row_change"]
        return cls(
            params["source"]["kind"],
            _share("max_quarantined_share", told["max_quarantined_share"], 1),
            Path(privacy["key_file"]) if privacy["pseudonymise"] else None,
            VaultPlace.of(privacy) if privacy["vault"] else None,
            _delivery(told["delivered_on"], today),
            None if change is None else _share("max_row_change", change, 1000),
            given_up=frozenset(map(str, privacy.get("given_up_keys") or ())),
        )

    def pseudonym_key(self, root: Path) -> bytes | None:
        """Give the key of the ids, which is the one that the register in use was made under.

        Raises
        ------
        StoreError
            When it is missing or another one.
        """
        if self.key_file is None:
            return None
        noted = made_under(root, "pseudonym_key_id") or self.made_under
        return key_in_use(self.key_file, noted, self.given_up, "give every household another id")

    def vault_key(self, root: Path) -> bytes:
        """Give the key of the vault, likewise."""
        if self.vault is None:
            raise ValueError("settings without a vault have no key of it")
        noted = made_under(root, "vault", "key_id")
        return key_in_use(self.vault.key_file, noted, self.given_up, "leave the vault sealed under it behind")


def _share(name: str, found: object, most: int) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= most:
        raise ParamsError(f"ingest.{name}: found {found!r}, allowed is 0 to {most}; mend params.yaml")
    return float(found)


def _delivery(found: object, today: date) -> date | None:
    if found is None or isinstance(found, date):
        return found
    if found == "today":
        return today
    raise ParamsError(
        f"ingest.delivered_on: found {found!r}, allowed is a day such as 2026-01-31, today or null; "
        "mend params.yaml"
    )


@dataclass(frozen=True)
class Taken:
    """What is kept of a county for the reports while the next one is read."""

    admitted: Admitted
    examined: Examined


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
        When a table loses too many rows, or its length differs too much from the register's;
        the cleaning list stays in ``<root>.building``.
    """
    counties, lines = source.counties(), source.lines()
    refuse_county_ids(counties)
    key = settings.pseudonym_key(root)
    pseudonymiser = Pseudonymiser(key) if key else None
    building, vault = begin(root, REGISTER), _vault(settings, root)
    walked = walk(counties, "ingest") if walk else counties
    done = [_take(source, county, building, lines, settings, pseudonymiser, vault) for county in walked]
    admitted, examined = [one.admitted for one in done], [one.examined for one in done]
    ledger = write_ledger(building, admitted)
    findings = write_findings(building, examined)
    refuse_too_many(ledger, settings.max_quarantined_share, building / QUARANTINE)
    refuse_other_length(ledger, settings.max_row_change, root, settings.source_kind)
    write_lines(building, lines)
    _write_delivery(building, source)
    facts = _facts(source, settings, ledger)
    facts |= {"pseudonym_key_id": pseudonymiser and pseudonymiser.key_id, "vault": vault and vault.facts}
    seal(building, {**facts, "findings": counted(findings), "unchecked": unchecked(examined)})
    refuse_lost(building, counties)
    swap(building, root, REGISTER)
    if settings.vault and vault:
        swap(vault.folder, settings.vault.folder, VAULT)
    return ledger


def _vault(settings: Settings, root: Path) -> VaultWriter | None:
    """Begin a vault beside the old one; it may not share a folder with the register."""
    if settings.vault is None:
        return None
    folder, register = settings.vault.folder.resolve(), root.resolve()
    if folder == register or folder in register.parents or register in folder.parents:
        raise ParamsError(
            f"privacy.vault: {settings.vault.folder} shares a folder with {root}; set another one"
        )
    return VaultWriter(begin(settings.vault.folder, VAULT), partial(settings.vault_key, root))


def _take(
    source: Source,
    county: str,
    building: Path,
    lines: pl.DataFrame,
    settings: Settings,
    pseudonymiser: Pseudonymiser | None,
    vault: VaultWriter | None,
) -> Taken:
    """Admit a county, look through it while phones and ids are at hand, then write it."""
    admitted = admit(county, source.tables(county), settings.delivered_on)
    check_county(county, admitted.tables, lines)
    examined = examine(admitted.tables, lines)
    tables = {**admitted.tables, "findings": examined.findings, "marks": examined.marks}
    private = pseudonymiser.tables(tables) if pseudonymiser else tables
    findings, marks = private.pop("findings"), private.pop("marks")
    if vault:
        vault.take(county, private)
    else:
        refuse_identities(county, private)
    write_register_shard(building, county, private)
    return Taken(admitted.without_tables(), replace(examined, findings=findings, marks=marks))


def _write_delivery(building: Path, source: Source) -> None:
    """Write for people what the source has to say of its files, and whether totals were given."""
    totals = TOTALS if getattr(source, "has_control_totals", False) else NO_TOTALS
    lines = [totals, *(f"- {note}" for note in getattr(source, "notes", ()))]
    write_text(building / "delivery.md", "# 交付情况 / What was delivered\n\n" + "\n".join(lines) + "\n")


def _facts(source: Source, settings: Settings, ledger: pl.DataFrame) -> dict[str, object]:
    return {
        "source_kind": settings.source_kind,
        "control_totals": bool(getattr(source, "has_control_totals", False)),
        "ledger": {name: int(ledger[name].sum()) for name in COUNTS},
    }
