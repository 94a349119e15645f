"""Nobody waits for a learner who only writes a page, and nobody for tables who asks for help."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEARNERS = {"lightgbm", "sklearn", "mlflow", "shap", "venn_abers", "numba", "optuna", "matplotlib"}
TABLES = {"pandas", "polars", "numpy", "pyarrow", "scipy", "tqdm", "yaml", "dvc", "jinja2"}
PAGES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "watchlists").rglob("*.py")
    if path.name != "__init__.py"
)


def brought_by(code):
    """Name the packages that a fresh interpreter holds after `code`."""
    told = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


def test_no_page_brings_a_learner():
    assert "watchlists.report.page" in PAGES
    imports = "\n".join(f"import {module}" for module in PAGES)
    assert brought_by(imports) & LEARNERS == set()


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"]])
def test_help_brings_neither_tables_nor_learners(arguments):
    code = f"""
from pipelines.commands.command_line import application
application({arguments}, standalone_mode=False)"""
    assert brought_by(code) & (TABLES | LEARNERS) == set()


def test_the_door_of_the_parameters_brings_no_reader_of_deliveries():
    """Every stage and command comes through it, and one of them reads a delivery."""
    readers = {"openpyxl", "pyarrow", "sqlalchemy", "pandas", "cryptography"}
    assert brought_by("import pipelines.workspace.parameters") & (readers | LEARNERS) == set()


def test_names_of_figures_bring_nothing():
    assert brought_by("import models.names") & (TABLES | LEARNERS) == set()
