"""Ids tell the province; where no line is known for it one must be written, never made up for an office."""

from register.proposal.looking import look
from register.proposal.regions import HEADER, lines_text, region_of
from tests.deliveries import Given
from tests.households import household, village_tables
from tests.register.proposal import folders
from tests.register.proposal.test_settings import asked, held, holdings


def test_most_ids_begin_with_the_province(tmp_path):
    assert region_of(look(folders.office(tmp_path / "a"))[0]) == "530000"
    assert region_of(look(folders.waves(tmp_path / "b"))[0]) is None


def test_an_office_whose_region_has_no_line_writes_it_itself():
    (row,) = lines_text(held(household("wu", income=900)), None).splitlines()[1:]
    assert row == (
        "R1,2009-01-01,,year,CNY,unverified,PLACEHOLDER 请填本地的线及出处 write the line and where it stands"
    )


def test_a_survey_gets_a_placeholder_that_says_so():
    header, row = lines_text(held(asked("a", amount=100.0)), 1).splitlines()
    assert header == HEADER
    assert row.startswith("R1,2009-01-01,1200,year,XXX,unverified,PLACEHOLDER 请换成正式的线")


def test_where_a_line_is_known_nothing_is_proposed():
    tables = village_tables(household("wu", income=900), villages=[{"region_id": "530000"}])
    assert lines_text(holdings(Given(tables)), None) is None
