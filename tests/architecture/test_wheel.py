"""A built wheel is whole: every sub-package, table and template, and its command runs."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from pipelines.workspace.parameters import FILES

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies")
BUILD = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"


def files(root):
    """Name the files of the packages; what was only compiled is none of them."""
    found = (path for package in PACKAGES for path in (root / package).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build from a copy, so that nothing is left beside the code; no network is asked for."""
    tree = tmp_path_factory.mktemp("tree")
    for name in (*files(ROOT), "pyproject.toml", "README.md", "LICENSE"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    done = subprocess.run([sys.executable, "-c", BUILD], cwd=tree, capture_output=True, text=True, check=True)
    return tree / done.stdout.splitlines()[-1]


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel):
    """Only the top folders were in it: no simulator, no reference tables, no templates."""
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert {name for name in names if ".dist-info/" not in name} == files(ROOT)


def test_whoever_gets_the_wheel_gets_the_licence(wheel):
    with zipfile.ZipFile(wheel) as packed:
        place = next(name for name in packed.namelist() if name.endswith("/licenses/LICENSE"))
        assert packed.read(place) == (ROOT / "LICENSE").read_bytes()


def test_the_installed_wheel_runs_doctor_in_a_fresh_environment(wheel, tmp_path):
    """The libraries are lent by a path; the editable installation beside them is not."""
    place, office = tmp_path / "environment", tmp_path / "office"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    python = place / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    install = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel]
    subprocess.run(install, check=True)
    purelib = next((place / "lib").glob("python*/site-packages"))
    (purelib / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    office.mkdir()
    for name in (*FILES, "requirements.lock"):  # what a folder to work in holds
        shutil.copy(ROOT / name, office)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env |= {"HOME": str(tmp_path), "MLFLOW_TRACKING_URI": ""}
    where = subprocess.run(
        [python, "-c", "import simulator; print(simulator.__file__)"],
        cwd=office, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(place)
    done = subprocess.run(
        [place / "bin" / "huitou", "doctor"], cwd=office, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "packages as locked" in done.stdout
