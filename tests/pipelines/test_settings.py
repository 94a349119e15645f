"""Parameters set for one run leave params.yaml as it was."""

import pytest

from pipelines import settings
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
