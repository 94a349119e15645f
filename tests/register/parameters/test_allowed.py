"""What is allowed is said in words."""

import pytest

from register.parameters.allowed import allowed, at
from tests.register.parameters.visits import Visits

SCHEMA = Visits.model_json_schema()


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 5}, "a whole number from 1 to 5"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "a number above 0 below 1"),
        ({"type": "boolean"}, "true or false"),
        ({"type": "string", "minLength": 1}, "text that is not empty"),
        ({"const": "today"}, "today"),
        ({"enum": ["a", "b", "c"]}, "a, b or c"),
        ({"type": "string", "format": "season"}, "a season such as 2025Q4"),
        ({"type": "array", "items": {"type": "string"}}, "a list of values, each text"),
        ({"type": "array", "minItems": 1, "items": {"type": "string"}}, "a list of 1 or more, each text"),
        ({}, "any value"),
    ],
)
def test_every_kind_has_its_words(schema, said):
    assert allowed(schema, {}) == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (["n"], "a whole number from 1"),
        (["until"], "a day such as 2026-01-31, or null"),
        (["shares"], "a list of 2: a number, then a number"),
        (["shares", 1], "a number"),
        (["by_place", "T1"], "a whole number"),
        ([], "names and values"),
    ],
)
def test_a_path_leads_to_what_is_declared(path, said):
    assert allowed(at(path, SCHEMA), SCHEMA) == said


def test_a_path_out_of_what_is_declared_leads_nowhere():
    assert at(["n", "x"], SCHEMA) == {}
