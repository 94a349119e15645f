"""Nothing that makes features, trains or lists can read a simulated prefecture's truth."""

import ast
from pathlib import Path

import yaml

from tests.parameters import parameters

ROOT = Path(__file__).parents[2]
#: Who may: the studies that judge by it.
JUDGES = "studies/"
WRITERS = {
    "pipelines/stages/simulate.py",
    "pipelines/workspace/workspace.py",
    "pipelines/commands/command_line.py",
}


def sources():
    for package in ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies"):
        for path in (ROOT / package).rglob("*.py"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def imported(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_stage_makes_or_reads_the_truth():
    stages = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    for stage in stages.values():
        made = [path for out in stage["outs"] for path in ([out] if isinstance(out, str) else out)]
        touched = [
            path for path in [*stage["deps"], *made] if path.rstrip("/") == "artifacts" or "truth" in path
        ]
        assert [path for path in touched if "naming_truth" not in path] == []


def test_only_judges_import_what_reads_the_truth():
    found = {name for name, text in sources() if "studies.oracle.truth" in set(imported(text))}
    assert found
    assert {name for name in found if not name.startswith(JUDGES)} == set()


def test_only_judges_and_the_simulator_know_where_the_truth_lies():
    named = {
        name
        for name, text in sources()
        if "pipelines.workspace.workspace.TRUTH" in set(imported(text))
        or '"truth"' in text
        or "artifacts/truth" in text
    }
    assert {name for name in named if not name.startswith(JUDGES)} <= WRITERS


def test_the_delivered_folder_lies_apart_from_the_truth():
    assert not Path("artifacts/truth").is_relative_to(parameters().source.path)
