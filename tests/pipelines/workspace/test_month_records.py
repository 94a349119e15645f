"""What is known of a month: which list was in force, and which lists its visits were of."""

from datetime import date

import polars as pl
import pytest

from pipelines.workspace.month_records import month_records
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, today
from register.errors import SeasonError
from register.keys.seals import seal_key_file
from register.lookback_store import RECORDS, LookbackStore
from register.off_list_store import FOLDER
from tests.watchlists.handed_out import FOUND, filled, released
from watchlists.monthly.month import Month


def records(name):
    return month_records(Month.of(name), load_params(), today())


def test_the_newest_list_from_before_the_month_is_in_force(office):
    released(office, season="2025Q3")
    released(office, season="2025Q4")
    assert records("2025-12").in_force.season == "2025Q3"
    assert records("2026-01").in_force.season == "2025Q4"
    assert records("2026-05").in_force.season == "2025Q4"


def test_a_visit_of_the_list_before_is_known_with_where_the_household_lives(office, huitou):
    old = released(office, {"household_id": "H7", "village_id": "V7"}, season="2025Q3")
    assert huitou("lookback", filled(old, office / "late.xlsx", {2: FOUND})) == 0
    released(office, "H1", season="2025Q4")
    known = records("2026-02").known
    assert set(known.listed["household_id"]) == {"H1", "H7"}
    assert known.visits["household_id"].to_list() == ["H7"]


def test_a_month_before_every_list_is_refused_with_those_there_are(office):
    released(office, season="2025Q4")
    with pytest.raises(SeasonError) as refused:
        records("2025-12")
    assert str(refused.value) == (
        "month: found 2025-12, before which no list was released; "
        "allowed are months after the last day of 2025Q4"
    )
    (office / "releases" / "2025Q4").unlink()
    with pytest.raises(SeasonError, match="after the last day of a released season"):
        records("2025-12")


def test_a_visit_off_the_list_is_known_apart_from_those_of_the_list(office):
    released(office, "H1", season="2025Q4")
    visit = {
        "household_id": "H9",
        "county_id": "C1",
        "source_kind": "folder",
        "season": "2025Q4",
        "visited_on": date(2026, 1, 20),
        "recorded_on": date(2026, 1, 22),
        "result": "confirmed",
    }
    kept = LookbackStore(HERE.lookbacks / FOLDER, seal_key_file(load_params().privacy))
    kept.append(pl.DataFrame([visit], schema=RECORDS), [])
    known = records("2026-01").known
    assert known.off_list["household_id"].to_list() == ["H9"]
    assert known.visits.is_empty()
