"""Turn what pydantic found into one sentence: where, what was found, what is allowed, what to do."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from pydantic import BaseModel, ValidationError

from register.errors import HuitouError, ParamsError
from register.parameters.allowed import Schema, allowed, at

#: A text that is shown as it was found: a name or a number, too short to be anything of anybody's.
PRINTABLE = re.compile(r"[\w.+-]{1,24}", re.ASCII)


def refusal(error: ValidationError, model: type[BaseModel], name: str) -> HuitouError:
    """Name the first thing that is wrong; a name nobody knows comes first, as it explains one missing.

    Parameters
    ----------
    error : ValidationError
        Of `model`.
    model : type of BaseModel
    name : str
        What the section is called.
    """
    faults = sorted(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    fault, schema = faults[0], _schema(model)
    steps = _declared(fault["loc"], schema) if fault["type"] != "extra_forbidden" else fault["loc"]
    place = _place([name, *steps])
    match fault["type"]:
        case "extra_forbidden":
            names = list(at(steps[:-1], schema).get("properties", {}))
            nearest = _nearest(str(steps[-1]), names, _place([name, *steps[:-1]]))
            return ParamsError(f"{place}: no such parameter; {nearest}")
        case "missing":
            wanted = allowed(at(steps, schema), schema)
            return ParamsError(f"{place}: not found, allowed is {wanted}; write it there")
        case "value_error":
            refused = fault["ctx"]["error"]
            return refused if isinstance(refused, HuitouError) else ParamsError(f"{place}: {refused}")
    if fault["loc"][-1:] == ("[key]",):
        place, wanted = _place([name, *steps[:-1]]), allowed(at(steps[:-1], schema)["propertyNames"], schema)
    else:
        wanted = allowed(at(steps, schema), schema)
    if isinstance(fault["input"], int | float):
        wanted = re.sub(r"^text\b", "text in quotes", wanted)
    return ParamsError(f"{place}: found {described(fault['input'])}, allowed is {wanted}; mend it")


@cache
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def described(value: object) -> str:
    """Say what was found without showing what could be somebody's.

    Examples
    --------
    >>> described("many"), described("Zhang San, Daping"), described([1, 2]), described(None), described(True)
    ("'many'", 'text', 'a list of 2', 'null', 'true')
    """
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case "":
            return '""'
        case str():
            return repr(value) if PRINTABLE.fullmatch(value) else "text"
        case Mapping():
            return "names and values"
        case Sequence():
            return f"a list of {len(value)}"
    return "something else"


def _declared(steps: Sequence[str | int], schema: Schema) -> Sequence[str | int]:
    """Leave out what pydantic adds to a path: which member of a union it tried."""
    return steps if at(steps, schema) or not steps else _declared(steps[:-1], schema)


def _place(steps: Sequence[str | int]) -> str:
    """Write a path as people do: sections dotted, and places of a list counted from 1."""
    written = "".join(f" item {one + 1}" if isinstance(one, int) else f".{one}" for one in steps if one != "")
    return written.removeprefix(".").replace(":.", ": ").removesuffix(":")


def _nearest(name: str, names: Sequence[str], section: str) -> str:
    close = get_close_matches(name, names, n=1)
    if close:
        return f"the nearest is {f'{section}.' if section else ''}{close[0]}; mend it"
    return f"allowed are {', '.join(names)}; mend it"
