"""`huitou protocol` and `huitou tune` after a run: what they leave, and that they change nothing."""

import polars as pl
import pytest
from ruamel.yaml import YAML

from models.evaluation.board import read_board
from pipelines.workspace.parameters.files import digests
from studies.protocol.learned_baselines import LEARNED
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING
from tests.parameters import copy_parameters

PAGE = "artifacts/protocol/protocol.md"


@pytest.fixture(scope="module")
def protocol(workspace):
    done = workspace.huitou("protocol", "--docs", "docs/protocol.md")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{PAGE}\n"
    return workspace.folder / "artifacts" / "protocol"


def test_every_split_is_judged_on_the_same_households(protocol):
    board = read_board(protocol / "splits.csv").filter(metric="auc", origin="pooled")
    assert set(board["model"]) == {"risk_model", HOUSEHOLDS, REGIONS, RANDOM}
    assert board.group_by("subgroup").agg(pl.col("n").n_unique())["n"].to_list() == [1, 1]


def test_the_rolling_split_is_what_evaluate_found(protocol, workspace):
    own = read_board(workspace.folder / "artifacts" / "evaluation" / "tables" / "leaderboard.csv")
    for name in ("splits", "leaderboard"):
        again = read_board(protocol / f"{name}.csv")
        for board in (own, again):
            assert not board.is_empty()
        of = (pl.col("model") == "risk_model") & pl.col("compared_with").is_null()
        assert again.filter(of).equals(own.filter(of))


def test_every_learned_baseline_stands_on_the_leaderboard(protocol):
    board = read_board(protocol / "leaderboard.csv")
    capacity = board.filter(metric="precision", list="capacity", origin="pooled")
    assert {"risk_model", "trees", "blend", "single", "logistic", "alerts", *LEARNED} < set(capacity["model"])


def test_the_boundaries_of_every_training_are_written_down(protocol):
    found = pl.read_csv(protocol / "boundaries.csv")
    assert set(found["split"]) == {ROLLING, HOUSEHOLDS, REGIONS, RANDOM}
    assert found["n_shared_rows"].sum() == 0


def test_the_page_is_written_where_it_was_asked_for(protocol, workspace):
    page = (workspace.folder / PAGE).read_text(encoding="utf-8")
    assert (workspace.folder / "docs" / "protocol.md").read_text(encoding="utf-8") == page
    assert "households never trained on" in page
    assert "模拟数据" in page


def test_the_same_seed_tries_the_same_whatever_the_threads(tuned, workspace):
    _, folder = tuned
    before = (folder / "trials.csv").read_bytes()
    done = workspace.huitou("tune", "--set", "compute.threads=2")
    assert done.returncode == 0, done.stderr
    assert (folder / "trials.csv").read_bytes() == before


@pytest.fixture(scope="module")
def tuned(workspace):
    before = digests(workspace.folder)
    done = workspace.huitou("tune")
    assert done.returncode == 0, done.stderr
    assert digests(workspace.folder) == before
    return done, workspace.folder / "artifacts" / "tuning"


def test_tuning_tells_and_writes_what_it_tried_and_applies_nothing(tuned):
    done, folder = tuned
    trials = pl.read_csv(folder / "trials.csv")
    assert (len(trials), trials["rounds"][0]) == (3, 40)
    snippet = YAML().load(folder / "params_snippet.yaml")["model"]
    assert set(snippet) == set(trials.columns) - {"trial", "loss", "kind"}
    assert "Nothing was changed" in done.stdout


def test_before_any_run_both_say_what_to_do(workspace, tmp_path):
    copy_parameters(tmp_path, workspace.folder)
    empty = type(workspace)(tmp_path)
    empty.environment = {**workspace.environment, "PYTHONPATH": str(workspace.folder)}
    for command in ("protocol", "tune"):
        done = empty.huitou(command)
        assert done.returncode == 6
        assert done.stderr.splitlines()[-1] == (
            "huitou: artifacts/model/cohort.parquet: no trained seasons found; "
            "run the pipeline first (huitou run)"
        )
