"""A password in the wrong place is told to nobody: not on the terminal, not in any file."""

import shutil
from pathlib import Path

import pytest

from pipelines.workspace.parameters import load_params
from pipelines.workspace.settings import parameters_set
from register.errors import ParamsError

SECRET = "GEHEIM123"
URL = f"postgresql://huitou:{SECRET}@office/name"


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--set", "source.kind=sql", "--set", f"source.path={URL}"),
        ("run", "--set", f"source.mapping={URL}"),
        ("run", "--set", f"season={URL}"),
        ("run", "--set", URL),
        ("run", "--set", f"{URL}=x"),
        ("run", "--set", "source={kind: sql, path: 'postgresql://office/name'}"),
        ("retrain", "2025Q4", "--set", f"source.path={URL}"),
        ("check", URL),
        ("check", "x", "--output", URL),
        ("check", "x", "--set", f"source.mapping={URL}"),
        ("lookback", URL),
        (URL,),
        ("run", f"--path={URL}"),
    ],
)
def test_it_is_refused_unseen_and_kept_nowhere(office, huitou, capsys, arguments):
    shutil.copy(Path(__file__).parents[3] / "capacity.csv", office)
    before = (office / "params.yaml").read_bytes()
    assert huitou(*arguments) == 2
    said = capsys.readouterr()
    assert "found an address or a password, which is not shown; write it to a file" in said.err
    held = [path.read_bytes() for path in office.rglob("*") if path.is_file()]
    assert SECRET not in said.out + said.err
    assert not any(SECRET.encode() in one for one in held)
    assert (office / "params.yaml").read_bytes() == before


def test_params_yaml_is_never_written_with_it(office):
    """Whoever watches the file sees nothing either: it is refused before a byte is changed."""
    changed = (office / "params.yaml").stat().st_mtime_ns
    with (
        pytest.raises(ParamsError, match=r"^--set source.path: found an address"),
        parameters_set([f"source.path={URL}"]),
    ):
        pytest.fail("in force")
    assert (office / "params.yaml").stat().st_mtime_ns == changed


def test_written_into_params_yaml_by_hand_it_goes_no_further(office):
    text = (office / "params.yaml").read_text(encoding="utf-8")
    written = text.replace("path: artifacts/simulated", f"path: {URL}")
    assert written != text
    (office / "params.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(ParamsError, match=r"^params.yaml source path: found an address") as refusal:
        load_params()
    assert SECRET not in str(refusal.value)


def test_the_projects_own_parameters_hold_none(office):
    load_params()
