"""The schema and its page say of every column what it is."""

import json
import sqlite3
from contextlib import closing

from tests.watchlists.contents_made import release_with_data
from watchlists.contents.reading import opened
from watchlists.contents.schema import HELD, SCHEMA_FILE, release_schema, schema_page, schema_text
from watchlists.release.declaration import DTYPES

HELD_AS = {"string": "TEXT", "array": "TEXT", "date": "TEXT", "number": "REAL", "boolean": "INTEGER"}


def in_database(database):
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: {row[1]: (row[2], not row[3]) for row in database.execute(f'PRAGMA table_info("{name}")')}
        for name in names
    }


def in_schema(schema):
    return {
        one["name"]: {
            field["name"]: (HELD_AS.get(field["type"], "INTEGER"), field["nullable"])
            for field in one["schema"]["fields"]
        }
        for one in schema["resources"]
    }


def test_the_schema_in_a_release_describes_every_column_of_its_database_and_no_other(tmp_path):
    release = release_with_data(tmp_path)
    schema = json.loads((release.folder / SCHEMA_FILE).read_bytes())
    with closing(opened(release)) as database:
        assert in_database(database) == in_schema(schema)


def test_every_kind_is_held_as_something():
    assert {*HELD} == {*DTYPES}


def test_it_is_the_same_text_every_time_and_lists_codes_with_both_languages():
    assert schema_text() == schema_text()
    fields = {one["name"]: one["schema"]["fields"] for one in release_schema()["resources"]}
    state = next(one for one in fields["tasks"] if one["name"] == "state")
    assert state["values"]["done"] == {"zh": "已完成", "en": "done"}


def test_the_page_has_a_line_a_column():
    fields = [field for one in release_schema()["resources"] for field in one["schema"]["fields"]]
    assert sum(line.startswith("| `") for line in schema_page().splitlines()) == len(fields)


def test_the_page_says_how_to_open_it_so_that_it_opens(tmp_path):
    release = release_with_data(tmp_path)
    way = schema_page().partition("sqlite3 'file:releases/current/")[2].partition("'")[0]
    with closing(sqlite3.connect(f"file:{release.folder}/{way}", uri=True)) as database:
        assert database.execute("SELECT count(*) FROM listed").fetchone() == (3,)
