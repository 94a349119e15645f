"""The script needs nothing of ours, and names every explainer whether it is there or not."""

import ast
import json
import subprocess
import sys

import numpy as np

from benchmarks.elsewhere import SCRIPT
from benchmarks.rivals import RIVALS
from tests.benchmarks.stand_in import install


def test_it_imports_what_another_environment_has_too():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    assert {one.split(".")[0] for one in modules + names} - sys.stdlib_module_names == {"numpy"}


def test_what_is_not_installed_is_named_with_nothing(tmp_path):
    output = subprocess.run(
        [sys.executable, SCRIPT, tmp_path, "5"], capture_output=True, text=True, check=True
    )
    assert json.loads(output.stdout) == [
        {"name": one, "version": None, "milliseconds": None} for one in RIVALS
    ]


def test_one_that_is_installed_is_timed_and_leaves_its_values(tmp_path, monkeypatch):
    """A stand-in for woodelf, without a member to explain: its mean is of nothing, so one is put there."""
    import lightgbm

    monkeypatch.setenv("PYTHONPATH", str(install(tmp_path)))
    matrix, label = np.arange(80.0).reshape(40, 2), np.arange(40) % 2
    settings = {"objective": "binary", "verbosity": -1, "min_data_in_leaf": 2}
    lightgbm.train(settings, lightgbm.Dataset(matrix, label), 2).save_model(tmp_path / "member_0.txt")
    np.save(tmp_path / "matrix.npy", matrix)
    command = [sys.executable, SCRIPT, tmp_path, "5"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [one["version"] for one in json.loads(output)] == ["0.0", None]
    assert np.load(tmp_path / "woodelf-explainer.npy").shape == (5, 2)
