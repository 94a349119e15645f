"""The release as data: every table of the run, as its files and report hold it, the same bytes again."""

import json
from contextlib import closing

import polars as pl
import pytest

from register.atomic import read_parquet, sha256
from watchlists.contents.comparison import side_by_side
from watchlists.contents.making import rows_of_files, write_contents
from watchlists.contents.reading import opened, table
from watchlists.contents.schema import SCHEMA_FILE, release_schema
from watchlists.contents.tables import IN_FILES, tables
from watchlists.ledger.tasks import TASKS
from watchlists.release.database import DATABASE
from watchlists.release.store import Release
from watchlists.report.published_evaluation import read_published_evaluation


@pytest.fixture(scope="module")
def release(whole):
    folder = whole.release().resolve()
    return Release(folder, json.loads((folder / "manifest.json").read_bytes()))


@pytest.fixture(scope="module")
def files(release):
    return {name: read_parquet(release.folder / name) for name in IN_FILES}


@pytest.mark.parametrize("name", tables())
def test_every_table_holds_what_its_file_holds_and_nothing_more(release, files, name):
    declared = tables()[name]
    with closing(opened(release)) as database:
        held = [row[0] for row in database.execute(f'SELECT count(*) FROM "{name}"')]
    if declared.file:
        assert {*rows_of_files(files)[name].columns} == {*declared.schema}
        assert held == [len(files[declared.file])]
    elif name in ("evidence", "trials"):
        assert held == [files["explanations.parquet"][name].list.len().sum()]
    else:
        assert held[0] > 0


def test_the_schema_stands_in_the_release(release):
    assert json.loads((release.folder / SCHEMA_FILE).read_bytes()) == release_schema()
    assert release.holds(DATABASE)


def test_every_listed_household_has_a_task_in_its_order(release):
    both = table(release, "listed").join(table(release, "tasks"), on="household_id", how="full")
    assert both["rank"].to_list() == both["order"].to_list()
    assert both["state"].unique().to_list() == ["not_visited"]


def test_figures_are_those_of_the_report(release, whole):
    label = release.manifest["parameters"]["label"]
    shown = read_published_evaluation(whole.folder / "artifacts" / "evaluation", label).board
    data = table(release, "figures")
    assert len(data) == len(shown)
    assert data["value"].null_count() >= shown["value"].null_count() > 0
    assert data["n_positive"].drop_nulls().min() > 7


def test_made_again_it_is_the_same_bytes(release, files, whole, tmp_path):
    label = release.manifest["parameters"]["label"]
    evaluation = read_published_evaluation(whole.folder / "artifacts" / "evaluation", label)
    planned = table(release, "tasks").select(list(TASKS))
    mixed = {name: rows.sample(fraction=1.0, shuffle=True, seed=1) for name, rows in files.items()}
    write_contents(tmp_path, mixed, planned.reverse(), evaluation.tables)
    assert sha256(tmp_path / DATABASE) == release.manifest["files"][DATABASE]["sha256"]


def test_a_run_beside_itself_has_nobody_enter_or_leave(release):
    beside = side_by_side(release, release)
    assert beside["change"].unique().to_list() == ["stayed"]
    assert beside.select(pl.col("rank") == pl.col("rank_before")).to_series().all()
