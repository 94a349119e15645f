"""One person has one birth date, however often the age is asked."""

import pytest

from register.sources.ages import made_of_ages
from register.sources.mapped import MappedFiles, MappedSource
from register.sources.mapping_file import load_mapping

MAPPING = """
files:
  - path: "{year}.csv"
    county: {constant: C1}
    shared:
      household_id: hh
      valid_from: &day {given: year, date: YYYY, day: last}
      recorded_on: *day
    records:
      - table: members
        columns:
          member_id: person
          birth_date: {from: age, aged_on: *day}
          equivalents: {constant: "1"}
"""


@pytest.fixture
def waves(tmp_path):
    """Wu says 44, a year later 47; Li says her age the second time only; of Bo nobody knows it."""
    (tmp_path / "2009.csv").write_text("hh,person,age\n1,wu,44\n1,li,\n1,bo,?\n", encoding="utf-8")
    (tmp_path / "2010.csv").write_text("hh,person,age\n1,wu,47\n1,li,30\n1,bo,\n", encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def test_the_first_answer_counts_and_who_did_not_know_it_then_says_it_later(waves):
    tables = list(MappedSource(MappedFiles(waves), str(waves / "mapping.yaml"), {}).tables("C1"))
    assert [one.frame["birth_date"].to_list() for one in tables] == [
        ["1965-06-30", "1980-06-30", "?"],
        ["1965-06-30", "1980-06-30", None],
    ]
    assert [one.frame["member_id"].to_list() for one in tables] == [["wu", "li", "bo"]] * 2


def test_only_tables_with_an_age_are_touched(waves):
    (mapping,) = load_mapping(str(waves / "mapping.yaml"))
    assert made_of_ages(mapping, "members")
    assert not made_of_ages(mapping, "households")
