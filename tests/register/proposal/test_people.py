"""Persons: their number, their age, and the head that stands once in every household."""

from datetime import date

import pytest

from register.proposal.files import Filled
from register.proposal.people import is_of_persons, member_number, members
from register.proposal.waves import Known
from tests.register.proposal.test_columns import columns_of

DAY = {"constant": "2009-12-31"}
WAVE = Known("a.csv", DAY, date(2009, 12, 31))
SHARED = {"household_id": Filled("hhid"), "valid_from": Filled(DAY)}


@pytest.fixture
def columns():
    """Two households of two: the one called 1 is there once in each, 7 twice in the second."""
    return columns_of(hhid=[1, 1, 2, 2, 2], pid=[1, 2, 1, 2, 3], age=[9, 5, 8, 3, 2], relation=list("17177"))


def test_a_birth_date_is_made_of_an_age_and_the_head_is_told_by_standing_once(columns):
    (record,) = members(columns, SHARED, date(2010, 12, 31))
    cells = {name: one.cell for name, one in record.columns.items()}
    assert cells == {
        "birth_date": {"from": "age", "aged_on": DAY},
        "equivalents": {"constant": "1"},
        "relation": {"from": "relation", "codes": {"1": "head", "7": "other"}},
        "valid_to": {"constant": "2010-12-31"},
    }
    assert all(record.columns[name].en for name in cells)


def test_a_birth_date_that_is_there_is_taken_as_it_is():
    columns = columns_of(hhid=[1, 1], pid=[1, 2], dob=["1980-01-02", "1990-01-02"], age=[1, 2])
    (record,) = members(columns, SHARED, None)
    assert (record.columns["birth_date"].cell, "valid_to" in record.columns) == ("dob", False)


def test_without_age_and_birth_date_there_is_nobody():
    assert [*members(columns_of(hhid=[1, 1], pid=[1, 2]), SHARED, None)] == []


def test_a_relation_that_many_share_names_no_head():
    columns = columns_of(hhid=[1, 1, 2, 2], pid=[1, 2, 3, 4], age=[40, 5, 50, 3], relation=[7, 7, 7, 7])
    (record,) = members(columns, SHARED, None)
    assert "relation" not in record.columns


def test_a_number_within_the_household_goes_behind_the_households(columns):
    household, member = columns.key("household_id"), columns.key("member_id")
    assert member_number(columns, household, member, WAVE).cell == {"join": ["hhid", "pid"]}
    assert is_of_persons(columns, household, WAVE)
    unique = columns_of(hhid=[1, 1], pid=[11, 12])
    assert member_number(unique, household, member, WAVE).cell == "pid"
