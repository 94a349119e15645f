"""People keep one birth date through the waves; where nobody was asked about, the size is carried."""

from datetime import date

import polars as pl

from register.sources.panel.people import ADULT, CHILD, people
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2012", ())})
HOMES = pl.DataFrame({"wave": ["1", "2"], "household": ["a", "a"], "size": [3.0, 2.0]})


def persons(rows):
    schema = ["wave", "household", "person", "age", "relation"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_a_birth_date_is_that_of_the_first_age_though_the_next_one_is_off():
    """Amina says 40 in 2009 and 47 in 2012."""
    members = persons(
        [("1", "a", "1", 40.0, "head"), ("2", "a", "1", 47.0, "head"), ("2", "a", "2", None, None)]
    )
    made = people(HOMES, members, WAVES, keep_numbers=True)
    assert made.frame["birth_date"].unique().to_list() == [date(1969, 6, 1)]
    assert (made.unaged, made.assumed) == (1, 0)


def test_who_was_not_born_yet_is_left_out():
    """Number 2 was an old man in 2009, of unknown age, and is a baby in 2012."""
    members = persons(
        [("1", "a", "2", None, "other"), ("2", "a", "2", 0.0, "child"), ("1", "a", "1", 50.0, "head")]
    )
    made = people(HOMES, members, WAVES, keep_numbers=True)
    assert made.frame.filter(pl.col("person") == "2")["wave"].to_list() == ["2"]


def test_where_numbers_do_not_last_the_head_is_the_one_who_stays():
    members = persons(
        [("1", "a", "1", 40.0, "head"), ("1", "a", "2", 9.0, "child"), ("2", "a", "2", 43.0, "head")]
    )
    made = people(HOMES, members, WAVES, keep_numbers=False)
    assert made.frame.sort("wave", "number").select("person", "number").rows() == [
        ("head", "1"),
        ("1.2", "2"),
        ("head", "2"),
    ]


def test_stand_ins_carry_size_and_children_and_what_is_known_of_the_head():
    homes = HOMES.with_columns(
        pl.Series("children", [1.0, None]),
        pl.Series("head.age", [70.0, 73.0]),
        pl.lit("male").alias("head.sex"),
    )
    made = people(homes, None, WAVES, keep_numbers=True).frame
    born = dict(made.filter(pl.col("wave") == "1").select("person", "birth_date").rows())
    assert {name: 2009 - day.year for name, day in born.items()} == {
        "head": 70,
        "adult2": ADULT,
        "child3": CHILD,
    }
    assert made.filter(pl.col("person") == "head")["sex"].to_list() == ["male", "male"]
    assert made.group_by("wave").len().sort("wave")["len"].to_list() == [3, 2]


def test_a_wave_without_a_list_of_people_has_those_of_the_nearest_one():
    members = persons([("1", "a", "1", 40.0, "head"), ("1", "a", "2", 9.0, "child")])
    made = people(HOMES, members, WAVES, keep_numbers=True)
    assert made.frame.filter(pl.col("wave") == "2")["person"].to_list() == ["1", "2"]
    assert made.assumed == 1
