"""Set parameters for one run: their files are changed with comments kept, then put back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines.workspace.parameters import FILES, Parameters
from pipelines.workspace.parameters.files import read, with_assignments
from pipelines.workspace.workspace import HERE
from register.atomic import write_text


@contextmanager
def parameters_set(assignments: Sequence[str]) -> Iterator[Parameters]:
    """Set parameters in their files for the time of the block.

    DVC compares the files with what a stage last saw, so a run's parameters must stand there.

    Parameters
    ----------
    assignments : sequence of str
        Each ``name=value``, the name dotted as in ``source.kind=eph``.

    Yields
    ------
    parameters.Parameters
        Those in force.

    Raises
    ------
    ParamsError
        When a file is missing, it or an assignment may hold a password, or names or holds what
        is no parameter.
    """
    put_back()
    names, parameters = with_assignments(read(), assignments)
    try:
        for name in FILES:
            _write(Path(name), names)
        yield parameters
    finally:
        put_back()


def parameters(assignments: Sequence[str]) -> Parameters:
    """Give the parameters with `assignments` in force, their files left as they are.

    Raises
    ------
    ParamsError
        As `parameters_set` does.
    """
    return with_assignments(read(), assignments)[1]


def put_back() -> None:
    """Put the files back as they were, but for what a person has edited meanwhile."""
    for path in map(Path, FILES):
        before, during = _beside(path)
        if before.is_file() and during.is_file() and path.read_bytes() == during.read_bytes():
            write_text(path, before.read_text(encoding="utf-8"))
        before.unlink(missing_ok=True)
        during.unlink(missing_ok=True)


def _beside(path: Path) -> tuple[Path, Path]:
    """Say where a file is kept as it was before a run and during it; only a killed run leaves them."""
    return HERE.artifacts / f"{path.stem}.before.yaml", HERE.artifacts / f"{path.stem}.during.yaml"


def _write(path: Path, names: dict[str, Any]) -> None:
    own = {
        name: value for name, value in names.items() if name.split(".")[0] in FILES[path.name].model_fields
    }
    text = path.read_text(encoding="utf-8")
    written = _written(text, own) if own else text
    if written != text:
        before, during = _beside(path)
        write_text(before, text)
        write_text(during, written)
        write_text(path, written)


def _written(text: str, names: dict[str, Any]) -> str:
    """Write values into a file's text, comments kept."""
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
    return written.getvalue()
