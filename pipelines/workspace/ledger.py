"""The ledger of a release: its list, what visits found and what the register knows, as of a day."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from pipelines.workspace.earlier_keys import key_of
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from register.keys.seals import seal_key_file
from register.keys.settings import PrivacyParameters
from register.lookback_store import LookbackStore
from register.seasons import season_end
from register.store import MANIFEST, Register
from register.vault.place import VaultPlace
from watchlists.ledger.help import REGISTERED, registered_help
from watchlists.ledger.responsible import KnownPlaces, assigned, placed
from watchlists.ledger.responsible_file import Entry, read_responsible
from watchlists.ledger.returned import OpenRow, returned_households
from watchlists.ledger.tasks import CameBack, tasks
from watchlists.ledger.visits import HOUSEHOLD, visited_households
from watchlists.release.store import LISTED, Release, list_id
from watchlists.sheets.identified import groups_of

_GROUPS = dict.fromkeys((*HOUSEHOLD, "village_id", "group"), pl.String())


def ledger_of(released: Release, params: Parameters, day: date, open_rows: Iterable[OpenRow]) -> pl.DataFrame:
    """Work out the tasks of a released list as of a day, with who answers for each.

    Parameters
    ----------
    released : Release
        Its list.
    params : Parameters
        Where keys and the file of those responsible are, when visits and help are due.
    day : date
        What was entered later is not yet known.
    open_rows : iterable of OpenRow
        Rows of filled workbooks that were set aside and are not yet put right.

    Returns
    -------
    DataFrame
        `watchlists.ledger.tasks.TASKS`.

    Raises
    ------
    StoreError
        When look-backs or register are damaged, or the register lacks a county of the list.
    ParamsError
        When the file of those responsible has a fault.
    """
    register, listed = Register(HERE.register), released.list
    _refuse_other_counties(register, listed)
    stored = LookbackStore(HERE.lookbacks, seal_key_file(params.privacy)).records()
    back = CameBack(
        visited_households(stored, released.source_kind, released.season, day),
        returned_households(open_rows, released.source_kind, released.season, day),
        _registered(register, listed, season_end(released.season), day),
    )
    rules = params.watchlist.ledger
    done = tasks(listed, released.season, list_id(released.folder / LISTED), back, rules, day)
    if rules.responsible is None:
        return done
    return _with_responsible(done, Path(rules.responsible), released, register, params.privacy)


def entries_of(params: Parameters) -> Sequence[Entry]:
    """Read who answers for which place; nobody where no file is named."""
    path = params.watchlist.ledger.responsible
    return read_responsible(Path(path)) if path else []


def _refuse_other_counties(register: Register, listed: pl.DataFrame) -> None:
    lacking = sorted(set(listed["county_id"]) - set(register.counties))
    if lacking:
        raise StoreError(
            f"{register.root}: holds no county {lacking[0]} of the list, so nobody knows what help was begun "
            "there; run the list's source again (huitou run)"
        )


def _registered(register: Register, listed: pl.DataFrame, since: date, day: date) -> pl.DataFrame:
    """Sum up what help the register says was begun for the listed since the list's day."""
    parts = [pl.DataFrame(schema=REGISTERED)]
    for (county,), homes in listed.group_by("county_id", maintain_order=True):
        known = register.shard(str(county)).view("assistance", day)
        of_list = known.filter(pl.col("household_id").is_in(homes["household_id"].implode()))
        parts.append(registered_help(of_list, str(county), since, day))
    return pl.concat(parts)


def _with_responsible(
    done: pl.DataFrame, path: Path, released: Release, register: Register, privacy: PrivacyParameters
) -> pl.DataFrame:
    entries = read_responsible(path)
    villages, homes = _places(register, privacy, with_groups=any(entry.group for entry in entries))
    own_number = partial(_kept_id, made_under=key_of(released.manifest), privacy=privacy)
    people = placed(path, entries, KnownPlaces(villages, homes, own_number))
    return assigned(done, people, homes)


def _places(
    register: Register, privacy: PrivacyParameters, *, with_groups: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give all villages and households of the register, with village groups where the file names any."""
    villages, homes = [], [pl.DataFrame(schema=_GROUPS)]
    for county in register.counties:
        tables, place = register.shard(county).tables, pl.lit(county).alias("county_id")
        named = tables["villages"].select("village_id", pl.col("name").alias("village_name"))
        named = named.unique("village_id", keep="last", maintain_order=True)
        at_home = tables["households"].select("household_id", "village_id")
        at_home = at_home.unique("household_id", keep="last", maintain_order=True)
        villages.append(named.select(place, "village_id", "village_name"))
        named_homes = at_home.join(named, on="village_id", how="left", maintain_order="left")
        of_group = _groups(named_homes, privacy, county, with_groups=with_groups)
        known = at_home.join(of_group, on="household_id", how="left", maintain_order="left")
        homes.append(known.select(place, "household_id", "village_id", "group"))
    return pl.concat(villages), pl.concat([one.select(list(_GROUPS)) for one in homes])


def _groups(
    at_home: pl.DataFrame, privacy: PrivacyParameters, county: str, *, with_groups: bool
) -> pl.DataFrame:
    """Open the vault only where the office's file names groups: they stand in addresses alone."""
    if not (with_groups and privacy.vault):
        return pl.DataFrame(schema=dict.fromkeys(("household_id", "group"), pl.String()))
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    return groups_of(at_home.select("household_id", "village_name"), VaultPlace.of(privacy), county, facts)


def _kept_id(household: str, made_under: str | None, privacy: PrivacyParameters) -> str:
    """Give the id an own number stands for; without the key it is held against the register as written."""
    try:
        return kept_id(household, made_under, privacy)
    except StoreError:
        return household
