"""All that is held of a household or a person, wherever it stands."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import polars as pl

from pipelines.commands.returned import open_rows
from pipelines.workspace.events import kept_events
from pipelines.workspace.handouts import kept_handouts
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.traces import Subject, is_table, made_files, names_any, rows_of
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore
from register.off_list_store import off_list_store
from register.store import MANIFEST
from register.vault.place import VaultPlace
from watchlists.release.paths import county_title, place_title
from watchlists.release.store import ID_DIGITS, LISTED, stored
from watchlists.sheets.identified import held_of

Rows = list[dict[str, Any]]


def holdings(subject: Subject, params: Parameters) -> dict[str, Any]:
    """Gather what is held.

    Parameters
    ----------
    subject : Subject
    params : Parameters

    Returns
    -------
    dict
        ``tables`` (file -> its rows of the household), ``vault``, ``lookbacks``, ``off_list``,
        ``returned``, ``handouts``, ``events``, and ``files``: what names it besides.

    Raises
    ------
    StoreError
        When a store is damaged or a key is not at hand: half of what is held is not said to be all.
    """
    vault = _vault(subject, params)
    numbers = [row["number"] for row in vault if "number" in row]
    return {"vault": vault, **_made(subject, numbers), **_entered(subject, params)}


def is_empty(held: dict[str, Any]) -> bool:
    """Say that nothing at all is held; that somebody once asked is an event, and no holding."""
    return not any(part for name, part in held.items() if name != "events")


def _made(subject: Subject, numbers: list[str]) -> dict[str, Any]:
    """Gather from whatever was made of data: rows of tables, and names of files that hold it otherwise."""
    tables, files = dict[str, Rows](), list[str]()
    for path in made_files(HERE):
        name = path.relative_to(HERE.folder).as_posix()
        if not is_table(path):
            files += [name] * names_any(path, [*subject.ids, *numbers])
        elif rows := rows_of(path, subject):
            tables[name] = rows
    return {"tables": tables, "files": files}


def _vault(subject: Subject, params: Parameters) -> Rows:
    if not (params.privacy.vault and subject.county):
        return []
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    return held_of(VaultPlace.of(params.privacy), subject.county, facts, subject.household, subject.person)


def _entered(subject: Subject, params: Parameters) -> dict[str, Rows]:
    """Gather what people entered; of visits every version with its note."""
    key_file, own = seal_key_file(params.privacy), pl.col("household_id") == subject.household
    stores = {
        "lookbacks": LookbackStore(HERE.lookbacks, key_file),
        "off_list": off_list_store(HERE.lookbacks, key_file),
    }
    visits = {name: store.records(with_notes=True).filter(own).to_dicts() for name, store in stores.items()}
    returned = [asdict(row) for row in open_rows(params.privacy) if row.household_id == subject.household]
    events = [one for one in kept_events(HERE, params) if one.get("household") in subject.ids]
    return {**visits, "returned": returned, "handouts": list(_handouts(subject, params)), "events": events}


def _handouts(subject: Subject, params: Parameters) -> Iterator[dict[str, Any]]:
    """Name who was handed a file of a place whose list holds the household."""
    places = _places(subject, params)
    for entry in kept_handouts(HERE, params):
        files = [one for one in entry["files"] if one["place"].startswith(tuple(places[entry["list_id"]]))]
        if files:
            yield {**entry, "files": files}


def _places(subject: Subject, params: Parameters) -> defaultdict[str, set[str]]:
    """Give the titles of the household's places by the id of each list that holds it."""
    places = defaultdict[str, set[str]](set)
    for _, release in stored(releases_of(HERE, params)):
        if isinstance(release, StoreError):
            raise release
        for frame in (release.list, release.high_off_list):
            rows = frame.filter(pl.col("household_id") == subject.household).to_dicts()
            title = place_title if frame is release.list else county_title
            of_list = release.manifest["files"][LISTED]["sha256"][:ID_DIGITS]
            places[of_list] |= {title(row) for row in rows}
    return places
