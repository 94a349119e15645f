"""A release is asked in one shape, whichever version made it, and only as long as it is whole."""

import json
import random
import sqlite3
from contextlib import closing

import polars as pl
import pytest

from register.errors import StoreError
from tests.watchlists.contents_made import files_of, release_with_data, row_of
from tests.watchlists.handed_out import released, releases_in
from watchlists.contents.reading import opened, table
from watchlists.contents.tables import VERSION, tables
from watchlists.release.database import DATABASE
from watchlists.release.manifest import NewerReleaseError
from watchlists.release.store import LISTED, REMEDY, open_release


def asked(release, question, *values):
    with closing(opened(release)) as database:
        return [tuple(row) for row in database.execute(question, values)]


def test_a_household_is_one_question_with_its_evidence_and_its_task(tmp_path):
    release = release_with_data(tmp_path)
    question = (
        "SELECT rank, feature, recorded, due_on FROM listed JOIN evidence USING (household_id) "
        "JOIN tasks USING (household_id) WHERE household_id = ? ORDER BY position"
    )
    first, second = asked(release, question, "H2")
    assert first[:3] == (2, "own_payment_over_needs_12m", "2025-11-03")
    assert second[1:3] == ("n_past_falls", None)
    assert first[3] == second[3] > "2025-12-31"


def test_nobody_writes_through_it(tmp_path):
    with closing(opened(release_with_data(tmp_path))) as database:
        with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
            database.execute("DELETE FROM listed")
        assert database.execute("SELECT count(*) AS n FROM listed").fetchone()["n"] == 3


@pytest.mark.parametrize("name", tables())
def test_every_table_reads_back_in_its_declared_shape_with_and_without_the_database(tmp_path, name):
    now = release_with_data(tmp_path / "now")
    before = release_with_data(tmp_path / "before", with_data=False)
    declared = tables()[name]
    whole = table(now, name)
    assert whole.schema == pl.Schema(declared.schema)
    if declared.file or name in ("evidence", "trials"):
        assert table(before, name).equals(whole)
    else:
        assert table(before, name).equals(whole.clear())


def test_an_older_release_answers_the_same_questions(tmp_path):
    question = "SELECT household_id, rank, now_zh FROM listed WHERE township_id = ? ORDER BY rank"
    now = release_with_data(tmp_path / "now")
    before = release_with_data(tmp_path / "before", with_data=False)
    assert asked(before, question, "T1") == asked(now, question, "T1") != []


def test_what_the_first_releases_lack_is_missing_and_their_one_cause_is_the_named_one(tmp_path):
    files = files_of(row_of("H1", 1, main_cause="illness"), row_of("H2", 2, main_cause=None))
    unknown = ("named_causes", "events", "vulnerability", "now_zh", "now_en", "people_zh", "checks")
    files[LISTED] = files[LISTED].drop(unknown)
    release = release_with_data(tmp_path, files, with_data=False)
    question = "SELECT named_causes, events, now_en, people_zh FROM listed ORDER BY rank"
    first, second = asked(release, question)
    assert (json.loads(first[0]), json.loads(first[1])) == (["illness"], [])
    assert (json.loads(first[2]), first[3]) == (["Reasons."], None)
    assert json.loads(second[0]) == []


def test_a_release_of_two_files_opens_too(tmp_path):
    release = released(tmp_path)
    assert asked(release, "SELECT household_id FROM listed ORDER BY rank") == [("H1",), ("H2",), ("H3",)]
    assert asked(release, "SELECT count(*) FROM evidence") == [(0,)]


def test_any_flipped_bit_of_the_database_is_refused(tmp_path):
    release = release_with_data(tmp_path)
    path = release.folder / DATABASE
    whole = path.read_bytes()
    path.parent.chmod(0o700)
    path.chmod(0o600)
    drawn = random.Random(19)
    for _ in range(20):
        at, bit = drawn.randrange(len(whole)), drawn.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
        with pytest.raises(StoreError) as refused:
            open_release(releases_in(tmp_path))
        assert DATABASE in str(refused.value)
        with pytest.raises(StoreError) as later:
            opened(release)
        assert str(later.value) == f"{path}: changed since it was opened; {REMEDY}"


def test_data_of_a_newer_version_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("watchlists.contents.making.VERSION", VERSION + 1)
    release = release_with_data(tmp_path)
    with pytest.raises(NewerReleaseError) as refused:
        opened(release)
    assert str(refused.value) == (
        f"{release.folder / DATABASE}: found data of version {VERSION + 1}, this code reads 0 to {VERSION}; "
        "a newer huitou made it: update this one, or roll back to another (huitou releases)"
    )
