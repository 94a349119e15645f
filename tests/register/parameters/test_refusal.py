"""A section is closed and strict, and says in one sentence what is wrong with it."""

import pytest

from register.errors import ParamsError
from tests.register.parameters.visits import Visits


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"n": "3"}, ".n: found '3', allowed is a whole number from 1; mend it"),
        ({"n": True}, ".n: found true, allowed is a whole number from 1; mend it"),
        ({"n": 1.5}, ".n: found 1.5, allowed is a whole number from 1; mend it"),
        ({"n": float("nan")}, ".n: found nan, allowed is a whole number from 1; mend it"),
        ({}, ".n: not found, allowed is a whole number from 1; write it there"),
        ({"n": 1, "untill_": None}, ".untill_: no such parameter; the nearest is visits.until; mend it"),
        ({"n": 1, "x": 1}, ".x: no such parameter; allowed are n, until, shares, by_place; mend it"),
        ({"n": 1, "until": "x"}, ".until: found 'x', allowed is a day such as 2026-01-31, or null; mend it"),
        ({"n": 1, "shares": [1]}, ".shares item 2: not found, allowed is a number; write it there"),
        ({"n": 1, "shares": [1, "a"]}, ".shares item 2: found 'a', allowed is a number; mend it"),
        ({"n": 1, "by_place": {"T1": "a"}}, ".by_place.T1: found 'a', allowed is a whole number; mend it"),
        ({"n": "Zhang San, Daping"}, ".n: found text, allowed is a whole number from 1; mend it"),
        (3, ": found 3, allowed is names and values; mend it"),
        (None, ": found null, allowed is names and values; mend it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(values, said):
    with pytest.raises(ParamsError) as refusal:
        Visits.of(values, "visits")
    assert str(refusal.value) == f"visits{said}"
