"""A folder to work in, and the command as a shell would call it."""

import multiprocessing
import os
import sys
from multiprocessing import forkserver
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from pipelines.commands.command_line import main
from tests.parameters import copy_parameters

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Stand in a folder with parameters whose keys lie in it, where `handed_out` makes releases."""
    yaml = YAML()
    copy_parameters(tmp_path)
    params = yaml.load(tmp_path / "params.yaml")
    params["privacy"]["key_file"] = str(tmp_path / "keys" / "pseudonym.key")
    yaml.dump(params, tmp_path / "params.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def huitou(monkeypatch, office):
    """Run the command in the office and give its exit code."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["huitou", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code or 0

    return run


@pytest.fixture(scope="session")
def processes():
    """Start real processes; what takes long to import is imported once for all of them."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["pipelines.commands.promote", "mlflow"])
    with (
        pytest.MonkeyPatch.context() as patched
    ):  # it knows no path but this, and would import another checkout
        patched.setenv(
            "PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
        )
        forkserver.ensure_running()
    return server
