"""Only what the simulator wrote here passes for invented."""

from pathlib import Path

import pytest

from pipelines.workspace.invented import refuse_own_files_as_invented
from pipelines.workspace.workspace import Workspace
from register.errors import ParamsError
from tests.parameters import source_section


def test_what_the_simulator_wrote_is_invented_by_whatever_path_it_is_named(tmp_path):
    here = Workspace(tmp_path)
    for path in (here.simulated, tmp_path / "x" / ".." / "artifacts/simulated"):
        refuse_own_files_as_invented(here, source_section(kind="simulator", path=path))


def test_files_of_a_place_that_are_called_simulated_are_refused(tmp_path):
    """A county points source.path at its export and forgets source.kind."""
    here, sent = Workspace(tmp_path), Path("export 2026")
    with pytest.raises(ParamsError) as refusal:
        refuse_own_files_as_invented(here, source_section(kind="simulator", path=sent))
    assert str(refusal.value) == (
        f"source.path: found export 2026, allowed for source.kind simulator is {here.simulated}, for its ids "
        "are hidden under a key that everybody can read; set source.kind to folder"
    )
    refuse_own_files_as_invented(here, source_section(kind="folder", path=sent))
