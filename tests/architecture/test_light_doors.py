"""Nobody waits for a learner who only writes a page, and nobody for tables who asks for help."""

import subprocess
import sys
from pathlib import Path

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


def test_no_help_brings_tables_or_learners():
    """Of the whole and of every command, asked as in a terminal."""
    code = """
import sys
from typer.main import get_command
from pipelines.commands.command_line import application, main
for words in [[], *([name] for name in get_command(application).commands)]:
    sys.argv = ["huitou", *words, "--help"]
    try:
        main()
    except SystemExit as done:
        assert not done.code"""
    assert brought_by(code) & (TABLES | LEARNERS | {"pandera", "rich"}) == set()


def test_the_door_of_the_parameters_brings_no_reader_of_deliveries():
    """Every stage and command comes through it, and one of them reads a delivery."""
    readers = {"openpyxl", "pyarrow", "sqlalchemy", "pandas", "cryptography"}
    assert brought_by("import pipelines.workspace.parameters") & (readers | LEARNERS) == set()


def test_facts_of_a_model_bring_no_learner():
    """Judging, publishing and MLflow's mirror read them; who scores opens the model."""
    stages = ("evaluate", "publish", "ingest", "features", "simulate")
    code = "\n".join(f"import pipelines.stages.{stage}" for stage in stages)
    assert brought_by(f"{code}\nimport pipelines.commands.run") & LEARNERS == set()


def test_names_of_figures_bring_nothing():
    assert brought_by("import models.names") & (TABLES | LEARNERS) == set()
