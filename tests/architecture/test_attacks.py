"""Every attack that docs/reliability.md names is held shut by a test that exists."""

import ast
import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(
    r"^\| .+ \| `(\S+\.py)::(test_\w+)` \|$", (ROOT / "docs/reliability.md").read_text("utf-8"), re.MULTILINE
)


def test_the_table_is_read_whole():
    section = (ROOT / "docs/reliability.md").read_text("utf-8").partition("## 6. ")[2]
    assert len(NAMED) == len(set(NAMED)) == section.count("\n| ") - 1


@pytest.mark.parametrize(("path", "test"), NAMED)
def test_a_named_test_exists(path, test):
    tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
    assert test in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_dvc_keeps_its_state_in_the_workspace():
    """It is read back by pickle, and DVC's own place for it is a folder that anybody may write to."""
    config = configparser.ConfigParser()
    config.read_string(re.sub("^ +", "", (ROOT / ".dvc/config").read_text("utf-8"), flags=re.MULTILINE))
    place = Path(config["core"]["site_cache_dir"])
    assert ROOT in (ROOT / ".dvc" / place).resolve().parents
