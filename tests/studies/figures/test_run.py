"""A run is named by its source, day, code and command."""

import pytest

from pipelines.workspace.workspace import Workspace
from register.atomic import write_json
from register.errors import StoreError
from studies.figures.run import run_of
from tests.studies.figures.finished import finished


def test_a_run_is_what_its_release_and_record_say(tmp_path):
    run = run_of(finished(tmp_path))
    assert (run.kind, run.season, run.command) == ("simulator", "2025Q4", "huitou run")
    assert run.sentence == "2026-11-30, commit 01234567"
    other = run_of(finished(tmp_path / "eph", "eph", "2020Q3"))
    assert other.command == "huitou run --set source.kind=eph --set source.path=FOLDER --set season=2020Q3"


def test_without_a_finished_run_there_are_no_figures(tmp_path):
    with pytest.raises(StoreError) as refusal:
        run_of(Workspace(tmp_path))
    assert str(refusal.value) == (
        f"{tmp_path}/artifacts/release.json: no finished run found; run huitou run first"
    )


def test_a_run_that_judged_no_model_has_none(tmp_path):
    workspace = finished(tmp_path)
    write_json(
        tmp_path / "releases/.store/2025Q4-ab12/manifest.json",
        {"season": "2025Q4", "trained_run": None, "parameters": {"source": {"kind": "simulator"}}},
    )
    with pytest.raises(StoreError, match="no judged model found; figures need a run that judged one"):
        run_of(workspace)
