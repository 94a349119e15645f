"""A section gives back what YAML holds."""

from datetime import date

from tests.register.parameters.visits import Visits


def test_what_yaml_holds_comes_back_as_it_was_written():
    values = {"n": 3, "until": "2026-01-31", "shares": [0.1, 0.2], "by_place": {"T1": 4}}
    assert Visits.of(values).written() == values
    assert Visits.of({**values, "until": date(2026, 1, 31)}).written() == values
