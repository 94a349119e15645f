"""A proposed file knows which delivered columns it reads."""

import pytest

from register.proposal.files import headers_of


@pytest.mark.parametrize(
    ("cell", "headers"),
    [
        ("a", ["a"]),
        ({"from": "a", "codes": {"1": "head"}}, ["a"]),
        ({"each": "a", "codes": {}}, ["a"]),
        ({"add": ["a", "b"]}, ["a", "b"]),
        ({"join": ["a", "b"]}, ["a", "b"]),
        ({"constant": "1"}, []),
        ({"from": "a", "aged_on": {"from": "b"}}, ["a", "b"]),
    ],
)
def test_the_columns_of_a_cell_are_told_from_its_words(cell, headers):
    assert headers_of(cell) == headers
