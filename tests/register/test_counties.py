"""Two counties whose ids meet: numbered alike, moved between, given again, or kept by both."""

import polars as pl
import pytest

from register.errors import ContractError
from register.ingest import Settings, ingest
from register.review import review
from register.sources.folder import FolderSource
from register.store import Register
from tests.households import household, village_tables, write_folder

OPEN = Settings("folder", 1.0, None)
YUNNAN = {"region_id": "530000"}
COUNTIES = ("C1", "C2")
#: Households that keep a county a county when those of the story are set aside.
OTHERS = {county: [household(f"{county}-{n}", income=5) for n in range(20)] for county in COUNTIES}


def born(name, *births, since="2020-01-01", until=None, members=None):
    """Describe a household by its members' births; their ids are its own and a number."""
    lasting = {"household_id": name, "valid_from": since, "valid_to": until}
    ids = members or [f"{name}-{number}" for number, _ in enumerate(births, 1)]
    named = [{"member_id": one, "birth_date": birth} for one, birth in zip(ids, births, strict=True)]
    return {"households": [lasting], "members": [{**lasting, **one} for one in named]}


def numbered(stem, first_year):
    """Six families whose ids are a stem and a number, born in the years from `first_year` on."""
    return [born(f"{stem}{n}", f"{first_year + n}-01-01") for n in range(6)]


def sent(folder, **counties):
    for county, homes in counties.items():
        village = {**YUNNAN, "county_id": county, "village_id": f"V{county}"}
        tables = village_tables(*homes, *OTHERS[county], villages=[village])
        tables["households"] = tables["households"].with_columns(village_id=pl.lit(f"V{county}"))
        write_folder(folder, tables, county=county)
    return FolderSource(folder)


def set_aside(tmp_path, **counties):
    """Ingest; give reason and next step (English) of every household row that was set aside, by file."""
    ingest(sent(tmp_path / "sent", **counties), tmp_path / "register", OPEN)
    reasons = pl.read_parquet(tmp_path / "register/quarantine.parquet")
    return {
        (row["file"], row["reason"].partition(" / ")[2], row["next_step"].partition(" / ")[2])
        for row in reasons.iter_rows(named=True)
    }


def test_households_that_moved_with_somebody_are_read_in_both_counties(tmp_path):
    """The Wang left C1 in 2022 for C2, one of them."""
    wang = born("H1", "1970-01-01", "1999-01-01", until="2022-01-01")
    moved = born("H1", "1970-01-01", since="2022-01-01")
    assert set_aside(tmp_path, C1=[wang], C2=[moved]) == set()


def test_a_household_that_two_counties_keep_is_in_neither(tmp_path):
    """C1 never ended the Wang when they went to C2: one family, one slip."""
    kept, moved = born("H1", "1970-01-01"), born("H1", "1970-01-01", since="2022-01-01")
    found = set_aside(tmp_path, C1=[kept], C2=[moved])
    reason = "the household id is in use in several counties at one time"
    step = "if it moved, end it (valid_to) in the county it left; otherwise give it an id of its own"
    files = {f"{county}/{table}.csv" for county in COUNTIES for table in ("households", "members")}
    assert found == {(file, reason, step) for file in files}
    held = Register(tmp_path / "register")
    assert all("H1" not in held.shard(county).tables["members"]["household_id"] for county in held.counties)


def test_an_id_that_another_county_gave_to_strangers_later_is_in_neither(tmp_path):
    ended = born("H1", "1970-01-01", until="2022-01-01", members=["wang"])
    later = born("H1", "1985-05-05", since="2022-06-01", members=["li"])
    found = set_aside(tmp_path, C1=[ended], C2=[later])
    assert {step for *_, step in found} == {"give the later family an id of its own, in every table"}


def test_households_numbered_by_county_are_told_to_prefix_it_by_ingest_and_check_alike(tmp_path):
    source = sent(tmp_path / "sent", C1=numbered("H", 1960), C2=numbered("H", 1980))
    with pytest.raises(ContractError, match="put the county id before the household id in every table of"):
        ingest(source, tmp_path / "register", Settings("folder", 0.05, None))
    reviewed = review(source, OPEN, lambda counties, _: counties)
    told = reviewed.quarantined.filter(pl.col("file").str.ends_with("households.csv"))
    assert told.group_by("county_id").len().sort("county_id").rows() == [("C1", 6), ("C2", 6)]
    assert told["next_step"].str.contains("各县各表户编号前都加县编号").all()


def test_the_remedy_is_followed_by_acceptance(tmp_path):
    assert set_aside(tmp_path, C1=numbered("C1H", 1960), C2=numbered("C2H", 1980)) == set()


def test_people_numbered_by_county_are_named_though_their_households_differ(tmp_path):
    """Person 00001 of C1 was born in 1970, that of C2 in 1985."""
    found = set_aside(
        tmp_path,
        C1=[born("C1H", "1970-01-01", members=["00001"])],
        C2=[born("C2H", "1985-05-05", members=["00001"])],
    )
    assert found == {
        (
            f"{county}/members.csv",
            "one person id for different persons",
            "give each person an id of their own, in every table; if it is one person, write one date of birth",
        )
        for county in ("C1", "C2")
    }


def test_a_row_of_a_household_of_another_county_says_which(tmp_path):
    stray = {"income": [{"household_id": "C2-3", "occurred_on": "2024-01-31", "amount": 1}]}
    assert set_aside(tmp_path, C1=[stray], C2=[]) == {
        (
            "C1/income.csv",
            "the household stands in county C2, not in this one",
            "move the row to county C2, or correct the id",
        )
    }
