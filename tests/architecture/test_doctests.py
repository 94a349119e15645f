"""Every example in a docstring is run, and shows what it says."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies", "benchmarks")


def modules_with_examples():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if ">>>" in path.read_text(encoding="utf-8"):
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("name", [*modules_with_examples()])
def test_the_examples_of_a_module_show_what_they_say(name, capsys):
    ran = doctest.testmod(import_module(name))
    assert ran.attempted, "the example stands where doctest does not look: a private name or no docstring"
    assert not ran.failed, capsys.readouterr().out
