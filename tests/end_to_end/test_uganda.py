"""A stranger's panel: `huitou start`, the commands it ends with, and a list that beats consumption alone."""

import gzip
import json
import shlex

import pytest

from tests.end_to_end.conftest import make_workspace
from tests.register.proposal.folders import UGANDA

#: AUC of consumption over the line on the first settings a researcher tried.
CONSUMPTION_ALONE = 0.681


@pytest.mark.timeout(3600)
@pytest.mark.skipif(not UGANDA.is_dir(), reason="the Uganda panel is not beside the project")
def test_the_proposed_settings_beat_consumption_alone(tmp_path):
    """2,157 households in three waves; nothing is typed but what `huitou start` says."""
    panel = tmp_path / "uganda"
    panel.mkdir()
    for path in UGANDA.glob("*.gz"):
        (panel / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    workspace = make_workspace(tmp_path / "huitou")
    started = workspace.huitou("start", str(panel), "--write", str(panel))
    assert started.returncode == 0, started.stderr
    for line in started.stdout.splitlines():
        if line.startswith("    huitou "):
            done = workspace.huitou(*shlex.split(line)[1:])
            assert done.returncode == 0, done.stderr
    figures = (workspace.folder / "artifacts/evaluation/metrics.json").read_text(encoding="utf-8")
    judged = json.loads(figures)
    assert judged["auc"] >= max(CONSUMPTION_ALONE, judged["auc_income_over_line"])
