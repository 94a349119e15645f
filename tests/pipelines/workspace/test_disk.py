"""A run is begun only where there is room for it."""

import shutil
from collections import namedtuple

import pytest

from pipelines.workspace.disk import GIB, room
from pipelines.workspace.workspace import Workspace
from register.errors import StoreError
from tests.parameters import parameters

Usage = namedtuple("Usage", "free")


@pytest.mark.parametrize(("free", "kept", "needed"), [(3, 0, "2.0"), (5, 4, "4.0")])
def test_a_run_needs_as_much_as_it_keeps_or_what_the_parameter_says(
    tmp_path, monkeypatch, free, kept, needed
):
    office = Workspace(tmp_path)
    office.releases.mkdir()
    with (office.releases / "scores.parquet").open("wb") as sparse:
        sparse.truncate(kept * GIB)
    (office.releases / "link").symlink_to("scores.parquet")
    params = parameters({"compute.free_disk": 2})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free * GIB))
    assert room(office, params) == f"{free:.1f} GiB free, a run needs {needed} GiB"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(GIB))
    with pytest.raises(StoreError) as refusal:
        room(office, params)
    assert str(refusal.value) == (
        f"disk: found 1.0 GiB free, a run needs {needed} GiB, as much again as it keeps; make room"
    )
