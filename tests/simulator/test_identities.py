"""Every citizen of the simulated prefecture has one number, and nobody else's."""

import polars as pl

from register.cells.dates import day_of
from simulator.county import simulate_county
from tests.parameters import parameters

SMALL = parameters({"simulator.households_per_county": 150, "simulator.counties": 2}).simulator


def numbers_by_county():
    return [simulate_county(index, SMALL).tables["members"]["id_number"].drop_nulls() for index in (0, 1)]


def test_no_number_is_given_in_two_counties():
    """They were counted anew in every county: 39,490 of the demo's numbers stood in two or more."""
    first, second = numbers_by_county()
    assert set(first).isdisjoint(set(second))


def test_a_number_is_of_one_person_of_a_county_and_of_no_place_there_is():
    members = simulate_county(0, SMALL).tables["members"].drop_nulls("id_number")
    assert members.group_by("id_number").agg(pl.col("birth_date").n_unique())["birth_date"].max() == 1
    assert members["id_number"].str.starts_with("99").all()
    assert members["id_number"].str.len_chars().unique().to_list() == [18]
    assert all(day_of(number[6:14]) for number in members["id_number"])
