"""A survey's tables become villages, households, members and incomes; a department's list its own table."""

import pytest

from register.proposal.columns import Columns
from register.proposal.looking import look
from register.proposal.records import Context, proposed
from register.proposal.waves import known_on
from tests.register.proposal import folders

CONTEXT = Context("panel", 1)


def files(folder):
    """Propose every table of a folder, by path."""
    looks, _ = look(folder)
    return {one.path: proposed(one, known_on(one, Columns(one)), None, CONTEXT) for one in looks}


def tables(file):
    return [record.table for record in file.records]


def test_a_wave_of_a_panel(tmp_path):
    made = files(folders.waves(tmp_path))
    homes, persons = made["result_2009.csv"], made["persons_2009.csv"]
    assert tables(homes) == ["villages", "households", "income"]
    assert tables(persons) == ["members"]
    village, household, _ = homes.records
    assert {name: one.cell for name, one in village.columns.items()} == {
        "village_id": "ea_id",
        "township_id": {"constant": "panel"},
        "county_id": {"constant": "panel"},
        "region_id": {"constant": "panel"},
    }
    assert household.columns["category"].cell == {"constant": "ordinary"}
    assert homes.shared["household_id"].cell == "case_id"
    assert persons.shared["member_id"].cell == "id_ind"
    assert homes.headers == {"case_id", "ea_id", "TOT_consumption"}


def test_interviews_in_stata_files(tmp_path):
    made = files(folders.interviews(tmp_path / "panel"))
    assert tables(made["homes.dta"]) == ["villages", "households", "income"]
    (members,) = made["persons.dta"].records
    assert members.columns["birth_date"].cell == {"from": "age", "aged_on": "interview_date"}
    assert members.columns["sex"].cell["codes"] == {"Female": "female", "Male": "male"}
    assert made["persons.dta"].shared["member_id"].cell == {"join": ["hhid", "pid"]}


def test_a_departments_list_becomes_the_table_whose_columns_it_names(tmp_path):
    text = "户编号,鉴定日期,危房等级,录入日期\n1,2025-01-02,C,2025-02-01\n"
    (tmp_path / "住房.csv").write_bytes(text.encode("gb18030"))
    (one,) = files(tmp_path).values()
    (record,) = one.records
    assert (record.table, {name: cell.cell for name, cell in record.columns.items()}) == (
        "housing",
        {"occurred_on": "鉴定日期", "grade": "危房等级", "recorded_on": "录入日期"},
    )


@pytest.mark.parametrize("text", ["q1,q2\n1,2\n", "hhid,note\n1,x\n", "户编号,危房等级\n1,砖\n"])
def test_what_nothing_is_recognised_in_becomes_nothing(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert [*files(tmp_path).values()] == [None]


def test_villages_that_are_empty_in_some_rows_are_to_be_confirmed(tmp_path):
    rows = "".join(f"{home},{'' if home < 2 else 5},9\n" for home in range(10))
    (tmp_path / "a.csv").write_text(f"hhid,ea_id,income\n{rows}", encoding="utf-8")
    (one,) = files(tmp_path).values()
    assert one.records[0].columns["village_id"].en == "empty in 20% of the rows: set aside"


def test_villages_of_one_name_in_two_townships_are_kept_apart(tmp_path):
    (tmp_path / "a.csv").write_text("hhid,village,district,income\n1,A,T1,5\n2,A,T2,6\n", encoding="utf-8")
    (one,) = files(tmp_path).values()
    assert one.records[0].columns["village_id"].cell == {"join": ["district", "village"]}


def test_words_for_no_value_are_declared(tmp_path):
    rows = "".join(f"{home},5,{home}\n" for home in range(30))
    (tmp_path / "a.csv").write_text(f"hhid,ea_id,income\n{rows}99,5,NA\n", encoding="utf-8")
    (one,) = files(tmp_path).values()
    assert one.missing == ("NA",)
