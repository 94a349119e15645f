"""Two counties whose ids meet: numbered alike, moved between, given again, or kept by both."""

import polars as pl
import pytest

from register.errors import ContractError
from register.ids.homonyms import PEOPLE_MIXED_UP
from register.intake.ingest import Settings, ingest
from register.intake.review import review
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
    quarantined = set_aside(tmp_path, C1=[kept], C2=[moved])
    reason = "the household id is in use in several counties at one time"
    step = "if it moved, end it (valid_to) in the county it left; otherwise give it an id of its own"
    files = {f"{county}/{table}.csv" for county in COUNTIES for table in ("households", "members")}
    assert quarantined == {(file, reason, step) for file in files}
    held = Register(tmp_path / "register")
    assert all("H1" not in held.shard(county).tables["members"]["household_id"] for county in held.counties)


def test_an_id_that_another_county_gave_to_strangers_later_is_in_neither(tmp_path):
    ended = born("H1", "1970-01-01", until="2022-01-01", members=["wang"])
    later = born("H1", "1985-05-05", since="2022-06-01", members=["li"])
    quarantined = set_aside(tmp_path, C1=[ended], C2=[later])
    assert {step for *_, step in quarantined} == {"give the later family an id of its own, in every table"}


def test_households_numbered_by_county_are_told_to_prefix_it_by_ingest_and_check_alike(tmp_path):
    source = sent(tmp_path / "sent", C1=numbered("H", 1960), C2=numbered("H", 1980))
    with pytest.raises(ContractError, match="put the county id before the household id in every table of"):
        ingest(source, tmp_path / "register", Settings("folder", 0.05, None))
    reviewed = review(source, OPEN, lambda counties, _: counties)
    households = reviewed.quarantined.filter(pl.col("file").str.ends_with("households.csv"))
    assert households.group_by("county_id").len().sort("county_id").rows() == [("C1", 6), ("C2", 6)]
    assert households["next_step"].str.contains("各县各表户编号前都加县编号").all()


def test_the_remedy_is_followed_by_acceptance(tmp_path):
    assert set_aside(tmp_path, C1=numbered("C1H", 1960), C2=numbered("C2H", 1980)) == set()


def test_people_numbered_by_county_are_named_though_their_households_differ(tmp_path):
    """Person 00001 of C1 was born in 1970, that of C2 in 1985."""
    quarantined = set_aside(
        tmp_path,
        C1=[born("C1H", "1970-01-01", members=["00001"])],
        C2=[born("C2H", "1985-05-05", members=["00001"])],
    )
    assert quarantined == {
        (
            f"{county}/members.csv",
            "one person id for different persons",
            PEOPLE_MIXED_UP.partition(" / ")[2],
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


def there(name, *times):
    """A household of one member who was there several times."""
    rows = [{"household_id": name, "valid_from": since, "valid_to": until} for since, until in times]
    return {"households": rows, "members": [{**row, "birth_date": "1970-01-01"} for row in rows]}


LEFT = {
    "went to C2 for a year and returned": (
        [("2020-01-01", "2022-01-01"), ("2023-01-01", None)],
        [("2022-01-01", "2023-01-01")],
    ),
    "changed its state and left; nobody ended the state before": (
        [("2020-01-01", None), ("2022-01-01", "2023-01-01")],
        [("2023-01-01", None)],
    ),
}


@pytest.mark.parametrize("story", LEFT)
def test_a_household_is_where_its_states_say_and_nowhere_else(tmp_path, story):
    first, second = (there("H1", *times) for times in LEFT[story])
    assert set_aside(tmp_path, C1=[first], C2=[second]) == set()


def test_a_person_who_married_into_another_county_is_one_by_name_or_number_though_births_differ(tmp_path):
    """C2 read the day of birth from the card; C1 had it wrong."""
    ann = {"member_id": "ann", "name": "王安", "sex": "female"}
    first = {
        "members": [{**ann, "household_id": "C1-0", "birth_date": "1999-01-01", "valid_to": "2022-01-01"}]
    }
    second = {
        "members": [{**ann, "household_id": "C2-0", "birth_date": "1999-10-01", "valid_from": "2022-01-01"}]
    }
    reviewed = review(sent(tmp_path / "sent", C1=[first], C2=[second]), OPEN, lambda counties, _: counties)
    assert not len(reviewed.quarantined)


def test_a_household_of_another_county_is_found_there_in_another_spelling_too(tmp_path):
    stray = {"income": [{"household_id": "'c2-3", "occurred_on": "2024-01-31", "amount": 1}]}
    ((file, reason, step),) = set_aside(tmp_path, C1=[stray], C2=[])
    assert (file, reason) == ("C1/income.csv", "the household stands in county C2, not in this one")
    assert step == "move the row to county C2, or correct the id"


def test_households_delivered_in_each_other_s_folder_say_where_their_village_is_and_what_to_mend_first(
    tmp_path,
):
    """The two households.csv were swapped; every member and wage stands in the right folder."""
    sent(tmp_path / "sent", C1=[], C2=[])
    first, second = (tmp_path / "sent" / county / "households.csv" for county in COUNTIES)
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    reviewed = review(FolderSource(tmp_path / "sent"), OPEN, lambda counties, _: counties).quarantined
    of_c1 = (
        reviewed.filter(pl.col("file").str.starts_with("C1/")).select("file", "reason", "next_step").unique()
    )
    reason_by_file = {file: (reason, step) for file, reason, step in of_c1.iter_rows()}
    assert [text.partition(" / ")[2] for text in reason_by_file["C1/households.csv"]] == [
        "the village stands in county C2, not in this one",
        "move the row to county C2, or correct the id",
    ]
    assert [text.partition(" / ")[2] for text in reason_by_file["C1/income.csv"]] == [
        "the household's row lies in county C2 and was set aside there",
        "mend the household's row in county C2 first; both rows belong in one county",
    ]
