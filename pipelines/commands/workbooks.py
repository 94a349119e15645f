"""`huitou workbooks`: writable copies of a release's workbooks, with names only on request."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, shards
from register.errors import ParamsError, SourceError
from register.intake.building import BOOKS, begin, swap
from register.reference import causes, measures
from register.seasons import season_end
from register.store import MANIFEST, Register
from register.vault.place import VaultPlace
from watchlists.label_wording import wording_of
from watchlists.line_words import line_of_county
from watchlists.lookbacks.sheet import mark
from watchlists.reasons.household_view import ReferenceNames, household_view, townships
from watchlists.release.paths import place_name, workbook_path
from watchlists.release.store import LISTED, Release, list_id, open_release
from watchlists.sheets.workbook import identified, write_workbook
from watchlists.visits.must_visits import released_must_visits

Rows = list[dict[str, Any]]
#: Adds what the vault knows to the listed households of a county.
Identify = Callable[[str, Rows], Rows]


def write_workbooks(folder: Path, season: str, *, with_names: bool) -> str:
    """Write a workbook a township into a new folder, for its owner alone.

    Parameters
    ----------
    folder : Path
        Must not exist yet, or be empty, and never lie inside the releases.
    season : str
        A released season, or ``current``.
    with_names : bool
        Whether to open the vault.

    Returns
    -------
    str
        Where the workbooks are.

    Raises
    ------
    SourceError
        When the folder is in use or inside the releases.
    """
    params = load_params()
    refuse_place(folder)
    released = open_release(releases_of(HERE, params), season)
    identify = _identifier(params, released) if with_names else None
    with for_owner_alone():
        building = begin(folder, BOOKS)
        number = _write(building, released, identify)
        swap(building, folder, BOOKS)
    names = "含姓名电话，用后删除 with names and phones: delete them after use" if with_names else ""
    return f"{folder.absolute()}: {number} 工作簿 workbooks {names}\n"


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


def _identifier(params: Parameters, released: Release) -> Identify:
    if not params.privacy.vault:
        raise ParamsError("privacy.vault: empty, so nobody's name was kept; leave out --with-names")
    place, register = VaultPlace.of(params.privacy), Register(HERE.register)
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    day = season_end(released.season)

    def identify(county: str, rows: Rows) -> Rows:
        return identified(rows, place, county, facts, register.shard(county).view("members", day))

    return identify


def _write(folder: Path, released: Release, identify: Identify | None) -> int:
    names = ReferenceNames(causes(), released_must_visits(released.manifest["parameters"]), measures())
    of_list, number = mark(released.season, list_id(released.folder / LISTED)), 0
    wording = wording_of(released.manifest["parameters"]["label"])
    for county in shards(released.list["county_id"].unique().sort().to_list(), "workbooks"):
        listed = released.list.filter(pl.col("county_id") == county)
        for township, part in townships(listed):
            rows = [household_view(row, names) for row in part.iter_rows(named=True)]
            rows = identify(county, rows) if identify else rows
            target = folder / Path(workbook_path(county, township)).relative_to("workbooks")
            title = f"{place_name(county, township)} {released.season}"
            line = line_of_county(released.manifest.get("lines"), county)
            write_workbook(target, rows, title, of_list, wording, line, named=identify is not None)
            number += 1
    return number
