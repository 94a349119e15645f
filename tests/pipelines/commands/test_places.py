import polars as pl
import pytest

from pipelines.commands.places import MOST_NAMED, Places
from register.errors import SourceError

LISTED = pl.DataFrame(
    {"county_id": ["C1", "C1", "C2"], "township_id": ["T1", "T2", "T1"], "village_id": ["V1", "V2", "V3"]}
)


def test_places_that_are_not_named_are_all_kept():
    assert len(Places().of(LISTED)) == 3
    assert len(Places(township="T1").of(LISTED)) == 2
    assert Places("C2", "T1").of(LISTED)["village_id"].to_list() == ["V3"]


def test_a_refusal_names_the_places_that_are_left_of_the_county():
    with pytest.raises(SourceError, match=r"^--township T2: nobody of it is listed; allowed are T1$"):
        Places("C2", "T2").of(LISTED)


def test_a_refusal_names_a_dozen_places_at_most():
    many = pl.DataFrame({"county_id": [f"C{number:02}" for number in range(40)]})
    with pytest.raises(SourceError) as caught:
        Places("X").of(many)
    assert str(caught.value).count("C") == MOST_NAMED
