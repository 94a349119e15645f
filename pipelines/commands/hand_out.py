"""How workbooks and cards are handed out: into a folder for its owner alone, with names only on request."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.commands.places import Places
from pipelines.workspace.handouts import HandedFile, keep_handout, recipient
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, walked
from register.atomic import sha256
from register.errors import ParamsError, SourceError
from register.intake.building import Kind, begin, swap
from register.reference import causes, checks, measures
from register.seasons import season_end
from register.store import MANIFEST, Register
from register.vault.place import VaultPlace
from watchlists.label_wording import LabelWording, wording_of
from watchlists.language import Language
from watchlists.line_words import line_of_county
from watchlists.lookbacks.protected import locked
from watchlists.lookbacks.sheet import mark
from watchlists.reasons.household_view import ReferenceNames, household_view, townships
from watchlists.release.paths import county_title, place_title
from watchlists.release.store import LISTED, Release, list_id, open_release
from watchlists.sheets.identified import identified
from watchlists.sheets.off_list_book import SHEET
from watchlists.visits.change import left_by_visit
from watchlists.visits.must_visits import released_must_visits

Rows = list[dict[str, Any]]
#: Adds what the vault knows to the listed households of a county.
Identify = Callable[[str, Rows], Rows]
NAMES = " 含姓名电话，用后删除 with names and phones: delete them after use"


@dataclass(frozen=True)
class Handout:
    """What is handed out: of which season and places, in which language, with names, to whom, locked how."""

    season: str
    places: Places
    language: Language | None
    with_names: bool
    to: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Township:
    """A township's part of a list as people read it, and what stands on every sheet of it."""

    county: str
    township: str
    rows: Rows
    season: str
    mark: str
    wording: LabelWording
    line: tuple[str, str]
    language: Language
    is_simulated: bool
    is_named: bool
    left_by_visit: int = 0


@dataclass(frozen=True)
class OffList:
    """A county's households at high risk that found no place, and what stands on their sheet."""

    county: str
    rows: Rows
    season: str
    high_risk: float
    wording: LabelWording
    line: tuple[str, str]
    language: Language
    is_named: bool


def hand_out(
    folder: Path,
    kind: Kind,
    handout: Handout,
    write: Callable[[Path, Township], Path],
    write_off_list: Callable[[Path, OffList], Path] | None = None,
) -> str:
    """Write something of every township into a new folder, and say where and of how many.

    Parameters
    ----------
    folder : Path
        Must not exist yet, or be empty, and never lie inside the releases.
    kind : Kind
        What the folder holds.
    handout : Handout
        As the terminal said.
    write : callable
        Takes the folder being built, and a township; gives the file.
    write_off_list : callable, optional
        Likewise of a county, where no township is named: for the county's own eyes.

    Returns
    -------
    str
        What the terminal says: the folder, and what each file is of by name.

    Raises
    ------
    SourceError
        When the folder is in use or inside the releases, or nobody of a place is listed.
    ParamsError
        When names are wanted and none were kept, or the recipient is no name.
    StoreError
        When it cannot be noted who hands out what (`pipelines.workspace.events`): then nothing is.
    """
    params, to = load_params(), recipient(handout.to) if handout.to is not None else None
    refuse_place(folder)
    released = open_release(releases_of(HERE, params), handout.season)
    listed = handout.places.of(released.list)
    identify = identifier(params, released) if handout.with_names else None
    with for_owner_alone():
        building = begin(folder, kind)
        handed = partial(_handed, building, handout.password)
        language = handout.language or params.watchlist.language
        files = [
            handed(write(building, one), place_title(one.rows[0]), one.rows)
            for one in _townships(released, listed, language, identify)
        ]
        if write_off_list and not handout.places.is_below_county:
            files += [
                handed(write_off_list(building, one), f"{county_title(one.rows[0])} {SHEET}", one.rows)
                for one in _off_lists(released, handout.places.county, language, identify)
            ]
        keep_handout(HERE, params, kind.holds, _facts(released, handout, to), files)
        swap(building, folder, kind)
    number = listed.select("county_id", "township_id").n_unique()
    where = f"{folder.absolute()}: {number} 乡镇 townships{NAMES if identify else ''}\n"
    return where + "".join(f"  {one.path}  {one.place}  {one.households} 户\n" for one in files)


def _handed(building: Path, password: str | None, file: Path, place: str, rows: Rows) -> HandedFile:
    if password is not None:
        file.write_bytes(locked(file.read_bytes(), password))
    return HandedFile(file.relative_to(building).as_posix(), sha256(file), place, len(rows))


def _facts(released: Release, handout: Handout, to: str | None) -> dict[str, Any]:
    which = {"season": released.season, "list_id": list_id(released.folder / LISTED)}
    return {"to": to, **which, **vars(handout.places), "with_names": handout.with_names}


def _reference(released: Release) -> ReferenceNames:
    rules = released_must_visits(released.manifest["parameters"])
    return ReferenceNames(causes(), rules, measures(), {one.code: one for one in checks()})


def _off_lists(
    released: Release, county: str | None, language: Language, identify: Identify | None
) -> Iterator[OffList]:
    """Give every county's households at high risk that found no place; older releases name none."""
    parameters, names = released.manifest["parameters"], _reference(released)
    for part in released.high_off_list.partition_by("county_id", maintain_order=True):
        of = part["county_id"][0]
        if county in (None, of):
            rows = [household_view(row, names, language) for row in part.iter_rows(named=True)]
            yield OffList(
                of,
                identify(of, rows) if identify else rows,
                released.season,
                parameters["watchlist"]["high_risk"],
                wording_of(parameters["label"]),
                line_of_county(released.manifest.get("lines"), of),
                language,
                identify is not None,
            )


def _townships(
    released: Release, listed: pl.DataFrame, language: Language, identify: Identify | None
) -> Iterator[Township]:
    parameters, names = released.manifest["parameters"], _reference(released)
    of_list, wording = (
        mark(released.season, list_id(released.folder / LISTED)),
        wording_of(parameters["label"]),
    )
    for county in walked(listed["county_id"].unique().sort().to_list(), "townships"):
        line = line_of_county(released.manifest.get("lines"), county)
        for township, part in townships(listed.filter(pl.col("county_id") == county)):
            rows = [household_view(row, names, language) for row in part.iter_rows(named=True)]
            yield Township(
                county,
                township,
                identify(county, rows) if identify else rows,
                released.season,
                of_list,
                wording,
                line,
                language,
                released.source_kind == "simulator",
                identify is not None,
                left_by_visit(released.gone, county, township),
            )


def identifier(params: Parameters, released: Release) -> Identify:
    """Give what adds names and addresses from the vault to the listed households of a county.

    Raises
    ------
    ParamsError
        When none were kept.
    """
    if not params.privacy.vault:
        raise ParamsError("privacy.vault: empty, so nobody's name was kept; leave out --with-names")
    place, register = VaultPlace.of(params.privacy), Register(HERE.register)
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    day = season_end(released.season)

    def identify(county: str, rows: Rows) -> Rows:
        return identified(rows, place, county, facts, register.shard(county).view("members", day))

    return identify


@contextmanager
def for_owner_alone() -> Iterator[None]:
    """Make every file 0600 and every folder 0700 from its first moment."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def refuse_place(folder: Path) -> None:
    """Refuse a folder that holds files already, or lies inside the releases."""
    place = folder.resolve()
    if place == HERE.releases.resolve() or HERE.releases.resolve() in place.parents:
        raise SourceError(f"{folder}: lies inside the releases, which never change; choose another folder")
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise SourceError(f"{folder}: holds files already; name a new folder")
