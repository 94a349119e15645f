"""Ids that are unique only within their place, or were given twice: invented offices, one fault each."""

import polars as pl
import pytest

from register.intake.admission import admit
from tests.deliveries import raw_of
from tests.households import household, village_tables

#: A head and everybody else.
USUAL = ({"relation": "head", "sex": "male"}, {"relation": "child", "sex": "female"})


def admitted(tables):
    return admit("C1", [raw_of(name, f"C1/{name}.csv", frame) for name, frame in tables.items()])


def reasons_in(tables):
    """Give the reasons against any row, each once, in English."""
    admission = admitted(tables).reasons["reason"].unique(maintain_order=True)
    return [one.partition(" / ")[2] for one in admission]


def family(name, *members, village="V1", since="2021-01-01", until=None):
    """Describe a household by its members (id, birth, further columns), the head first."""
    lasting = {"household_id": name, "valid_from": since, "valid_to": until}
    return {
        "households": [{**lasting, "village_id": village}],
        "members": [
            {**lasting, "member_id": one, "birth_date": birth, **USUAL[place > 0], **more}
            for place, (one, birth, more) in enumerate(members)
        ],
    }


WANG = (("w1", "1970-05-01", {}), ("w2", "1999-02-03", {}))
LI = (("l1", "1981-07-08", {}), ("l2", "2004-11-30", {}))
TWO_VILLAGES = [{}, {"village_id": "V2"}]


def test_a_household_id_given_to_another_family_after_a_gap_is_set_aside_with_all_its_rows():
    """The Wang left in 2022; in 2023 the Li of another village got their number."""
    tables = village_tables(
        family("H1", *WANG, until="2022-06-30"),
        family("H1", *LI, village="V2", since="2023-01-01"),
        household("H2", income=5),
        villages=TWO_VILLAGES,
    )
    admission = admitted(tables)
    assert admission.tables["households"]["household_id"].to_list() == ["H2"]
    assert set(admission.reasons["reason"]) == {
        "户编号后来给了另一户，成员无一相同 / id given to another family later, no member in common"
    }


def test_members_that_nobody_ended_do_not_hide_that_the_id_was_given_again():
    before, after = family("H1", *WANG, until="2022-06-30"), family("H1", *LI, since="2023-01-01")
    tables = village_tables(before, after, household("H2", income=5))
    tables["members"] = tables["members"].with_columns(valid_to=pl.lit(None, pl.Date))
    assert reasons_in(tables) == ["id given to another family later, no member in common"]


def daughter(home, birth, **more):
    """The daughter w3, entered in a household."""
    row = {"household_id": home, "member_id": "w3", "birth_date": birth, "relation": "child", "sex": "female"}
    return {"members": [{"valid_from": "2021-01-01", **row, **more}]}


STAYS = {
    "moved to V2 and were entered anew there": [
        family("H1", *WANG, until="2023-01-01"),
        family("H1", *WANG, village="V2", since="2023-01-01"),
    ],
    "worked away for a year and came back, one of them": [
        family("H1", *WANG, until="2022-01-01"),
        family("H1", WANG[0], since="2023-01-01"),
    ],
    "the old head died, his son's family lives on in the same village": [
        family("H1", WANG[0], until="2023-01-01"),
        family("H1", *LI, since="2023-01-01"),
    ],
    "a daughter moved to the Li; her birth had been entered wrongly before": [
        family("H1", *WANG),
        daughter("H1", "2001-01-01", recorded_on="2021-01-02"),
        daughter("H1", "2001-10-10", recorded_on="2021-05-01"),
        family("H2", *LI),
        daughter("H2", "2001-10-10", valid_from="2023-01-01", relation="other"),
    ],
    "the village was entered wrongly and corrected a month later": [
        family("H1", *WANG),
        {"households": [{**family("H1", village="V2")["households"][0], "recorded_on": "2021-02-01"}]},
        *(household(f"N{number}") for number in range(12)),
    ],
}


STAYS["two of twelve were entered in the wrong village and corrected"] = [
    *(household(f"N{number}") for number in range(12)),
    {
        "households": [
            {"household_id": f"N{n}", "village_id": "V2", "recorded_on": "2020-02-01"} for n in (1, 2)
        ]
    },
]
STAYS["a daughter moved to the Li, who entered her birth from the card"] = [
    family("H1", *WANG),
    daughter("H1", "2001-01-01", name="王安", valid_to="2023-01-01"),
    family("H2", *LI),
    daughter("H2", "2001-10-10", name="王安", valid_from="2023-01-01", relation="other"),
]
STAYS["the Li merged into the household of the Wang, who stayed"] = [
    family("H1", *WANG),
    family("H2", *LI, until="2023-01-01"),
    {
        "households": [
            {"household_id": "H1", "village_id": "V1", "valid_from": "2023-01-01", "origin": "merged"}
        ],
        "members": [
            {**row, "household_id": "H1", "valid_from": "2023-01-01", "valid_to": None, "relation": "other"}
            for row in family("H2", *LI)["members"]
        ],
    },
]
STAYS["everybody was entered anew each year"] = [
    family("H1", *WANG, since=f"{year}-01-01") for year in (2021, 2022, 2023)
]


@pytest.mark.parametrize("story", STAYS)
def test_a_household_that_moves_returns_or_is_corrected_is_no_other_household(story):
    tables = village_tables(*STAYS[story], household("H9", income=5), villages=TWO_VILLAGES)
    assert reasons_in(tables) == []


LATER = "id given to another family later, no member in common"
AT_ONCE = "one household id for several families"
COMES = {
    "the Wang left and the Li of the same village came on that day": (
        LATER,
        [family("H1", *WANG, until="2023-01-01"), family("H1", *LI, since="2023-01-01")],
    ),
    "nobody ended the Wang; the Li of the same village came": (
        LATER,
        [family("H1", *WANG), family("H1", *LI, since="2023-01-01")],
    ),
    "the household of the Wang was ended, they were not; relations were not delivered": (
        LATER,
        [
            family(
                "H1",
                *((one, birth, {"relation": None, "valid_to": None}) for one, birth, _ in WANG),
                until="2022-01-01",
            ),
            family("H1", *((one, birth, {"relation": None}) for one, birth, _ in LI), since="2023-01-01"),
        ],
    ),
    "two heads called alike in one village": (
        AT_ONCE,
        [family("H1", *WANG), family("H1", *LI)],
    ),
}


@pytest.mark.parametrize("story", COMES)
def test_another_family_under_the_id_is_named_however_it_came(story):
    reason, families = COMES[story]
    assert reasons_in(village_tables(*families, household("H2", income=5), villages=TWO_VILLAGES)) == [reason]


@pytest.mark.parametrize("ended", [True, False])
def test_households_numbered_anew_each_year_are_told_to_use_a_number_that_stays(ended):
    """Every family moves up one number on New Year; members keep theirs, alone or not."""
    people = [((f"p{n}", f"19{n + 60}-01-01", {}),) for n in range(4)]
    until = "2022-01-01" if ended else None
    families = [family(f"{n}", *people[n], until=until) for n in range(4)]
    families += [family(f"{(n + 1) % 4}", *people[n], since="2022-01-01") for n in range(4)]
    admission = admitted(village_tables(*families, household("H9", income=5)))
    assert admission.tables["households"]["household_id"].to_list() == ["H9"]
    (step,) = set(admission.reasons["next_step"])
    assert "use a number that stays with the household" in step


TWO_OF_ONE = {
    "the baby was entered under the mother's number": (
        {"birth_date": "1990-01-01", "relation": None, "sex": None},
        {"birth_date": "2022-05-05", "valid_from": "2022-05-05", "relation": None, "sex": None},
    ),
    "twins share a number and a birth": (
        {"birth_date": "2020-01-01", "name": "王一", "sex": "male"},
        {"birth_date": "2020-01-01", "name": "王二", "sex": "female", "recorded_on": "2021-05-01"},
    ),
}


@pytest.mark.parametrize("story", TWO_OF_ONE)
def test_one_number_of_two_members_of_a_household_replaces_neither_by_the_other(story):
    first, second = ({"household_id": "H1", "member_id": "1", **one} for one in TWO_OF_ONE[story])
    tables = village_tables(household("H1"), household("H3", income=5), {"members": [first, second]})
    assert "1" not in admitted(tables).tables["members"]["member_id"]
    assert reasons_in(tables) == ["one person id for different persons"]


def test_person_ids_that_only_employment_numbers_by_household_replace_nothing():
    """members.csv has numbers of the system; employment.csv counts 1 in each household."""
    work = {"member_id": "1", "started_on": "2022-01-01", "activity": "employee"}
    homes = [household(f"H{n}", employment=[{**work, "recorded_on": f"2022-02-0{n}"}]) for n in (1, 2)]
    tables = village_tables(*homes, household("H3", income=5))
    assert not len(admitted(tables).tables["employment"])
    assert reasons_in(tables) == ["a person id that no member has, in several households"]


def test_a_village_of_two_townships_in_one_entry_is_none_that_moved():
    """Both townships number their villages from 1 and call them alike."""
    twice = [{"name": "一村"}, {"name": "一村", "township_id": "T2"}, {"village_id": "V2"}]
    admission = admitted(village_tables(household("H1", income=5), villages=twice))
    assert admission.reasons["next_step"][0].startswith("各表村编号前都加乡镇编号")


def test_household_ids_numbered_by_village_are_named_with_their_remedy():
    """V1 and V2 both count their households from 1."""
    numbered = [
        family(f"{number}", (f"{village}-{number}", f"19{number + 60}-01-0{place}", {}), village=village)
        for place, village in enumerate(("V1", "V2"), 1)
        for number in range(1, 6)
    ]
    tables = village_tables(*numbered, income=household("1", income=5)["income"], villages=TWO_VILLAGES)
    admission = admitted(tables)
    assert not len(admission.tables["households"])
    (step,) = set(admission.reasons["next_step"])
    assert step.endswith("put the village id before the household id in every table")


@pytest.mark.parametrize("day", ["2021-01-01", "2021-03-01"])
def test_person_ids_numbered_within_the_household_are_no_versions_of_one_person(day):
    """Every household counts 1, 2; the Li were entered on the same day as the Wang, or later."""
    wang = [("1", "1970-05-01", {}), ("2", "1999-02-03", {})]
    li = [("1", "1981-07-08", {"recorded_on": day}), ("2", "2004-11-30", {"recorded_on": day})]
    admission = admitted(village_tables(family("H1", *wang), family("H2", *li), household("H3", income=5)))
    assert admission.tables["members"]["household_id"].to_list() == ["H3"]
    assert set(admission.reasons["reason"]) == {
        "一个人编号用于不同的人 / one person id for different persons"
    }
    assert all("put the household id before the person id" in step for step in admission.reasons["next_step"])


def test_the_household_number_written_as_every_member_s_number_is_named():
    admission = admitted(
        village_tables(
            family("H1", ("H1", "1970-05-01", {}), ("H1", "1999-02-03", {"recorded_on": "2021-06-01"})),
            household("H3", income=5),
        )
    )
    assert admission.tables["members"]["household_id"].to_list() == ["H3"]
    assert set(admission.reasons["reason"]) == {
        "一个人编号用于不同的人 / one person id for different persons"
    }


def test_what_bears_the_number_of_several_persons_is_set_aside_in_every_table():
    """Both `1` are students since the same day; the later entry would replace the other's."""
    study = {"member_id": "1", "stage": "primary", "started_on": "2022-01-01"}
    tables = village_tables(
        family("H1", ("1", "1970-05-01", {})),
        family("H2", ("1", "1981-07-08", {})),
        household("H3", income=5),
        schooling=[
            {**study, "household_id": home, "recorded_on": f"2022-0{month}-05"}
            for month, home in enumerate(("H1", "H2"), 1)
        ],
    )
    assert not len(admitted(tables).tables["schooling"])


def test_a_village_id_used_in_two_townships_moves_no_household():
    """V1 is 上村 of T1 and, entered a week later, 下村 of T2."""
    twice = [
        {"name": "上村"},
        {"name": "下村", "township_id": "T2", "recorded_on": "2020-01-08"},
        {"village_id": "V2"},
    ]
    admission = admitted(village_tables(household("H1", income=5), villages=twice))
    assert admission.tables["villages"]["village_id"].to_list() == ["V2"]
    assert admission.reasons["reason"][0] == "一个村编号用于几个乡镇 / one village id in several townships"
    assert admission.reasons["reason"][-1] == (
        "该户自己的行被隔离：一个村编号用于几个乡镇 / "
        "the household's own row was set aside: one village id in several townships"
    )


def test_a_village_that_went_to_another_township_is_one_village():
    moved = [{"name": "上村"}, {"name": "上村", "township_id": "T2", "valid_from": "2022-01-01"}]
    assert reasons_in(village_tables(household("H1", income=5), villages=moved)) == []
