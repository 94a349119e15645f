"""The house stands as DESIGN drew it."""

from pathlib import Path

import yaml

from pipelines.workspace.parameters import FILES
from tests.parameters import BY_FILE

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies", "benchmarks")


def stages():
    return yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]


def test_every_stage_is_a_file_of_its_name_and_every_dependency_exists():
    for name, stage in stages().items():
        assert stage["cmd"] == f"python -m pipelines.stages.{name}"
        code = [path for path in stage["deps"] if not path.startswith(("artifacts", "$"))]
        assert [path for path in code if not (ROOT / path).exists()] == []


def tracked(stage):
    """Name the parameters DVC looks at for a stage, with the file it looks into."""
    for entry in stage.get("params", []):
        names = entry if isinstance(entry, dict) else {"params.yaml": [entry]}
        yield from ((file, name) for file, listed in names.items() for name in listed)


def test_every_parameter_of_a_stage_stands_in_its_file():
    for stage in stages().values():
        for file, dotted in tracked(stage):
            value = BY_FILE[file]
            for part in dotted.split("."):
                value = value[part]


def test_params_yaml_is_read_in_two_minutes():
    """It held 226 lines, most of which no county ever sets."""
    assert len((ROOT / "params.yaml").read_text(encoding="utf-8").splitlines()) <= 95


def test_every_parameter_has_a_comment():
    lines = [line for name in FILES for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    bare = [
        line
        for line in lines
        if line.strip()
        and not line.strip().startswith("#")
        and not line.rstrip().endswith(":")
        and "#" not in line
    ]
    assert bare == []


def test_the_lock_file_carries_hashes_and_no_addresses():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert "://" not in lock


def test_no_file_is_named_for_nothing():
    named = [
        path.name
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if path.stem in {"utils", "util", "helpers", "helper", "misc", "common"}
    ]
    assert named == []


def test_no_clock_is_read_below_pipelines():
    below = [path for package in PACKAGES[:5] for path in (ROOT / package).rglob("*.py")]
    clocks = ("datetime.now", "date.today", "time.time(", "utcnow")
    assert [
        path.name for path in below if any(word in path.read_text(encoding="utf-8") for word in clocks)
    ] == []
