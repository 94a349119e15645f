"""A family with nobody of the one before is another household; where most are, it is the numbers."""

import polars as pl
import pytest

from register.errors import ContractError
from register.sources.panel.families import named_apart, replaced
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2010", ()), "3": ("2011", ())})


def persons(*rows):
    return pl.DataFrame(rows, schema=["wave", "household", "person"], orient="row")


#: Ten couples that stay; the Okellos move out of dwelling x before the second wave and others come.
STAY = [(wave, f"h{one}", person) for wave in "123" for one in range(10) for person in "ab"]
MOVED = [("1", "x", "a"), ("2", "x", "b"), ("3", "x", "b"), ("3", "x", "c")]


def test_a_family_of_which_nobody_is_left_has_a_successor_of_another_name():
    families = replaced(persons(*STAY, *MOVED), WAVES)
    named = named_apart(persons(*STAY, *MOVED), families)
    names = (
        named.filter(pl.col("household").str.starts_with("x"))
        .select("wave", "household")
        .unique()
        .sort("wave")
    )
    assert names.rows() == [("1", "x"), ("2", "x+1"), ("3", "x+1")]
    assert named.filter(pl.col("household").str.contains("h"))["household"].n_unique() == 10


def test_where_most_are_replaced_people_were_numbered_anew():
    with pytest.raises(ContractError) as refused:
        replaced(persons(*((wave, "h", wave) for wave in "123")), WAVES)
    assert str(refused.value) == (
        "the mapping: in 2 of 2 households that were asked again nobody has a person's number of before; "
        "write persons_keep_numbers: false where people are numbered anew, or a household's number that stays"
    )
