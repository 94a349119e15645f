"""`huitou run` as its users meet it: a release, nothing computed twice, clear refusals."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from register.atomic import sha256
from tests.end_to_end.conftest import ROOT, make_workspace
from tests.watchlists.handed_out import PLACES, opened

STAGES = [
    "simulate",
    "ingest",
    "features",
    "train",
    "evaluate",
    "explain",
    "watchlist",
    "hindsight",
    "publish",
]
SAME = ("scores.parquet", "watchlist.parquet", "watchlist.csv", "report.html", "model_info_sheet.md")


def release_hashes(workspace):
    files = [path for path in workspace.release().resolve().rglob("*") if path.is_file()]
    return {path.name: sha256(path) for path in files}


@pytest.fixture
def spoilt(workspace, tmp_path):
    """A copy whose source is a folder that may be spoilt, its last release in place."""
    copy = workspace.copied(tmp_path / "huitou")
    delivered = tmp_path / "delivered"
    shutil.copytree(copy.folder / "artifacts" / "simulated", delivered)
    (delivered / "control.json").unlink()
    shutil.rmtree(delivered / "truth", ignore_errors=True)
    copy.delivered = delivered
    return copy


def refused(workspace, *settings):
    """Run with `settings`; give exit code and the last line, the release being untouched."""
    before = release_hashes(workspace)
    arguments = [part for setting in settings for part in ("--set", setting)]
    done = workspace.huitou("run", *arguments)
    assert "Traceback" not in done.stderr
    assert release_hashes(workspace) == before
    return done.returncode, done.stderr.splitlines()[-1]


def from_folder(workspace):
    return ("source.kind=folder", f"source.path={workspace.delivered}")


def test_every_stage_runs_once_and_the_release_is_whole(workspace):
    assert workspace.stages_of(workspace.first) == STAGES
    manifest = json.loads((workspace.release() / "manifest.json").read_text(encoding="utf-8"))
    found = {path.relative_to(workspace.release()).as_posix() for path in workspace.release().rglob("*.*")}
    assert found == {*manifest["files"], "manifest.json"}
    assert {"report.html", "model_card.md", "model_info_sheet.md", *SAME} < found


def test_the_parts_of_every_household_add_up_to_its_risk(workspace):
    scores = pl.read_parquet(workspace.release() / "scores.parquet")
    margin = scores["base_margin"] + scores.select(pl.sum_horizontal("^phi_.*$")).to_series()
    risk = 1 / (1 + (-margin).exp())
    assert (risk - scores["risk"]).abs().max() < 1e-9
    assert scores["household_id"].is_unique().all()


def test_every_listed_household_is_explained_from_the_release_alone(workspace):
    release, schema = (
        workspace.release(),
        json.loads((ROOT / "docs" / "explanation.schema.json").read_bytes()),
    )
    listed = pl.read_parquet(release / "watchlist.parquet")["household_id"]
    assert pl.read_parquet(release / "explanations.parquet")["household_id"].equals(listed)
    done = workspace.huitou("explain", listed[0], "--format", "json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema)
    total = document["risk"]["base_log_odds"] + sum(one["log_odds"] for one in document["parts"])
    assert total == pytest.approx(document["risk"]["log_odds"], abs=1e-9)


def test_an_unlisted_household_is_explained_with_its_records_while_the_data_are_at_hand(workspace):
    release = workspace.release()
    scores, listed = (pl.read_parquet(release / f"{name}.parquet") for name in ("scores", "watchlist"))
    unlisted = scores.join(listed, on="household_id", how="anti").sort("risk", descending=True)
    done = workspace.huitou("explain", unlisted["household_id"][0], "--format", "json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads((ROOT / "docs" / "explanation.schema.json").read_bytes()))
    assert (document["list"]["is_listed"], document["records"]) == (False, "register")
    assert any(part["evidence"] for part in document["parts"])


def test_who_fell_without_being_listed_can_be_listed_for_every_judged_season(workspace, tmp_path):
    training = json.loads((workspace.folder / "artifacts/model/training.json").read_text(encoding="utf-8"))
    done = workspace.huitou("missed", training["origins"][0], "--output", str(tmp_path / "missed"))
    assert done.returncode == 0, done.stderr
    rows = pl.read_csv(tmp_path / "missed/missed.csv")
    assert rows["risk"].is_sorted(descending=True)
    assert rows.null_count().select("fell_by", "lead_months").row(0) == (0, 0)


def test_a_second_run_computes_nothing(workspace):
    assert workspace.stages_of(workspace.huitou("run")) == []


def test_mlflow_shows_the_training_once(workspace):
    """After the list, and not again by the run that computed nothing."""
    with closing(sqlite3.connect(workspace.folder / "artifacts/mlflow/mlflow.db")) as store:
        assert store.execute("select status from runs").fetchall() == [("FINISHED",)]


def test_another_capacity_judges_and_lists_anew_and_trains_nothing(workspace, spoilt):
    done = spoilt.huitou("run", "--set", "watchlist.capacity.visits=3")
    assert (done.returncode, spoilt.stages_of(done)) == (
        0,
        ["evaluate", "watchlist", "hindsight", "publish"],
    ), done.stderr
    listed = pl.read_parquet(spoilt.release() / "watchlist.parquet")
    assert listed.group_by("township_id").len()["len"].max() <= 3


def test_two_runs_give_the_same_bytes(workspace, tmp_path):
    """Two threads instead of one, another hash seed, time zone and folder; the key is the same."""
    other = make_workspace(tmp_path / "elsewhere", PYTHONHASHSEED="4711", TZ="Asia/Shanghai")
    other.environment["HOME"] = workspace.environment["HOME"]
    done = other.huitou("run", "--set", "compute.threads=2")
    assert done.returncode == 0, done.stderr
    mine, others = release_hashes(workspace), release_hashes(other)
    assert {name: mine[name] for name in SAME} == {name: others[name] for name in SAME}


def test_the_list_is_delivered_when_no_mlflow_server_answers(spoilt):
    spoilt.environment["MLFLOW_TRACKING_URI"] = "http://127.0.0.1:9"
    done = spoilt.huitou("run", "--set", "model.rounds=5", "--set", "evaluate.origins=1")
    assert done.returncode == 0, done.stderr
    assert "warning: not tracked" in done.stderr
    assert len(pl.read_parquet(spoilt.release() / "watchlist.parquet"))


def test_a_missing_folder_is_refused(spoilt):
    code, said = refused(spoilt, "source.kind=folder", "source.path=nowhere")
    assert code == 3
    assert said.startswith("huitou: nowhere: no such folder; set source.path to the folder")


def test_a_missing_column_is_refused(spoilt):
    path = spoilt.delivered / "530901" / "income.csv"
    pl.read_csv(path, infer_schema=False).drop("amount").write_csv(path)
    code, said = refused(spoilt, *from_folder(spoilt))
    assert code == 4
    assert "income.csv" in said
    assert "amount" in said


def test_an_empty_table_is_refused(spoilt):
    path = spoilt.delivered / "530901" / "income.csv"
    pl.read_csv(path, infer_schema=False).clear().write_csv(path)
    code, said = refused(spoilt, *from_folder(spoilt))
    assert code == 4
    assert "income.csv: missing or without rows" in said


def test_a_register_where_nobody_falls_is_refused(spoilt):
    """Everybody earns a hundred times as much: one class only, nothing to learn."""
    for path in spoilt.delivered.glob("*/income.csv"):
        rows = pl.read_csv(path, infer_schema=False)
        rows.with_columns(pl.col("amount").cast(pl.Float64, strict=False) * 100).write_csv(path)
    for name, column, safe in (("housing", "grade", "A"), ("water", "status", "safe")):
        for path in spoilt.delivered.glob(f"*/{name}.csv"):
            pl.read_csv(path, infer_schema=False).with_columns(pl.lit(safe).alias(column)).write_csv(path)
    for path in spoilt.delivered.glob("*/schooling.csv"):
        rows = pl.read_csv(path, infer_schema=False).filter(pl.col("stage") != "dropped_out")
        rows.write_csv(path)
    code, said = refused(spoilt, *from_folder(spoilt))
    assert code == 5
    assert "households known to have fallen" in said


@pytest.mark.parametrize("season", ["2031Q1", "2025Q9", "soon"])
def test_a_season_that_cannot_be_listed_is_refused(spoilt, season):
    code, said = refused(spoilt, f"season={season}")
    assert code in (2, 5)
    assert season in said


def test_a_second_run_at_once_is_refused(spoilt):
    from filelock import FileLock

    with FileLock(spoilt.folder / "artifacts" / ".run.lock"):
        code, said = refused(spoilt)
    assert code == 6
    assert "another huitou command is at work" in said


def test_what_a_visit_found_is_in_the_register_of_the_next_run(spoilt):
    """The first household of a township was visited; its workbook came back under another name."""
    released = sorted((spoilt.release() / "workbooks").rglob("*.xlsx"))[0]
    book = opened(released)
    found = {"visited_on": "2026-02-03", "result": "风险属实", "causes_found": "因病"}
    for name, value in found.items():
        book["回头看"].cell(2, PLACES[name]).value = value
    book.save(spoilt.folder / "filled.xlsx")
    assert "lookbacks" not in dvc(spoilt, "status", "ingest").stdout
    done = spoilt.huitou("lookback", "filled.xlsx")
    assert (done.returncode, "采纳 accepted 1 " in done.stdout) == (0, True), done.stderr
    assert "lookbacks" in dvc(spoilt, "status", "ingest").stdout
    assert spoilt.stages_of(dvc(spoilt, "repro", "ingest")) == ["ingest"]
    (entered,) = (spoilt.folder / "artifacts" / "register").glob("*/lookbacks.parquet")
    visits = pl.read_parquet(entered)
    listed = pl.read_parquet(spoilt.release() / "watchlist.parquet")
    assert visits.select("season", "result", "causes_found").rows() == [("2025Q4", "confirmed", "illness")]
    assert visits["household_id"][0] in listed["household_id"].to_list()


def dvc(workspace, *arguments):
    """Call dvc as somebody would who has activated the environment."""
    environment = {**workspace.environment, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "dvc", *arguments]
    done = subprocess.run(
        command, cwd=workspace.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done
