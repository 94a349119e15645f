"""A researcher's trial of two waves: files, a mapping, and a list."""

import json

import polars as pl
import pytest

from tests.end_to_end.conftest import make_workspace
from tests.register.sources.panel.folders import wide_trial


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make_workspace(tmp_path_factory.mktemp("panel") / "huitou")


@pytest.mark.timeout(600)
def test_a_trial_with_two_waves_comes_to_a_list_that_says_what_it_rests_on(workspace, tmp_path):
    """60 households, baseline and endline: there is no past season to judge by, so an order lists."""
    folder = wide_trial(tmp_path, 60)
    panel = ("--set", "source.kind=panel", "--set", f"source.path={folder}", "--set", "model.kind=auto")
    done = workspace.huitou("run", *panel)
    assert done.returncode == 0, done.stderr
    assert "a published order, no trained model and no probability" in done.stdout
    manifest = json.loads((workspace.release() / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["season"], manifest["parameters"]["source"]["kind"]) == ("2017Q2", "panel")
    assert len(pl.read_csv(workspace.release() / "watchlist.csv", infer_schema=False)) > 0
    delivery = (workspace.folder / "artifacts/register/delivery.md").read_text(encoding="utf-8")
    assert "baseline to endline:" in delivery


def test_a_mapping_is_proven_by_the_figures_that_check_says(workspace, tmp_path):
    folder = wide_trial(tmp_path)
    done = workspace.huitou(
        "check", str(folder), "--set", "source.kind=panel", "--set", "cohort.categories=[ordinary]"
    )
    assert done.returncode == 0, done.stderr
    assert "wave baseline, dated 2015-03-31: 200 households" in done.stdout
    assert "baseline to endline: 17 households not seen again (censored)" in done.stdout


def test_a_run_without_a_mapping_says_where_it_should_be(workspace, tmp_path):
    done = workspace.huitou("run", "--set", "source.kind=panel", "--set", f"source.path={tmp_path}")
    assert done.returncode == 2
    assert f"{tmp_path}/panel.yaml: no such mapping; a panel needs one" in done.stderr
