"""Parameters set for one run leave params.yaml as it was."""

import re

import pytest

from pipelines.workspace import settings
from pipelines.workspace.parameters import FILES, load_params
from register.errors import ParamsError


@pytest.fixture
def params(office):
    return office / "params.yaml"


def test_an_assignment_stands_in_the_file_during_the_run_and_not_after(params):
    before = params.read_text(encoding="utf-8")
    with settings.parameters_set(["season=2024Q1"]) as in_force:
        assert in_force.season == "2024Q1"
        during = params.read_text(encoding="utf-8")
        assert re.search(
            r"^season: 2024Q1 +# quarter to list, judged as of its last day; analyst$", during, re.M
        )
    assert params.read_text(encoding="utf-8") == before


def test_assignments_stand_in_the_files_of_their_sections(office):
    """DVC looks for a parameter in the file that dvc.yaml names."""
    before = {name: (office / name).read_bytes() for name in FILES}
    with settings.parameters_set(["model.rounds=7", "simulator.seed=8", "tune.seed=9"]):
        during = {name: (office / name).read_bytes() for name in FILES}
    changed = {name for name in FILES if during[name] != before[name]}
    assert changed == {"method.yaml", "simulator.yaml", "studies.yaml"}
    assert {name: (office / name).read_bytes() for name in FILES} == before


def test_a_source_kind_brings_its_profile_and_the_assignment_wins(params):
    with settings.parameters_set(["source.kind=eph"]) as in_force:
        assert in_force.source.path == "../shared/eph"
    with settings.parameters_set(["source.kind=eph", "source.path=mine"]) as in_force:
        assert in_force.source.path == "mine"
        assert load_params() == in_force


def test_a_day_is_kept_as_text_because_dvc_reads_no_dates(params):
    with settings.parameters_set(["source.exported_on=2025-10-31"]) as in_force:
        assert in_force.source.exported_on == "2025-10-31"
        assert "exported_on: '2025-10-31'" in params.read_text(encoding="utf-8")


def test_a_run_that_was_killed_is_put_back_by_the_next(params):
    before = params.read_text(encoding="utf-8")
    run = settings.parameters_set(["season=2024Q1"])
    run.__enter__()
    assert "2024Q1" in params.read_text(encoding="utf-8")
    with settings.parameters_set([]) as in_force:
        assert in_force.season == "2025Q4"
    assert params.read_text(encoding="utf-8") == before


def test_an_edit_made_after_a_killed_run_is_kept(params):
    before = params.read_text(encoding="utf-8")
    run = settings.parameters_set(["season=2024Q1"])
    run.__enter__()
    params.write_text(before.replace("2025Q4", "2023Q3"), encoding="utf-8")
    settings.put_back()
    assert "2023Q3" in params.read_text(encoding="utf-8")


def test_without_params_yaml_every_command_says_where_to_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with (
        pytest.raises(ParamsError, match=r"not found; run huitou in the folder that holds params.yaml"),
        settings.parameters_set([]),
    ):
        pytest.fail("in force")
