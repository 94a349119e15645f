"""A researcher's panel: one Stata file of three waves three years apart, a mapping, and a list."""

import json

import polars as pl
import pytest

from tests.end_to_end.conftest import make_workspace
from tests.register.sources.panel.folders import long_dta, wide_trial


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make_workspace(tmp_path_factory.mktemp("panel") / "huitou")


@pytest.mark.timeout(600)
def test_three_waves_in_one_file_come_to_a_list_that_was_judged_once(workspace, tmp_path):
    """240 households in 2006, 2009 and 2012: trained on the first gap, judged on the second."""
    folder = long_dta(tmp_path)
    done = workspace.huitou("run", "--set", "source.kind=panel", "--set", f"source.path={folder}")
    assert done.returncode == 0, done.stderr
    facts = json.loads((workspace.folder / "artifacts/training.json").read_text(encoding="utf-8"))
    assert (facts["origins"], facts["label"]["months"], facts["register_end"]) == (
        ["2009Q4"],
        36,
        "2012-12-31",
    )
    release = workspace.release()
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["season"], manifest["source_kind"]) == ("2012Q4", "panel")
    listed = pl.read_csv(release / "watchlist.csv", infer_schema=False)
    assert len(listed) > 0
    delivery = (workspace.folder / "artifacts/register/delivery.md").read_text(encoding="utf-8")
    assert "Wave 1 to Wave 2:" in delivery
    assert "training, evaluation and lists are not weighted" in delivery


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
