"""The notebooks run on what a run leaves behind."""

import jupytext
import pytest
from nbclient import NotebookClient

from tests.end_to_end.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))


@pytest.mark.filterwarnings("ignore")  # Jupyter's own; the notebooks turn their warnings into errors
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs_from_top_to_bottom(path, workspace, monkeypatch):
    for name, value in workspace.environment.items():
        monkeypatch.setenv(name, value)
    notebook = jupytext.read(path)
    where = {"metadata": {"path": str(workspace.folder)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in shown)
    assert [output for output in shown if output.output_type == "stream" and output.name == "stderr"] == []
