"""Take a source into the register: cast, quarantine, pseudonymise, seal, swap in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from register.admission import admit
from register.admitted import Admitted, check_county
from register.atomic import write_text
from register.building import begin, swap
from register.consistency import Examined, counted, examine, unchecked, write_findings
from register.counties import take_counties
from register.errors import ParamsError
from register.homonyms import Homonym
from register.keys import load_key
from register.ledger import COUNTS, QUARANTINE, refuse_other_length, refuse_too_many, write_ledger
from register.pseudonym import Pseudonymiser
from register.sources.delivery import Source
from register.sources.notes import NO_TOTALS, TOTALS
from register.store import seal, write_lines, write_register_shard
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
    """

    source_kind: str
    max_quarantined_share: float
    key_file: Path | None
    vault: VaultPlace | None = None
    delivered_on: date | None = None
    max_row_change: float | None = None

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
        )


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
    building = begin(root)
    vault = VaultWriter(begin(settings.vault.folder), settings.vault.key_file) if settings.vault else None
    pseudonymiser = Pseudonymiser(load_key(settings.key_file)) if settings.key_file else None
    lines = source.lines()
    counties = walk(source.counties(), "ingest") if walk else source.counties()
    take = partial(_take, source, building, lines, settings, pseudonymiser, vault)
    done = take_counties(counties, take, lambda one: one.admitted)
    examined = [one.examined for one in done.values()]
    ledger, reasons = write_ledger(building, {county: one.admitted for county, one in done.items()})
    findings = write_findings(building, examined)
    refuse_too_many(ledger, reasons, settings.max_quarantined_share, building / QUARANTINE)
    refuse_other_length(ledger, settings.max_row_change, root, settings.source_kind)
    write_lines(building, lines)
    _write_delivery(building, source)
    facts = _facts(source, settings, ledger)
    facts |= {"pseudonym_key_id": pseudonymiser and pseudonymiser.key_id, "vault": vault and vault.facts}
    seal(building, {**facts, "findings": counted(findings), "unchecked": unchecked(examined)})
    swap(building, root)
    if settings.vault and vault:
        swap(vault.folder, settings.vault.folder)
    return ledger


def _take(
    source: Source,
    building: Path,
    lines: pl.DataFrame,
    settings: Settings,
    pseudonymiser: Pseudonymiser | None,
    vault: VaultWriter | None,
    county: str,
    claimed: Sequence[Homonym],
) -> Taken:
    """Admit a county, look through it while phones and ids are at hand, then write it."""
    admitted = admit(county, source.tables(county), settings.delivered_on, claimed)
    check_county(county, admitted, lines)
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
