"""A register of two small counties, made once for the benchmarks that read one."""

import pytest

from benchmarks.prefecture import cost_of_stage, make_prefecture, sized


@pytest.fixture(scope="session")
def register(tmp_path_factory):
    """Give the folder of the sealed register."""
    workspace = make_prefecture(tmp_path_factory.mktemp("small") / "prefecture", sized(700, 350))
    for stage in ("simulate", "ingest"):
        cost_of_stage(workspace, stage)
    return workspace.register
