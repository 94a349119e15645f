"""Under which keys what stands in a workspace was made, and whether they are still at hand."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.workspace.workspace import Workspace
from register.errors import StoreError
from register.keys.key_file import PUBLISHED_ID, UNNOTED, key_id, load_key
from register.keys.settings import PrivacyParameters
from register.store import made_under
from register.vault.place import VaultPlace

NOTED = "pseudonym_key_id"


def earlier_keys(workspace: Workspace) -> frozenset[str]:
    """Give the pseudonym keys of the releases, runs and look-backs, which outlive ``artifacts/``.

    Returns
    -------
    frozenset of str
        Key ids; `register.keys.key_file.UNNOTED` stands for those of what was made before they were
        noted. What was made under no key adds none.
    """
    return frozenset((*_of_releases(workspace), *_of_runs(workspace), *_of_lookbacks(workspace)))


def noted_key(workspace: Workspace) -> str | None:
    """Give the id of the pseudonym key that the register in use was made under; None for none."""
    return next(iter(made_under(workspace.register, NOTED)), None)


def key_of(manifest: Mapping[str, Any]) -> str | None:
    """Give the id of the pseudonym key that a release was made under, by its manifest; None for none.

    `register.keys.key_file.UNNOTED` stands for that of a release made before it was noted.
    """
    is_hidden = manifest.get("parameters", {}).get("privacy", {}).get("pseudonymise")
    return (manifest.get(NOTED) or UNNOTED) if is_hidden else None


def refuse_other_keys(
    workspace: Workspace, privacy: PrivacyParameters, but_for: Collection[str] = ()
) -> None:
    """Refuse to go on with a register whose keys are not at hand.

    A stage that DVC takes from its cache never asks for the key, so whoever publishes or
    examines asks here.

    Parameters
    ----------
    workspace : Workspace
    privacy : PrivacyParameters
        Section ``privacy`` of the parameters.
    but_for : collection of str
        Key ids that may be missing, for the next ingest makes the register anew; that of invented
        data is missing nowhere.

    Raises
    ------
    StoreError
        When a key is missing or another one than the register's manifest notes.
    """
    places = {
        Path(privacy.key_file).expanduser(): (NOTED,),
        VaultPlace.key_of(privacy): ("vault", "key_id"),
    }
    for place, entry in places.items():
        for noted in made_under(workspace.register, *entry) - {PUBLISHED_ID, *but_for}:
            held = key_id(load_key(place)) if place.is_file() else None
            if held != noted:
                at_hand = f"key {held}" if held else "no key"
                raise StoreError(
                    f"{place}: found {at_hand}, {workspace.register} was made under key "
                    f"{noted} (another HOME or machine, or the file was lost): copy that key's file here "
                    f"from there or from its safe copy; or, if it is lost, add '{noted}' to "
                    "privacy.given_up_keys in params.yaml and run again"
                )


def _of_releases(workspace: Workspace) -> Iterator[str]:
    for manifest in _read(workspace.releases.glob(".store/*/manifest.json")):
        if key := key_of(manifest):
            yield key


def _of_runs(workspace: Workspace) -> Iterator[str]:
    """Give those of the runs; one that notes that it needed no key adds none."""
    for record in _read(workspace.runs.glob("[0-9]*/record.json")):
        if record.get(NOTED, UNNOTED):
            yield record.get(NOTED, UNNOTED)


def _of_lookbacks(workspace: Workspace) -> Iterator[str]:
    if any(workspace.lookbacks.rglob("*.json")):
        yield UNNOTED


def _read(paths: Iterator[Path]) -> Iterator[dict[str, Any]]:
    """Read what can be read: a damaged file is refused where it is opened for what it holds."""
    for path in paths:
        try:
            manifest = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict):
            yield manifest
