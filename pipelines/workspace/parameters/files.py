"""The door of the parameters: the files they stand in, and what `--set` changes for one run."""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipelines.workspace.parameters.parameters import FILES, Parameters
from register.atomic import sha256, write_text
from register.errors import HuitouError, ParamsError
from register.keys.passwords import refuse_password
from register.parameters import Section
from register.sources.open import settings_of

HERE = Path()
#: Environment variable in which a run tells its stages the hashes of the files it was given.
PARAMS_SHA256 = "HUITOU_PARAMS_SHA256"
#: What a parameter may be called; anything else in its place is not shown.
NAME = re.compile(r"[\w.]+")

Values = dict[str, Any]
Checked = TypeVar("Checked", bound=Section)


def load_params(folder: Path = HERE) -> Parameters:
    """Read the parameters of this run.

    Parameters
    ----------
    folder : Path
        Where `FILES` stand.

    Raises
    ------
    ParamsError
        When a file is missing, may hold a password, is not what the run was started with,
        or holds a name that is unknown or missing or a value that is not allowed.
    """
    return checked(read(folder))


def read(folder: Path = HERE) -> dict[str, Values]:
    """Read what each file says, refusing what may hold a password.

    Returns
    -------
    dict of str to dict
        The values by file.
    """
    hashes = os.environ.get(PARAMS_SHA256, digests(folder)).split()
    return {name: _read(folder / name, digest) for name, digest in zip(FILES, hashes, strict=True)}


def digests(folder: Path = HERE) -> str:
    """Hash every file, for a run to tell its stages what it was given."""
    paths = (folder / name for name in FILES)
    return " ".join(sha256(path) if path.is_file() else "missing" for path in paths)


def _read(path: Path, digest: str) -> Values:
    if not path.is_file():
        raise ParamsError(f"{path}: not found; run huitou in the folder that holds {path.name}")
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != digest:
        raise ParamsError(f"{path}: changed while its run was at work; run again with what it says now")
    values = yaml.safe_load(text)
    if not isinstance(values, dict):
        raise ParamsError(f"{path}: found no names and values; restore it from git")
    refuse_passwords(values, str(path))
    return values


def write(parameters: Parameters, folder: Path) -> None:
    """Write the files of a folder to work in."""
    values = parameters.written()
    for name, model in FILES.items():
        own = {section: values[section] for section in model.model_fields}
        write_text(folder / name, yaml.safe_dump(own, allow_unicode=True, sort_keys=False))


def checked(files: dict[str, Values]) -> Parameters:
    """Refuse a name that is unknown or missing and a value of another kind or out of range.

    Profiles are tried as well, each with all that it sets.
    """
    for name, values in files.items():
        _refuse_misplaced(name, values)
        _checked(values, f"{name}: ", FILES[name])
    whole = merged(files)
    parameters = _checked(whole, "", Parameters)
    for kind, profile in parameters.profiles.items():
        _checked(assigned(whole, profile), f"params.yaml: profiles.{kind}: ", Parameters)
    return parameters


def merged(files: dict[str, Values]) -> Values:
    """Give the sections of all files."""
    return {section: value for values in files.values() for section, value in values.items()}


def _refuse_misplaced(name: str, values: Values) -> None:
    for other, model in FILES.items():
        strays = [section for section in values if other != name and section in model.model_fields]
        if strays:
            raise ParamsError(f"{name}: {strays[0]}: stands in {other}; move the section there")


def with_assignments(files: dict[str, Values], assignments: Sequence[str]) -> tuple[Values, Parameters]:
    """Give the parameters with a profile and assignments in force, and what these two set.

    The source kind brings its own values first (section ``profiles``), then what its mapping decides
    (a panel's waves), then `assignments` win.

    Returns
    -------
    tuple of (dict, parameters.Parameters)
        Dotted name to value of the profile and the assignments, as they are to be written; and what
        is in force with them.

    Raises
    ------
    ParamsError
        When a file or an assignment is refused.
    """
    parameters = checked(files)
    pairs = dict(pair(one) for one in assignments)
    kind = pairs.get("source.kind", parameters.source.kind)
    profile = parameters.profiles.get(kind, {}) if isinstance(kind, str) else {}
    names = {**profile, **_by_mapping(assigned(merged(files), {**profile, **pairs})), **pairs}
    whole = assigned(merged(files), names)
    refuse_passwords(whole, "--set")
    return names, _checked(whole, "--set ", Parameters)


def _by_mapping(values: Values) -> Mapping[str, Any]:
    """Give what the mapping of the source decides; what is no source is refused with the others."""
    source = values.get("source")
    texts = (
        {name: source.get(name) for name in ("kind", "path", "mapping")} if isinstance(source, dict) else {}
    )
    kind, path, mapping = (texts.get(name) for name in ("kind", "path", "mapping"))
    if not (isinstance(kind, str) and isinstance(path, str) and isinstance(mapping, str | None)):
        return {}
    return settings_of(kind, path, mapping)


def pair(assignment: str) -> tuple[str, Any]:
    """Read ``name=value``."""
    name, equals, value = assignment.partition("=")
    refuse_password(assignment, f"--set {name}" if NAME.fullmatch(name) else "--set")
    if not equals or not name:
        raise ParamsError(f"--set {assignment}: expected name=value, such as --set season=2025Q4")
    try:
        parsed = YAML(typ="safe").load(value)
    except YAMLError:
        raise ParamsError(f"--set {name}: the value is no YAML; put quotes around it") from None
    return name, parsed.isoformat() if isinstance(parsed, date) else parsed  # DVC knows no dates


def assigned(values: Values, names: Values) -> Values:
    """Give a copy in which dotted names have other values; whether they may, the model decides."""
    changed = deepcopy(values)
    for name, value in names.items():
        *parents, last = name.split(".")
        section = changed
        for parent in parents:
            if not isinstance(section.get(parent), dict):
                section[parent] = {}
            section = section[parent]
        section[last] = value
    return changed


def refuse_passwords(values: object, place: str) -> None:
    """Refuse parameters that may hold a password: stages, DVC and MLflow keep what they are told.

    Parameters
    ----------
    values : object
        Names and values, at any depth.
    place : str
        Where they stand, for the message.

    Raises
    ------
    ParamsError
    """
    if isinstance(values, str):
        refuse_password(values, place)
    elif isinstance(values, Mapping):
        for name, value in values.items():
            refuse_passwords(value, f"{place} {name}")
    elif isinstance(values, Sequence):
        for value in values:
            refuse_passwords(value, place)


def _checked(values: Values, place: str, model: type[Checked]) -> Checked:
    try:
        return model.of(values)
    except HuitouError as error:
        raise type(error)(f"{place}{error}") from None
