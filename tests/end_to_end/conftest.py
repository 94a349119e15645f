"""A small prefecture, run once for all tests of the whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock
from ruamel.yaml import YAML

from pipelines.workspace.parameters import FILES
from pipelines.workspace.parameters.files import merged
from tests.newcomers import RESTATED, YOUNG, deliver

ROOT = Path(__file__).parents[2]
#: `huitou`, as the environment's script calls it.
COMMAND = "from pipelines.commands.command_line import main; main()"
CODE = (
    *(
        "register",
        "simulator",
        "features",
        "models",
        "watchlists",
        "pipelines",
        "studies",
        "notebooks",
        ".dvc",
    ),
    *(".dvcignore", ".gitignore", "dvc.yaml", *FILES, "pyproject.toml", "requirements.lock"),
    "capacity.csv",
)


class Workspace:
    """A copy of the project with few households, and the command run in it."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.environment = {
            **os.environ,
            "OMP_WAIT_POLICY": "PASSIVE",
            "MLFLOW_TRACKING_URI": "",
            "XDG_CONFIG_HOME": str(folder),
            "HOME": str(folder.parent),
            **environment,
        }

    def copied(self, folder):
        """Copy the workspace with all it has made; the keys stay where they are."""
        shutil.copytree(self.folder, folder, symlinks=True)
        copy = Workspace(folder)
        copy.environment = {**self.environment, "XDG_CONFIG_HOME": str(folder)}
        return copy

    def huitou(self, *arguments):
        return self._python("-c", COMMAND, *arguments)

    def stage(self, name, **environment):
        """Run one stage by itself, as DVC would."""
        return self._python("-m", f"pipelines.stages.{name}", **environment)

    def _python(self, *arguments, **environment):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def stages_of(self, done):
        """Name the stages that ran, in order."""
        return [line.removesuffix(" ...") for line in done.stderr.splitlines() if line.endswith(" ...")]

    def change_params(self, change):
        yaml = YAML()
        files = {self.folder / name: yaml.load(self.folder / name) for name in FILES}
        params = merged(files)
        change(params)
        for path, values in files.items():
            values.update({section: params[section] for section in values})
            yaml.dump(values, path)

    def release(self):
        return self.folder / "releases" / "current"


def make_workspace(folder, **environment):
    """Copy the code, shrink the prefecture, and put it under git as a clone would be."""
    for name in CODE:
        source = ROOT / name
        ignore = shutil.ignore_patterns("__pycache__", "cache", "tmp")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    (folder / "runs" / "champion").mkdir(parents=True)
    (folder / "releases" / "earlier").mkdir(parents=True)
    (folder / "lookbacks").mkdir()  # empty: whatever lies in the project's own is nobody's test data
    (folder / "shadow").mkdir()
    workspace = Workspace(folder, **environment)
    workspace.change_params(_small)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return workspace


def _small(params):
    params["simulator"]["counties"] = 2
    params["simulator"]["households_per_county"] = 700
    params["compute"]["threads"] = 1
    params["model"] |= {"rounds": 40, "kind": "trained"}
    params["evaluate"] |= {"bootstrap": 50, "origins": 3}
    params["evaluate"]["min_positives"] = 5
    params["protocol"]["parts"] = 2
    params["tune"] |= {"trials": 3, "max_negatives": 2000, "max_judged": 2000}
    params["tune"]["ranges"]["rounds"]["low"] = 20
    params["feature_report"] |= {"rows": 300, "training_rows": 400, "repeats": 1}


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """The one run of the whole: of the processes that share the tests one makes it, the others wait."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder, said = shared / "whole" / "huitou", shared / "whole" / "said.json"
    with FileLock(shared / "whole.lock"):
        if not said.is_file():
            done = make_workspace(folder).huitou("run")
            assert done.returncode == 0, done.stderr
            said.write_text(json.dumps({"stdout": done.stdout, "stderr": done.stderr}), encoding="utf-8")
    made = Workspace(folder)
    made.first = SimpleNamespace(**json.loads(said.read_text(encoding="utf-8")))
    return made


@pytest.fixture(scope="session")
def workspace(whole, tmp_path_factory):
    """A copy of it for this process, in which studies may leave their pages."""
    copy = whole.copied(tmp_path_factory.mktemp("run") / "huitou")
    copy.first = whole.first
    return copy


@pytest.fixture(scope="session")
def young_county(tmp_path_factory):
    """Another province's county of 400 households that has exported once: `source.path` of a folder."""
    return deliver(tmp_path_factory.mktemp("young"), YOUNG, 400)


@pytest.fixture(scope="session")
def restating_county(tmp_path_factory):
    """A county of 1,600 households and four exports that restate every dangerous house."""
    return deliver(tmp_path_factory.mktemp("restating"), RESTATED, 1600)
