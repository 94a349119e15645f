"""A small release with all its tables, as publish makes it: three households of two townships."""

import polars as pl

from register.atomic import write_parquet
from register.seasons import season_end
from tests.watchlists.explaining import kept
from tests.watchlists.handed_out import releases_in
from tests.watchlists.lists import LABEL, listed_row
from watchlists.contents.making import write_contents
from watchlists.contents.tables import IN_FILES, tables
from watchlists.ledger.parameters import LedgerParameters
from watchlists.ledger.tasks import NOTHING_BACK, tasks
from watchlists.release.manifest import FIRST_LABEL
from watchlists.release.publication import publish
from watchlists.release.store import (
    BOARDS,
    ENDING_HELP,
    EXPLAINED,
    HIGH_OFF_LIST,
    LEFT,
    LISTED,
    SCORES,
    open_release,
)

IDS = ("H1", "H2", "H3")
SEASON = "2025Q4"


def row_of(household_id, rank, **changes):
    """A household of the list; H3 lives in the other township."""
    township = "T2" if household_id == "H3" else "T1"
    return listed_row(household_id, **{"rank": rank, "township": township, **changes})


def shaped(name, rows):
    """Rows of a table in its declared shape; what a story does not tell is missing."""
    declared = tables()[name]
    return declared.shaped(pl.DataFrame(rows, schema_overrides=declared.schema, infer_schema_length=None))


def files_of(*households, left=()):
    """The Parquet files of a release whose list holds the households, everybody in the cohort."""
    listed = list(households) or [row_of(one, rank) for rank, one in enumerate(IDS, 1)]
    board = {"level": "township", "area_id": "T1", "county_id": "C1", "within_id": "C1", "households": 40}
    ended = {"household_id": listed[0]["household_id"], "measure": "health", "risk": 0.1, "risk_ended": 0.2}
    return {
        LISTED: shaped("listed", listed),
        SCORES: shaped("scores", listed),
        HIGH_OFF_LIST: shaped("high_off_list", listed).clear(),
        LEFT: shaped("left", list(left)) if left else shaped("left", [{}]).clear(),
        EXPLAINED: pl.DataFrame([kept(one["household_id"]) for one in listed], infer_schema_length=None),
        ENDING_HELP: shaped("ending_help", [ended]),
        BOARDS: shaped("boards", [board]),
    }


def planned(listed, season=SEASON):
    """Its visits, before anybody went."""
    return tasks(listed, season, "f" * 16, NOTHING_BACK, LedgerParameters(), season_end(season))


def write_data(folder, files, evaluation=None):
    return write_contents(folder, files, planned(files[LISTED]), evaluation or {})


def release_with_data(tmp_path, files=None, season=SEASON, *, evaluation=None, with_data=True):
    """Publish files, with the database or as releases were before there was one."""
    files = files or files_of()

    def write(folder):
        for name in IN_FILES:
            write_parquet(folder / name, files[name])
        rows = {name: len(files[name]) for name in IN_FILES}
        return {**rows, **(write_data(folder, files, evaluation) if with_data else {})}

    facts = {
        "parameters": {"source": {"kind": "folder"}, "label": {**FIRST_LABEL, **LABEL}},
        "register_sha256": "0" * 64,
        "model_sha256": None,
        "calibration": None,
    }
    publish(releases_in(tmp_path), season, write, facts)
    return open_release(releases_in(tmp_path), season)
