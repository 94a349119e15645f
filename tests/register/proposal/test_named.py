"""Folders under the register's names: all that is wrong with their headers, at once."""

import pytest

from register.proposal.looking import look
from register.proposal.named import holds_register_tables, remarks_on_names
from tests.households import household, village_tables, write_folder


@pytest.fixture
def sent(tmp_path):
    return write_folder(tmp_path / "sent", village_tables(household("wu", income=900)))


def said(folder):
    return [(one.place, one.en, one.must_mend) for one in remarks_on_names(look(folder)[0])]


def change(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_good_folder_has_no_fault(sent):
    assert holds_register_tables(look(sent)[0])
    assert said(sent) == []


def test_every_fault_of_every_file_is_said_with_the_nearest_name(sent):
    change(sent / "C1/income.csv", "amount", "Amount")
    change(sent / "C1/income.csv", "recorded_on", "录入日")
    change(sent / "C1/villages.csv", "region_id", "zzz")
    change(sent / "C1/members.csv", "household_id", "成员表\nhousehold_id")
    (sent / "C1/households.csv").rename(sent / "C1/household.csv")
    assert sorted(said(sent)) == [
        ("C1", "lacks the required table households; add it", True),
        ("C1/household.csv", "bears no name of a register table; rename it to households?", True),
        ("C1/income.csv Amount", "no column of the register; rename it to amount", True),
        ("C1/income.csv 录入日", "no column of the register; rename it to recorded_on", True),
        ("C1/members.csv", "the header stands in row 2; remove the title above it", True),
        ("C1/villages.csv", "lacks the required column region_id; add it", True),
        ("C1/villages.csv zzz", "no column of the register; remove it, or write a mapping", True),
    ]


def test_a_header_that_is_somebodys_number_is_told_by_its_place(sent):
    change(sent / "C1/income.csv", "amount", "13800001111")
    assert all("13800001111" not in place for place, _, _ in said(sent))


def test_headers_in_chinese_or_in_both_names_are_no_fault(sent):
    """As the templates write them."""
    change(sent / "C1/income.csv", "amount", "金额 amount")
    change(sent / "C1/income.csv", "household_id", "户编号")
    assert said(sent) == []
