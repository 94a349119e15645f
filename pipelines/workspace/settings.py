"""Set parameters for one run: params.yaml is changed with its comments kept, then put back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipelines.workspace.workspace import ARTIFACTS, PARAMS, load_params, refuse_passwords
from register.atomic import write_text
from register.errors import ParamsError
from register.keys.passwords import refuse_password

#: What params.yaml held before this run; left behind only by a run that was killed.
BEFORE = ARTIFACTS / "params.before.yaml"
DURING = ARTIFACTS / "params.during.yaml"
#: What a parameter may be called; anything else in its place is not shown.
NAME = re.compile(r"[\w.]+")
NULL, TEXT, NUMBER = "null", "text", "a number"
#: What a value is called; a flag is a number to Python, so it comes first.
KINDS: Mapping[str, tuple[type, ...]] = {
    "true or false": (bool,),
    NUMBER: (int, float),
    TEXT: (str,),
    "names and values": (Mapping,),
    "a list": (Sequence,),
    "something else": (object,),
}
#: Parameters that may be left empty (null).
EMPTIABLE = (
    "privacy.vault",
    "source.mapping",
    "source.exported_on",
    "ingest.delivered_on",
    "ingest.max_row_change",
)


@contextmanager
def parameters_set(assignments: Sequence[str], path: Path = PARAMS) -> Iterator[dict[str, Any]]:
    """Set parameters in `path` for the time of the block.

    DVC compares params.yaml with what a stage last saw, so a run's parameters must stand
    there. The source kind brings its own values first (section ``profiles``), then
    `assignments` win.

    Parameters
    ----------
    assignments : sequence of str
        Each ``name=value``, the name dotted as in ``source.kind=eph``.
    path : Path
        The parameter file.

    Yields
    ------
    dict
        The parameters in force.

    Raises
    ------
    ParamsError
        When the file is missing, or an assignment may hold a password, has no ``=``, names no
        known parameter or cannot be read.
    """
    put_back(path)
    load_params(path)
    before = path.read_text(encoding="utf-8")
    params, during = _with_assignments(before, assignments)
    try:
        if during != before:
            write_text(BEFORE, before)
            write_text(DURING, during)
            write_text(path, during)
        yield params
    finally:
        put_back(path)


def parameters(assignments: Sequence[str], path: Path = PARAMS) -> dict[str, Any]:
    """Give the parameters with `assignments` in force, `path` left as it is.

    Raises
    ------
    ParamsError
        As `parameters_set` does.
    """
    load_params(path)
    return _with_assignments(path.read_text(encoding="utf-8"), assignments)[0]


def put_back(path: Path = PARAMS) -> None:
    """Put params.yaml back as it was, unless a person has edited it meanwhile."""
    if BEFORE.is_file() and DURING.is_file() and path.read_bytes() == DURING.read_bytes():
        write_text(path, BEFORE.read_text(encoding="utf-8"))
    BEFORE.unlink(missing_ok=True)
    DURING.unlink(missing_ok=True)


def _with_assignments(text: str, assignments: Sequence[str]) -> tuple[dict[str, Any], str]:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 200
    params = yaml.load(text)
    pairs = [_pair(assignment) for assignment in assignments]
    kind = dict(pairs).get("source.kind", params["source"]["kind"])
    profile = params["profiles"].get(kind) or {}
    for name, value in (*profile.items(), *pairs):
        _assign(params, name, value)
    refuse_passwords(params, "params.yaml")
    written = StringIO()
    yaml.dump(params, written)
    return params, written.getvalue() if (profile or pairs) else text


def _pair(assignment: str) -> tuple[str, Any]:
    name, equals, value = assignment.partition("=")
    refuse_password(assignment, f"--set {name}" if NAME.fullmatch(name) else "--set")
    if not equals or not name:
        raise ParamsError(f"--set {assignment}: expected name=value, such as --set season=2025Q4")
    try:
        read = YAML(typ="safe").load(value)
    except YAMLError:
        raise ParamsError(f"--set {name}: the value is no YAML; put quotes around it") from None
    return name, read.isoformat() if isinstance(read, date) else read  # DVC knows no dates


def _assign(params: Mapping[str, Any], name: str, value: object) -> None:
    *parents, last = name.split(".")
    section: Any = params
    for parent in parents:
        section = section.get(parent) if isinstance(section, Mapping) else None
    if not isinstance(section, Mapping) or last not in section:
        raise ParamsError(f"--set {name}: no such parameter in params.yaml; look up its name there")
    _refuse_other_kind(name, section[last], value)
    section[last] = value  # type: ignore[index]  # ruamel's mappings are mutable


def _refuse_other_kind(name: str, before: object, value: object) -> None:
    wanted, found = _kind(before), _kind(value)
    fits = found in (TEXT, NUMBER) if wanted == NULL else found == wanted
    if not fits and not (found == NULL and name in EMPTIABLE):
        raise ParamsError(
            f"--set {name}: found {found}, wanted {TEXT if wanted == NULL else wanted} as in params.yaml; "
            "write it as it is written there"
        )


def _kind(value: object) -> str:
    return NULL if value is None else next(kind for kind, types in KINDS.items() if isinstance(value, types))
