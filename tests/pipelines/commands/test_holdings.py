"""What is held of a household: everywhere or nowhere, never half of it in silence."""

import pytest

from pipelines.commands.holdings import holdings, is_empty
from pipelines.workspace.parameters import load_params
from pipelines.workspace.subjects import subject_of
from pipelines.workspace.traces import Subject
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from tests.parameters import write_parameters
from tests.pipelines.commands.offices import LISTED, OTHER, county_office
from tests.watchlists.handed_out import BOOK, released


def test_of_a_stranger_nothing_is_held(office):
    county_office(office)
    assert is_empty(holdings(Subject("0" * 32), load_params()))


def test_where_no_names_are_kept_the_rest_is_held(office):
    county_office(office)
    subject = subject_of(HERE, LISTED, load_params())
    write_parameters(office, {"privacy.vault": None})
    held = holdings(subject, load_params())
    assert held["vault"] == []
    assert not is_empty(held)


def test_a_workbook_of_a_release_is_named_as_a_file(office):
    ids = county_office(office)
    released(office, ids[LISTED], ids[OTHER])
    held = holdings(Subject(ids[OTHER]), load_params())
    assert any(name.endswith(BOOK) for name in held["files"])


def test_a_damaged_release_stops_it(office):
    ids = county_office(office)
    book = released(office, ids[LISTED]).folder / BOOK
    book.chmod(0o600)
    book.write_bytes(b"")
    with pytest.raises(StoreError, match="missing, changed or not in the manifest"):
        holdings(Subject(ids[LISTED]), load_params())
