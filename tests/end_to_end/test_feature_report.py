"""`huitou feature-report` after a run: tables and one page without network."""

import re

import polars as pl
import pytest

from features.declaration import declared_features, feature_groups
from tests.parameters import copy_parameters

NAMES = [one.name for one in declared_features()]


@pytest.fixture(scope="module")
def report(workspace):
    done = workspace.huitou("feature-report")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "artifacts/feature_report/features.html\n"
    return workspace.folder / "artifacts" / "feature_report"


def test_every_feature_has_coverage_drift_and_worth(report):
    coverage, drift = (pl.read_csv(report / f"{name}.csv") for name in ("coverage", "drift"))
    assert set(coverage["feature"]) == set(drift["feature"]) == set(NAMES)
    assert coverage["coverage"].is_between(0, 1).all()
    assert (drift["psi"] >= 0).all()
    worth = pl.read_csv(report / "worth.csv")
    assert sorted(worth["family"].str.split(" ").explode()) == sorted(NAMES)


def test_every_cause_was_left_out_once(report):
    ablation = pl.read_csv(report / "ablation.csv")
    assert ablation["left_out"].to_list() == ["-", *feature_groups()]
    assert ablation["n_features"].sum() == len(NAMES)


def test_the_page_names_what_is_worth_nothing_and_needs_no_network(report):
    page = (report / "features.html").read_text(encoding="utf-8")
    worth = pl.read_csv(report / "worth.csv").filter("is_worth_nothing")
    for name in worth["family"].str.split(" ").explode():
        assert f"<li><code>{name}</code>" in page
    assert not re.search(r"(src|href)=|url\(", page)


def test_before_any_run_it_says_what_to_do(workspace, tmp_path):
    copy_parameters(tmp_path, workspace.folder)
    empty = type(workspace)(tmp_path)
    empty.environment = {**workspace.environment, "PYTHONPATH": str(workspace.folder)}
    done = empty.huitou("feature-report")
    assert done.returncode == 6
    assert done.stderr.splitlines()[-1] == (
        "huitou: artifacts/model/cohort.parquet: no trained seasons found; "
        "run the pipeline first (huitou run)"
    )
