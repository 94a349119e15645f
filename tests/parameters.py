"""The parameters as they stand in the repository, some of them changed for a test."""

from pathlib import Path

import yaml

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.files import assigned

ROOT = Path(__file__).parents[1]
VALUES = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))


def parameters(changes=None):
    """Give the parameters, some of them changed: dotted name to value."""
    return Parameters.of(assigned(VALUES, (changes or {}).items()))


def write_parameters(folder, changes=None):
    """Write them into a folder to work in."""
    whole = assigned(VALUES, (changes or {}).items())
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    (folder / "params.yaml").write_text(text, encoding="utf-8")


def privacy(**changes):
    """Give the section ``privacy``, some of it changed."""
    return parameters({f"privacy.{name}": value for name, value in changes.items()}).privacy


def source_section(**changes):
    """Give the section ``source``, some of it changed; paths are told as text."""
    return parameters({f"source.{name}": value and str(value) for name, value in changes.items()}).source
