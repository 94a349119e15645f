"""The narrowest entry that names somebody holds; a place nobody knows, or two have, is refused."""

from pathlib import Path

import polars as pl
import pytest

from register.errors import ParamsError
from tests.watchlists.ledgers import ledger, listed
from watchlists.ledger.responsible import ASSIGNED, KnownPlaces, assigned, placed
from watchlists.ledger.responsible_file import Entry
from watchlists.ledger.tasks import NOTHING_BACK, TASKS

FILE = Path("责任人.csv")
VILLAGES = pl.DataFrame(
    [("C1", "V1", "小湾村"), ("C1", "V2", "大湾村"), ("C2", "V1", "大湾村")],
    schema=["county_id", "village_id", "village_name"],
    orient="row",
)
HOUSEHOLDS = pl.DataFrame(
    [("C1", "H1", "V1", "3"), ("C1", "H2", "V1", "4"), ("C1", "H3", "V1", None), ("C1", "H4", "V2", "3")],
    schema=["county_id", "household_id", "village_id", "group"],
    orient="row",
)
KNOWN = KnownPlaces(VILLAGES, HOUSEHOLDS, {"533001": "H1"}.get)


def entry(row=2, village="", group="", household="", responsible="张三", phone=""):
    return Entry(row, village, group, household, responsible, phone)


def people(*entries):
    return placed(FILE, entries, KNOWN)


def test_a_household_goes_before_its_group_and_a_group_before_its_village():
    """The village's cadre Zhang, Li for its third group, Wang for one household of it."""
    rows = ledger([listed(f"H{n}", rank=n) for n in (1, 2, 3)], NOTHING_BACK)
    who = people(
        entry(2, "小湾村", phone="139"),
        entry(3, "小湾村", "第3村民小组", responsible="李四"),
        entry(4, household="H2", responsible="王五"),
    )
    done = assigned(rows, who, HOUSEHOLDS)
    assert done["responsible"].to_list() == ["李四", "王五", "张三"]
    assert done["responsible_phone"].to_list() == ["", "", "139"], "nobody has another's phone"
    assert done["group"].to_list() == ["3", "4", None]
    assert done.schema == TASKS


def test_where_nobody_is_named_the_task_is_nobodys():
    rows = ledger([listed("H4", village="V2")], NOTHING_BACK)
    done = assigned(rows, people(entry(village="小湾村")), HOUSEHOLDS)
    assert done["responsible"].to_list() == [None]
    assert people().schema == ASSIGNED
    assert assigned(rows, people(), HOUSEHOLDS)["responsible"].to_list() == [None]


@pytest.mark.parametrize("called", ["小湾村", "C1/V1"])
def test_a_village_goes_by_its_name_or_by_county_and_id(called):
    assert people(entry(village=called))["village_id"].to_list() == ["V1"]


def test_a_household_goes_by_its_own_number_too():
    assert people(entry(household="533001"))["household_id"].to_list() == ["H1"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [entry(village="张家村")],
            "row 2, column 行政村: no village of the register has this id or name; mend it",
        ),
        (
            [entry(village="大湾村")],
            "row 2, column 行政村: 2 villages have this id or name; write COUNTY/VILLAGE, both as ids",
        ),
        (
            [entry(village="小湾村", group="9组")],
            (
                "row 2, column 村民小组: no household of the village has an address in this group; mend it, "
                "or name the households one by one under 户编号"
            ),
        ),
        (
            [entry(household="999")],
            "row 2, column 户编号: no household of the register has this number; mend it, or delete the row",
        ),
        (
            [entry(village="小湾村"), entry(3, "C1/V1", responsible="李四")],
            "row 3, column 责任人: row 2 names somebody for the same place; keep one row",
        ),
        (
            [entry(household="H1"), entry(3, household="533001")],
            "row 3, column 责任人: row 2 names somebody for the same place; keep one row",
        ),
    ],
)
def test_a_place_nobody_knows_or_two_have_is_refused_without_naming_anybody(entries, said):
    known = KnownPlaces(VILLAGES, HOUSEHOLDS, lambda number: {"533001": "H1"}.get(number, number))
    with pytest.raises(ParamsError) as refused:
        placed(FILE, entries, known)
    assert str(refused.value) == f"责任人.csv, {said}"
