"""The door of the parameters: the files they stand in, and what `--set` changes for one run."""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipelines.workspace.parameters.parameters import Parameters
from register.errors import HuitouError, ParamsError
from register.keys.passwords import refuse_password

PARAMS = Path("params.yaml")
#: Environment variable in which a run tells its stages the hash of the parameters it was given.
PARAMS_SHA256 = "HUITOU_PARAMS_SHA256"
#: What a parameter may be called; anything else in its place is not shown.
NAME = re.compile(r"[\w.]+")

Values = dict[str, Any]


def load_params(path: Path = PARAMS) -> Parameters:
    """Read the parameters of this run.

    Raises
    ------
    ParamsError
        When the file is missing, may hold a password, is not what the run was started with,
        or holds a name that is unknown or missing or a value that is not allowed.
    """
    return checked(read(path), f"{path}: ")


def read(path: Path = PARAMS) -> Values:
    """Read what the file says, refusing what may hold a password."""
    if not path.is_file():
        raise ParamsError(f"{path}: not found; run huitou in the folder that holds params.yaml")
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != os.environ.get(PARAMS_SHA256, hashlib.sha256(text).hexdigest()):
        raise ParamsError(f"{path}: changed while its run was at work; run again with what it says now")
    values = yaml.safe_load(text)
    if not isinstance(values, dict):
        raise ParamsError(f"{path}: found no names and values; restore it from git")
    refuse_passwords(values, str(path))
    return values


def checked(values: Values, place: str) -> Parameters:
    """Refuse a name that is unknown or missing and a value of another kind or out of range.

    Parameters
    ----------
    values : dict
        What the file says, profiles included; each is tried.
    place : str
        Where it stands, for the message.
    """
    parameters = _checked(values, place)
    for kind, profile in parameters.profiles.items():
        _checked(assigned(values, profile.items()), f"{place}profiles.{kind}: ")
    return parameters


def with_assignments(values: Values, assignments: Sequence[str], place: str) -> tuple[Values, Parameters]:
    """Give the values and the parameters with a profile and assignments in force.

    The source kind brings its own values first (section ``profiles``), then `assignments` win.

    Returns
    -------
    tuple of (dict, parameters.Parameters)
        Dotted name to value of the profile and the assignments, as they are to be written; and what
        is in force with them.

    Raises
    ------
    ParamsError
        When the file or an assignment is refused.
    """
    parameters = checked(values, place)
    pairs = [pair(one) for one in assignments]
    kind = dict(pairs).get("source.kind", parameters.source.kind)
    profile = parameters.profiles.get(kind, {}) if isinstance(kind, str) else {}
    names = {**profile, **dict(pairs)}
    whole = assigned(values, names.items())
    refuse_passwords(whole, str(PARAMS))
    return names, _checked(whole, "--set ") if names else parameters


def pair(assignment: str) -> tuple[str, Any]:
    """Read ``name=value``."""
    name, equals, value = assignment.partition("=")
    refuse_password(assignment, f"--set {name}" if NAME.fullmatch(name) else "--set")
    if not equals or not name:
        raise ParamsError(f"--set {assignment}: expected name=value, such as --set season=2025Q4")
    try:
        found = YAML(typ="safe").load(value)
    except YAMLError:
        raise ParamsError(f"--set {name}: the value is no YAML; put quotes around it") from None
    return name, found.isoformat() if isinstance(found, date) else found  # DVC knows no dates


def assigned(values: Values, pairs: Any) -> Values:  # noqa: ANN401
    """Give a copy in which dotted names have other values; whether they may, the model decides."""
    changed = deepcopy(values)
    for name, value in pairs:
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


def _checked(values: Values, place: str) -> Parameters:
    try:
        return Parameters.of(values)
    except HuitouError as error:
        raise type(error)(f"{place}{error}") from None
