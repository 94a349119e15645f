"""Take a source into the register: cast, quarantine, pseudonymise, seal, swap in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from register.atomic import write_text
from register.consistency import Examined, counted, examine, unchecked, write_findings
from register.errors import ParamsError
from register.faults import Faults
from register.ids.homonyms import Homonym
from register.intake.admission import admit
from register.intake.admitted import Admitted, check_county
from register.intake.building import REGISTER, VAULT, begin, swap
from register.intake.counties import opened, take_counties
from register.intake.ledger import COUNTS, QUARANTINE, refuse_other_length, refuse_too_many, write_ledger
from register.intake.overruling import let_pass, signature_lines
from register.intake.settings import Settings
from register.keys.pseudonym import Pseudonymiser
from register.quarantine import reason_lines
from register.sources.delivery import Source
from register.sources.notes import NO_TOTALS, TOTALS
from register.store import refuse_lost, seal, write_lines, write_register_shard
from register.vault.writing import VaultWriter, own_numbers, refuse_identities

__all__ = ["Settings", "Taken", "Walk", "ingest"]

Walk = Callable[[Iterable[str], str], Iterable[str]]


@dataclass(frozen=True)
class Taken:
    """What is kept of a county for the reports while the next one is read."""

    admitted: Admitted
    examined: Examined | None = None


def ingest(
    source: Source,
    root: Path,
    settings: Settings,
    walk: Walk | None = None,
    say: Callable[[str], None] | None = None,
) -> pl.DataFrame:
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
    say : callable, optional
        Takes lines for a person: why most rows were set aside, and what went in on a signature.

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
    counties, lines = opened(source)
    key = settings.pseudonym_key(root)
    pseudonymiser = Pseudonymiser(key) if key else None
    building, vault = begin(root, REGISTER), _vault(settings, root)
    refused = Faults()
    take = partial(_take, source, building, lines, settings, pseudonymiser, vault, refused)
    in_turn = walk(counties, "ingest") if walk else counties
    done = take_counties(source, in_turn, take, lambda one: one.admitted)
    refused.refuse()
    examined = [one.examined for one in done.values() if one.examined]
    ledger, reasons = write_ledger(building, {county: one.admitted for county, one in done.items()})
    findings = write_findings(building, examined)
    overruled = pl.concat([one.admitted.overruled for one in done.values()])
    passed = let_pass(overruled, settings.unrounded_ids)
    _say(say, *signature_lines(passed), *reason_lines(reasons, QUARANTINE))
    refuse_too_many(ledger, reasons, settings.max_quarantined_share, building / QUARANTINE)
    refuse_other_length(ledger, settings.max_row_change, root, settings.source_kind)
    write_lines(building, lines)
    _write_delivery(building, source, signature_lines(passed))
    facts = _facts(source, settings, ledger)
    facts |= {"unrounded_ids": passed} if passed else {}
    facts |= {"pseudonym_key_id": pseudonymiser and pseudonymiser.key_id, "vault": vault and vault.facts}
    seal(building, {**facts, "findings": counted(findings), "unchecked": unchecked(examined)})
    refuse_lost(building, counties)
    swap(building, root, REGISTER)
    if settings.vault and vault:
        swap(vault.folder, settings.vault.folder, VAULT)
    return ledger


def _say(say: Callable[[str], None] | None, *lines: str) -> None:
    if say:
        for line in lines:
            say(line)


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
    building: Path,
    lines: pl.DataFrame,
    settings: Settings,
    pseudonymiser: Pseudonymiser | None,
    vault: VaultWriter | None,
    refused: Faults,
    county: str,
    claimed: Sequence[Homonym],
) -> Taken:
    """Admit a county, look through it while phones and ids are at hand, then write it."""
    admitted = admit(county, source.tables(county), settings.delivered_on, claimed, settings.unrounded_ids)
    with refused.gathered():
        check_county(county, admitted, lines)
    if refused:
        return Taken(admitted.without_tables())  # no register is made; the other counties are asked too
    examined = examine(admitted.tables, lines)
    tables = {**admitted.tables, "findings": examined.findings, "marks": examined.marks}
    private = pseudonymiser.tables(tables) if pseudonymiser else tables
    findings, marks = private.pop("findings"), private.pop("marks")
    if vault:
        vault.take(county, private, own_numbers(tables["households"], private["households"]))
    else:
        refuse_identities(county, private)
    write_register_shard(building, county, private)
    return Taken(admitted.without_tables(), replace(examined, findings=findings, marks=marks))


def _write_delivery(building: Path, source: Source, signed: Sequence[str]) -> None:
    """Write for people what the source has to say of its files, whether totals were given, who signed."""
    totals = TOTALS if getattr(source, "has_control_totals", False) else NO_TOTALS
    lines = [totals, *(f"- {note}" for note in (*signed, *getattr(source, "notes", ())))]
    write_text(building / "delivery.md", "# 交付情况 / What was delivered\n\n" + "\n".join(lines) + "\n")


def _facts(source: Source, settings: Settings, ledger: pl.DataFrame) -> dict[str, object]:
    return {
        "source_kind": settings.source_kind,
        "control_totals": bool(getattr(source, "has_control_totals", False)),
        "ledger": {name: int(ledger[name].sum()) for name in COUNTS},
    }
