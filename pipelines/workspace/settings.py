"""Set parameters for one run: params.yaml is changed with its comments kept, then put back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines.workspace.parameters import PARAMS, Parameters
from pipelines.workspace.parameters.files import read, with_assignments
from pipelines.workspace.workspace import ARTIFACTS
from register.atomic import write_text

#: What params.yaml held before this run; left behind only by a run that was killed.
BEFORE = ARTIFACTS / "params.before.yaml"
DURING = ARTIFACTS / "params.during.yaml"


@contextmanager
def parameters_set(assignments: Sequence[str], path: Path = PARAMS) -> Iterator[Parameters]:
    """Set parameters in `path` for the time of the block.

    DVC compares params.yaml with what a stage last saw, so a run's parameters must stand
    there.

    Parameters
    ----------
    assignments : sequence of str
        Each ``name=value``, the name dotted as in ``source.kind=eph``.
    path : Path
        The parameter file.

    Yields
    ------
    parameters.Parameters
        Those in force.

    Raises
    ------
    ParamsError
        When the file is missing, it or an assignment may hold a password, or names or holds what
        is no parameter.
    """
    put_back(path)
    names, parameters = with_assignments(read(path), assignments, f"{path}: ")
    before = path.read_text(encoding="utf-8")
    during = _written(before, names)
    try:
        if during != before:
            write_text(BEFORE, before)
            write_text(DURING, during)
            write_text(path, during)
        yield parameters
    finally:
        put_back(path)


def parameters(assignments: Sequence[str], path: Path = PARAMS) -> Parameters:
    """Give the parameters with `assignments` in force, `path` left as it is.

    Raises
    ------
    ParamsError
        As `parameters_set` does.
    """
    return with_assignments(read(path), assignments, f"{path}: ")[1]


def put_back(path: Path = PARAMS) -> None:
    """Put params.yaml back as it was, unless a person has edited it meanwhile."""
    if BEFORE.is_file() and DURING.is_file() and path.read_bytes() == DURING.read_bytes():
        write_text(path, BEFORE.read_text(encoding="utf-8"))
    BEFORE.unlink(missing_ok=True)
    DURING.unlink(missing_ok=True)


def _written(text: str, names: dict[str, Any]) -> str:
    """Write values into the file's text, comments kept."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 200
    values = yaml.load(text)
    for name, value in names.items():
        *parents, last = name.split(".")
        section = values
        for parent in parents:
            section = section[parent]
        section[last] = value
    written = StringIO()
    yaml.dump(values, written)
    return written.getvalue() if names else text
