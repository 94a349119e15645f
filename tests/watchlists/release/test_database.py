"""The same rows are the same bytes, and what is read is what was written."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import StoreError
from watchlists.release.database import open_database, write_database
from watchlists.release.declaration import DataColumn, DataTable

KINDS = ("id", "texts", "number", "integer", "flag", "date")
TABLE = DataTable(
    "visits",
    "走访",
    "a visit",
    ("id",),
    tuple(DataColumn(kind, kind, kind, kind) for kind in KINDS),
    ("id",),
    (("id",), ("integer", "date")),
)
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)
ROW = st.fixed_dictionaries(
    {
        "id": TEXT,
        "texts": st.none() | st.lists(TEXT, max_size=3),
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "integer": st.none() | st.integers(-(2**63), 2**63 - 1),
        "flag": st.none() | st.booleans(),
        "date": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    }
)


def rows(*values):
    return pl.DataFrame(list(values), schema=TABLE.schema)


def written(path, frame, version=1):
    path.unlink(missing_ok=True)
    write_database(path, {TABLE: frame}, version)
    return path.read_bytes()


def held(path):
    with closing(open_database(path)) as database:
        return [dict(row) for row in database.execute("SELECT * FROM visits")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=6))
def test_what_is_read_is_what_was_written_and_written_again_it_is_the_same_bytes(tmp_path, values):
    frame = rows(*values)
    assert written(tmp_path / "a.sqlite", frame) == written(tmp_path / "b.sqlite", frame)
    back = held(tmp_path / "a.sqlite")
    texts = [None if one["texts"] is None else json.loads(one["texts"]) for one in back]
    assert texts == [one["texts"] for one in values]
    plain = [{**one, "date": one["date"] and one["date"].isoformat()} for one in values]
    assert [{**one, "texts": None} for one in back] == [{**one, "texts": None} for one in plain]


def test_the_file_is_whole_indexed_small_paged_and_names_its_version(tmp_path):
    written(tmp_path / "a.sqlite", rows({"id": "H1"}), version=7)
    with closing(open_database(tmp_path / "a.sqlite")) as database:
        asked = {
            name: database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("integrity_check", "user_version", "page_size")
        }
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM visits WHERE id = 'H1'").fetchone()
    assert asked == {"integrity_check": "ok", "user_version": 7, "page_size": 8192}
    assert "visits by id" in plan["detail"]


def test_the_bytes_do_not_say_which_sqlite_wrote_them(tmp_path):
    assert written(tmp_path / "a.sqlite", rows())[96:100] == bytes(4)


def test_nothing_is_left_beside_it(tmp_path):
    written(tmp_path / "a.sqlite", rows({"id": "H1"}))
    held(tmp_path / "a.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


@pytest.mark.parametrize("name", ["visits?mode=rwc.sqlite", "a b#c%.sqlite", "名单.sqlite"])
def test_a_name_is_no_option(tmp_path, name):
    written(tmp_path / name, rows({"id": "H1"}))
    assert [one["id"] for one in held(tmp_path / name)] == ["H1"]
    with closing(open_database(tmp_path / name)) as database, pytest.raises(sqlite3.OperationalError):
        database.execute("DELETE FROM visits")


@pytest.mark.parametrize("content", [None, b"no database", b"SQLite format 3\x00" + b"\xff" * 200])
def test_what_is_no_database_is_refused(tmp_path, content):
    path = tmp_path / "a.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        open_database(path)
    assert str(refused.value) == f"{path}: missing or no database of a release; publish the season again"


@pytest.mark.parametrize("change", [lambda one: one.drop("date"), lambda one: one.with_columns(more=1)])
def test_a_column_that_is_lacking_or_not_declared_stops_publication(tmp_path, change):
    with pytest.raises(StoreError) as refused:
        written(tmp_path / "a.sqlite", change(rows({"id": "H1"})))
    name = "date" if "date" not in change(rows()).columns else "more"
    assert str(refused.value) == (
        f"release: table visits: found columns ['{name}'] lacking, not declared or in another order; "
        "declare every column (watchlists/contents)"
    )


def test_a_value_that_is_never_missing_is_not(tmp_path):
    with pytest.raises(StoreError) as refused:
        written(tmp_path / "a.sqlite", rows({"id": None}))
    assert str(refused.value) == ("release: table visits: NOT NULL constraint failed: visits.id; report it")
