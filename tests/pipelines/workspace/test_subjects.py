"""A household or a member is made out by id of the list or own number."""

import pytest

from pipelines.workspace.parameters import load_params
from pipelines.workspace.subjects import subject_of
from pipelines.workspace.traces import Subject
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from tests.pipelines.commands.offices import LISTED, county_office


def test_own_number_and_id_of_the_list_are_one_household_with_its_members(office):
    ids = county_office(office)
    by_number, by_id = (subject_of(HERE, one, load_params()) for one in (f" {LISTED} ", ids[LISTED]))
    assert by_number == by_id
    assert (by_number.household, len(by_number.members), by_number.county) == (ids[LISTED], 1, "C1")


def test_a_members_number_is_that_person_in_the_household(office):
    ids = county_office(office)
    person = subject_of(HERE, f"{LISTED}9", load_params())
    assert (person.household, person.person) == (ids[LISTED], person.members[0])


def test_whom_the_register_does_not_know_is_a_household_that_releases_may_know(office):
    county_office(office)
    assert subject_of(HERE, "0" * 32, load_params()) == Subject("0" * 32)


def test_without_a_register_an_own_number_cannot_be_hidden_and_an_id_needs_none(office):
    with pytest.raises(StoreError, match="no register says under which key own numbers are hidden"):
        subject_of(HERE, LISTED, load_params())
    assert subject_of(HERE, "a" * 32, load_params()) == Subject("a" * 32)
