"""The parameters as they stand in the repository, some of them changed for a test."""

import shutil
from pathlib import Path

import yaml

from pipelines.workspace.parameters import FILES, Parameters
from pipelines.workspace.parameters.files import assigned, merged

ROOT = Path(__file__).parents[1]
BY_FILE = {name: yaml.safe_load((ROOT / name).read_text(encoding="utf-8")) for name in FILES}
VALUES = merged(BY_FILE)


def parameters(changes=None):
    """Give the parameters, some of them changed: dotted name to value."""
    return Parameters.of(assigned(VALUES, changes or {}))


def write_parameters(folder, changes=None):
    """Write them into a folder to work in."""
    whole = assigned(VALUES, changes or {})
    for name, values in BY_FILE.items():
        own = {section: whole[section] for section in values}
        text = yaml.safe_dump(own, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")


def copy_parameters(folder, root=ROOT):
    """Copy the files as they stand, comments and all."""
    for name in FILES:
        shutil.copy(root / name, folder)


def privacy(**changes):
    """Give the section ``privacy``, some of it changed."""
    return parameters({f"privacy.{name}": value for name, value in changes.items()}).privacy


def source_section(**changes):
    """Give the section ``source``, some of it changed; paths are told as text."""
    return parameters({f"source.{name}": value and str(value) for name, value in changes.items()}).source
