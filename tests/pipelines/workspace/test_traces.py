"""Where a household stands: its rows of any table, and whatever else names it."""

import zipfile

import polars as pl
import pytest

from pipelines.workspace.traces import Subject, is_table, made_files, names_any, rows_of
from pipelines.workspace.workspace import Workspace
from register.atomic import write_parquet

#: A mother P1 and her grown-up son P2; a household H2 split off from theirs.
HOME = Subject("H1", ("P1", "P2"))


@pytest.fixture
def table(tmp_path):
    def written(**columns):
        path = tmp_path / "artifacts" / "table"
        write_parquet(path, pl.DataFrame(columns))
        return path

    return written


def test_rows_are_of_whom_they_name_first(table):
    path = table(household_id=["H1", "H2"], origin_household_id=[None, "H1"])
    assert rows_of(path, HOME) == [{"household_id": "H1", "origin_household_id": None}]


def test_a_person_gets_own_rows_and_those_of_the_whole_household(table):
    path = table(household_id=["H1"] * 3, member_id=["P1", "P2", None])
    mother = Subject("H1", ("P1", "P2"), "P1")
    assert [row["member_id"] for row in rows_of(path, mother)] == ["P1", None]
    assert len(rows_of(path, HOME)) == 3


def test_a_table_of_members_alone_is_searched_by_them(table):
    path = table(member_id=["P1", "P3"])
    assert rows_of(path, HOME) == [{"member_id": "P1"}]


def test_a_table_that_calls_ids_otherwise_is_searched_by_its_texts(table):
    path = table(who=["H2", "P2"], n=[1, 2])
    assert rows_of(path, HOME) == [{"who": "P2", "n": 2}]
    assert rows_of(table(n=[1, 2]), HOME) == []


def test_what_is_no_number_is_missing(table):
    assert rows_of(table(household_id=["H1"], risk=[float("nan")]), HOME)[0]["risk"] is None


def test_a_workbook_is_looked_through_as_it_is_packed(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sheet1.xml", "<c>H1</c>" * 99)
    assert names_any(path, ["H1"])
    assert not names_any(path, ["H7", ""])
    (tmp_path / "page.html").write_text("<p>H7</p>", encoding="utf-8")
    assert names_any(tmp_path / "page.html", ["H7"])


def test_copies_in_the_cache_are_files_too_and_known_by_their_first_bytes(tmp_path, table):
    path = table(household_id=["H1"])
    copy = tmp_path / ".dvc/cache/files/md5/ab/cd"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    (tmp_path / "artifacts/link").symlink_to(path)
    assert list(made_files(Workspace(tmp_path))) == [path, copy]
    assert is_table(copy)
