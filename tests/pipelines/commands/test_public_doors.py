"""What a delivery, a parameter or another HOME may do to a workspace, asked through its commands alone."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from ruamel.yaml import YAML

from tests.households import household, village_tables, write_folder
from tests.parameters import copy_parameters

ROOT = Path(__file__).parents[3]
CHECK = ["-c", "from pipelines.commands.command_line import main; main()", "check"]
INGEST = ["-m", "pipelines.stages.ingest"]


@pytest.fixture
def workspace(tmp_path):
    """A workspace as a clone has it, inside a folder that holds other things."""
    folder = tmp_path / "work"
    (folder / "lookbacks").mkdir(parents=True)
    copy_parameters(folder)
    return folder


def tables():
    li = household("li", income=900, state={"phone": "13912345678"})
    return village_tables(li, villages=[{"region_id": "530000"}])


def run(workspace, command, home="home", **changed):
    """Run a command under a HOME beside the workspace, with parameters changed in the file."""
    yaml, path = YAML(), workspace / "params.yaml"
    params = yaml.load(path)
    for name, value in changed.items():
        section, last = name.split("__")
        params[section][last] = value
    yaml.dump(params, path)
    told = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(workspace.parent / home)}
    return subprocess.run(
        [sys.executable, *command], cwd=workspace, env=told, capture_output=True, text=True, check=False
    )


def ids(workspace):
    (county,) = [path for path in (workspace / "artifacts/register").iterdir() if path.is_dir()]
    return pl.read_parquet(county / "households.parquet")["household_id"].to_list()


def test_a_county_of_a_database_writes_nothing_outside_the_register(workspace):
    """It was called ../../../ESCAPED, and so was a folder beside the workspace."""
    given = tables()
    given["villages"] = given["villages"].with_columns(county_id=pl.lit("../../../ESCAPED"))
    with sqlite3.connect(workspace / "office.db") as database:
        for name, frame in given.items():
            database.execute(f"CREATE TABLE {name} ({', '.join(frame.columns)})")
            marks = ", ".join("?" * frame.width)
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", frame.cast(pl.String).rows())
    database.close()
    (workspace / "url").write_text(f"sqlite:///{workspace / 'office.db'}")
    (workspace / "url").chmod(0o600)
    done = run(workspace, INGEST, source__kind="sql", source__path="url")
    assert done.returncode == 4
    assert not [path for path in workspace.parent.rglob("*") if "ESCAPED" in path.name]


def test_a_vault_at_a_folder_in_use_empties_nothing(workspace):
    write_folder(workspace / "sent", tables())
    (workspace / "mine").mkdir()
    (workspace / "mine/thesis.txt").write_text("years")
    done = run(workspace, INGEST, source__kind="folder", source__path="sent", privacy__vault="mine")
    assert done.returncode == 2
    assert [path.name for path in (workspace / "mine").iterdir()] == ["thesis.txt"]


def test_another_home_gives_no_household_another_id(workspace):
    write_folder(workspace / "sent", tables())
    given = {"source__kind": "folder", "source__path": "sent"}
    assert run(workspace, INGEST, **given).returncode == 0
    before = ids(workspace)
    assert run(workspace, INGEST, home="another").returncode == 6
    assert ids(workspace) == before
    assert not list((workspace.parent / "another").rglob("*.key"))


def test_a_delivery_without_a_header_names_nobody(workspace):
    write_folder(workspace / "sent", tables())
    member = "530622198001011234,张三,13800001111,尿毒症\n"
    (workspace / "sent/C1/members.csv").write_text(member * 2, encoding="utf-8")
    done = run(workspace, [*CHECK, "sent"])
    kept = [path.read_text(encoding="utf-8") for path in workspace.glob("artifacts/**/*.json")]
    assert done.returncode == 4
    assert not [one for one in member.strip().split(",") if one in done.stdout + done.stderr + "".join(kept)]
