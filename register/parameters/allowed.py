"""Say in words what a schema allows: for messages, and for the page of parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]
KINDS = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "string": "text",
    "object": "names and values",
    "array": "a list",
    "null": "null",
}
FORMATS = {
    "date": "a day such as 2026-01-31",
    "month": "a month such as 2021-01",
    "season": "a season such as 2025Q4",
    "region": "text of 2 to 12 letters, digits and -, such as 520000 or KE-30",
    "scheduler": "local, processes, or the address of a Dask scheduler such as tcp://127.0.0.1:8786",
    "currency": "three capital letters of ISO 4217, such as CNY",
}


def allowed(schema: Schema, root: Schema) -> str:
    """Say what a value may be.

    Parameters
    ----------
    schema : mapping
        JSON schema of the value, as pydantic writes it.
    root : mapping
        The schema that holds its definitions.

    Examples
    --------
    >>> allowed({"type": "integer", "minimum": 1}, {})
    'a whole number from 1'
    >>> allowed({"enum": ["village", "household"]}, {})
    'village or household'
    >>> allowed({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "null"}]}, {})
    'a number from 0 to 1, or null'
    """
    schema = resolved(schema, root)
    if "anyOf" in schema:
        return ", or ".join(allowed(one, root) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return _either(schema.get("enum", [schema.get("const")]))
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    kind = KINDS.get(schema.get("type", ""), "any value")
    if schema.get("type") == "array":
        return f"{kind} of {_items(schema, root)}"
    return f"{kind}{_range(schema)}"


def resolved(schema: Schema, root: Schema) -> Schema:
    """Follow a reference to the definition it names."""
    if "$ref" not in schema:
        return schema
    definition: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return definition


def at(path: Sequence[str | int], schema: Schema) -> Schema:
    """Find the schema of the value at a path of names and positions, such as pydantic reports one.

    Returns
    -------
    mapping
        Empty where the path leads out of what is declared.
    """
    inner: Schema = schema
    for step in path:
        inner = _inside(step, resolved(inner, schema), schema)
    return resolved(inner, schema)


def _inside(step: str | int, schema: Schema, root: Schema) -> Schema:
    for one in schema.get("anyOf", ()):
        schema = resolved(one, root) if one.get("type") != "null" else schema
    if isinstance(step, int):
        places = schema.get("prefixItems", ())
        return places[step] if step < len(places) else schema.get("items", {})
    beside = schema.get("additionalProperties")
    return schema.get("properties", {}).get(step, beside if isinstance(beside, Mapping) else {})


def _items(schema: Schema, root: Schema) -> str:
    places = schema.get("prefixItems")
    if places:
        return f"{len(places)}: {', then '.join(allowed(one, root) for one in places)}"
    each = allowed(schema.get("items", {}), root)
    return f"{schema['minItems']} or more, each {each}" if schema.get("minItems") else f"values, each {each}"


def _range(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    ends = ((" from {:g}", least), (" above {:g}", above), (" to {:g}", most), (" below {:g}", below))
    written = "".join(text.format(end) for text, end in ends if end is not None)
    return written or (" that is not empty" if schema.get("minLength") else "")


def _either(values: Sequence[object]) -> str:
    *others, last = (str(one) or '""' for one in values)
    return f"{', '.join(others)} or {last}" if others else last
