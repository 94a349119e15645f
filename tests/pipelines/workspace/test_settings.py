"""Parameters set for one run leave params.yaml as it was."""

import pytest

from pipelines.workspace import settings
from register.errors import ParamsError

TEXT = """\
season: 2025Q4   # quarter; analyst
source:
  kind: simulator  # analyst
  path: a
profiles:
  eph: {source.path: panel}
"""


@pytest.fixture
def params(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "params.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_an_assignment_stands_in_the_file_during_the_run_and_not_after(params):
    with settings.parameters_set(["season=2024Q1"], params) as in_force:
        assert in_force["season"] == "2024Q1"
        assert "season: 2024Q1   # quarter; analyst" in params.read_text(encoding="utf-8")
    assert params.read_text(encoding="utf-8") == TEXT


def test_a_source_kind_brings_its_profile_and_the_assignment_wins(params):
    with settings.parameters_set(["source.kind=eph"], params) as in_force:
        assert in_force["source"]["path"] == "panel"
    with settings.parameters_set(["source.kind=eph", "source.path=mine"], params) as in_force:
        assert in_force["source"]["path"] == "mine"


def test_a_day_is_kept_as_text_because_dvc_reads_no_dates(params):
    with settings.parameters_set(["source.path=2025-10-31"], params) as in_force:
        assert in_force["source"]["path"] == "2025-10-31"
        assert "path: '2025-10-31'" in params.read_text(encoding="utf-8")


def test_a_run_that_was_killed_is_put_back_by_the_next(params):
    run = settings.parameters_set(["season=2024Q1"], params)
    run.__enter__()
    assert "2024Q1" in params.read_text(encoding="utf-8")
    with settings.parameters_set([], params) as in_force:
        assert in_force["season"] == "2025Q4"
    assert params.read_text(encoding="utf-8") == TEXT


def test_an_edit_made_after_a_killed_run_is_kept(params):
    settings.parameters_set(["season=2024Q1"], params).__enter__()
    params.write_text(TEXT.replace("2025Q4", "2023Q3"), encoding="utf-8")
    settings.put_back(params)
    assert "2023Q3" in params.read_text(encoding="utf-8")


def test_an_unknown_parameter_is_refused_by_name(params):
    message = r"^--set source\.knid: no such parameter in params\.yaml; look up its name there$"
    with pytest.raises(ParamsError, match=message), settings.parameters_set(["source.knid=eph"], params):
        pass


def test_an_assignment_without_a_value_is_refused(params):
    message = r"^--set season: expected name=value, such as --set season=2025Q4$"
    with pytest.raises(ParamsError, match=message), settings.parameters_set(["season"], params):
        pass


@pytest.mark.parametrize(
    ("assignment", "told"),
    [
        ("season=[", "season: the value is no YAML; put quotes around it"),
        ("season=2024", "season: found a number, wanted text as in params.yaml"),
        ("season=", "season: found null, wanted text as in params.yaml"),
        ("source.path=null", "source.path: found null, wanted text as in params.yaml"),
        ("source.mapping=[1]", "source.mapping: found a list, wanted text as in params.yaml"),
        ("privacy.key_file=null", "privacy.key_file: found null, wanted text as in params.yaml"),
        ("privacy.vault=3", "privacy.vault: found a number, wanted text as in params.yaml"),
        ("privacy.pseudonymise=1", "privacy.pseudonymise: found a number, wanted true or false"),
        ("privacy.given_up_keys=a", "privacy.given_up_keys: found text, wanted a list as in params.yaml"),
        ("ingest=3", "ingest: found a number, wanted names and values as in params.yaml"),
        ("label.months=true", "label.months: found true or false, wanted a number as in params.yaml"),
        ("season=!!set {a}", "season: found something else, wanted text as in params.yaml"),
    ],
)
def test_a_value_of_another_kind_is_a_refused_parameter_and_no_unforeseen_error(office, assignment, told):
    """It ended with exit code 1 and "unexpected TypeError", or a stage later."""
    with pytest.raises(ParamsError) as refusal:
        settings.parameters([assignment])
    assert str(refusal.value).startswith(f"--set {told}")


@pytest.mark.parametrize("name", settings.EMPTIABLE)
def test_what_may_be_empty_is_emptied(office, name):
    section, last = name.split(".")
    assert settings.parameters([f"{name}=null"])[section][last] is None


@pytest.mark.parametrize(
    "assignment", ["label.months=6", "model.learning_rate=1", "ingest.max_row_change=0.3", "privacy.vault=''"]
)
def test_a_value_of_the_same_kind_is_taken(office, assignment):
    settings.parameters([assignment])


def test_without_params_yaml_every_command_says_where_to_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with (
        pytest.raises(ParamsError, match=r"not found; run huitou in the folder that holds params.yaml"),
        settings.parameters_set([]),
    ):
        pytest.fail("in force")
