"""A household that splits: the part with the head keeps the id, else the largest; the others are new."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError
from register.sources.panel.splits import refuse_strangers, register_ids
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2010", ()), "3": ("2011", ())})
HOMES = pl.DataFrame(
    [
        ("1", "7", None, 5.0),
        ("2", "71", "7", 2.0),
        ("2", "72", "7", 3.0),
        ("3", "71", "71", 2.0),
        ("3", "8", "5", 1.0),
        ("3", "7", None, 1.0),
    ],
    schema=["wave", "household", "origin", "size"],
    orient="row",
)


def ids(homes, members=None):
    made = register_ids(homes, members, WAVES)
    return {(wave, own): (new, parent) for wave, own, new, parent in made.iter_rows()}


def test_without_persons_the_largest_part_keeps_the_id():
    made = ids(HOMES)
    assert made["2", "72"] == ("7", None)
    assert made["2", "71"] == ("71", "7")
    assert made["3", "71"] == ("71", None)


def test_the_part_with_the_former_head_keeps_the_id_though_it_is_smaller():
    """Old Nakato goes to live with one daughter; the son's family of three stays in the house."""
    members = pl.DataFrame(
        [
            ("1", "7", "a", "head"),
            ("1", "7", "b", "child"),
            ("2", "71", "a", "other"),
            ("2", "72", "b", "head"),
        ],
        schema=["wave", "household", "person", "relation"],
        orient="row",
    )
    assert ids(HOMES, members)["2", "71"] == ("7", None)


def test_an_origin_nobody_knows_and_a_number_used_again_are_new_households():
    made = ids(HOMES)
    assert made["3", "8"] == ("8", None)
    assert made["3", "7"] == ("7@3", None)


def test_without_an_origin_a_number_is_the_same_household():
    made = ids(HOMES.drop("origin"))
    assert made["3", "7"] == ("7", None)


@given(
    st.lists(
        st.tuples(st.sampled_from("123"), st.sampled_from("abcd"), st.sampled_from(["a", "b", "x", None])),
        unique_by=lambda row: row[:2],
    )
)
def test_no_two_households_of_a_wave_have_one_id(rows):
    homes = pl.DataFrame(rows, schema=dict.fromkeys(("wave", "household", "origin"), pl.String), orient="row")
    made = register_ids(homes, None, WAVES)
    assert len(made) == len(homes)
    assert not made.select(pl.struct("wave", "household_id").is_duplicated().any()).item()


def test_numbers_that_differ_by_zeros_are_refused():
    """The baseline was kept as text, 001, the endline as numbers, 1."""
    numbers = [("1", f"{one:03d}") for one in range(20)] + [("2", str(one)) for one in range(20)]
    rows = pl.DataFrame(numbers, schema=["wave", "household_id"], orient="row")
    with pytest.raises(ContractError) as refused:
        refuse_strangers(rows, WAVES[:2])
    assert str(refused.value) == (
        "the mapping: 0 of 20 households of wave 1 are there in 2, 20 if 001 is 1; write drop_zeros: true in "
        "the files, or map `origin`"
    )
