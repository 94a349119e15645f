"""Reasons against ids and references: how each comes about, and its next step taken at its word."""

from tests.advice.changes import (
    Advice,
    add,
    both,
    everywhere,
    from_mark,
    last,
    put,
    restore,
    where,
    without_county,
)
from tests.advice.offices import LI, WANG

#: Another month, so that the row is no second version of one that stands there.
LATER = {"occurred_on": "2025-01-31", "recorded_on": "2025-02-05"}
AT_ONCE = "the household id is in use in several counties at one time"
ONE_PERSON_ID = "one person id for different persons"


def moved_and_never_ended(delivery):
    """C1V1H3 went to C2 in 2022 with its head; nobody ended it in C1."""
    since = {"valid_from": "2022-01-01", "recorded_on": "2022-01-18"}
    for table in ("households", "members"):
        row = next(row for row in delivery["C1"][table] if row["household_id"] == "C1V1H3")
        place = {"village_id": "C2V1"} if table == "households" else {}
        delivery["C2"][table].append({**row, **place, **since})


def given_again(delivery):
    """C1V1H3 was ended in 2022; C1V2H2, founded in 2023, was given its number."""
    where("household_id", "C1V1H3", "C1", valid_to="2022-06-30")(delivery)
    where("household_id", "C1V2H2", "C1", valid_from="2023-01-01", recorded_on="2023-01-18")(delivery)
    where("household_id", "C1V2H2", "C1", household_id="C1V1H3")(delivery)


def unnamed_village_in_two_townships(delivery):
    add("C1", "villages", township_id="C1T2", valid_from="2023-01-01", recorded_on="2023-01-18")(delivery)
    where("village_id", "C1V1", "C1", name=None)(delivery)


def numbered_anew(delivery):
    """In 2023 every family of C1 was given the number of the next one."""
    ids = [row["household_id"] for row in delivery["C1"]["households"]]
    following = dict(zip(ids, ids[1:] + ids[:1], strict=True))
    since = {"valid_from": "2023-01-01", "recorded_on": "2023-01-18"}
    for table in ("households", "members"):
        rows = delivery["C1"][table]
        rows += [{**row, **since, "household_id": following[row["household_id"]]} for row in rows]
        for row in rows[: len(rows) // 2]:
            row["valid_to"] = "2023-01-01"


def pupils(*members):
    """Two children of two households go to school, under these ids."""
    study = {"stage": "primary", "started_on": "2022-09-01", "recorded_on": "2022-09-05"}
    homes = ("C1V1H3", "C1V1H4")

    def apply(delivery):
        pairs = zip(homes, members, strict=True)
        delivery["C1"]["schooling"] = [
            {"household_id": home, "member_id": one, **study} for home, one in pairs
        ]

    return apply


IDS = (
    Advice("household ids were numbered anew", numbered_anew, restore),
    Advice("a person id that no member has", pupils("2", "2"), pupils("C1V1H3P2", "C1V1H4P2")),
    Advice(AT_ONCE, everywhere("household_id", without_county), restore),
    Advice(AT_ONCE, moved_and_never_ended, where("household_id", "C1V1H3", "C1", valid_to="2022-01-01")),
    Advice("id given to another family later", given_again, restore),
    Advice("one household id for several families", everywhere("household_id", from_mark("H")), restore),
    Advice(
        "one household id for several families",
        where("household_id", "C1V2H2", "C1", household_id="C1V1H3"),
        restore,
    ),
    Advice(ONE_PERSON_ID, everywhere("member_id", from_mark("P")), restore),
    Advice(ONE_PERSON_ID, everywhere("member_id", without_county), restore),
    Advice(ONE_PERSON_ID, where("member_id", "C1V2H2P1", "C1", member_id="C1V1H3P1"), restore),
    Advice(ONE_PERSON_ID, where("member_id", "C2V2H2P1", "C2", member_id="C1V1H3P1"), restore),
    Advice("one village id in several townships", everywhere("village_id", lambda _: "V1"), restore),
    Advice(
        "one village id in several townships",
        unnamed_village_in_two_townships,
        where("village_id", "C1V1", "C1", name="星火村"),
    ),
    Advice("county id differs from the folder", put("C1", "villages", 1, county_id="C9"), restore),
    Advice(
        "no row bears the county id of the folder",
        everywhere("county_id", lambda _: "C9", tables=("villages",)),
        lambda delivery: delivery.update(C9=delivery.pop("C1")),
    ),
    Advice(
        "county id spelt unlike the folder",
        everywhere("county_id", str.lower, tables=("villages",)),
        everywhere("county_id", str.upper, tables=("villages",)),
    ),
)


def zeroed(one):
    return f"{one[:15]}000" if one in (WANG, LI) else one


REFERENCES = (
    Advice(
        "zeros after the 15th digit",
        everywhere(
            "household_id", lambda one: f"{one[:15]}000" if one in (WANG, LI) else one, tables=("income",)
        ),
        restore,
    ),
    Advice(
        "a spreadsheet rounded this id",
        everywhere("household_id", lambda one: f"{one[:15]}000" if one == WANG else one, tables=("income",)),
        restore,
        "xlsx",
    ),
    Advice(
        "the household's row lies in county C1 and was set aside there",
        both(put("C1", "households", 3, category="贫困户"), last("C2", "income", household_id="C1V1H3")),
        both(
            put("C1", "households", 3, category="ordinary"),
            lambda delivery: delivery["C1"]["income"].append({**delivery["C2"]["income"].pop(), **LATER}),
        ),
    ),
    Advice(
        "the household stands in C1/households.csv spelt otherwise: upper and lower case",
        everywhere("household_id", str.lower, tables=("income",)),
        everywhere("household_id", str.upper, tables=("income",)),
    ),
    Advice(
        "C1/households.csv alone writes household ids so: a leading apostrophe",
        everywhere("household_id", "'{}".format, tables=("households",)),
        everywhere("household_id", lambda one: one.lstrip("'"), tables=("households",)),
    ),
    Advice(
        "the household's own row was set aside: unknown code",
        put("C1", "households", 2, category="贫困户"),
        put("C1", "households", 2, category="ordinary"),
    ),
    Advice(
        "the village's own row was set aside: required cell is empty",
        put("C1", "villages", 1, region_id=None),
        put("C1", "villages", 1, region_id="530000"),
    ),
    Advice(
        "a spreadsheet rounded the household ids of C1/households.csv",
        lambda delivery: delivery["C1"]["households"][0].update(household_id="5.30622E+17"),
        restore,
    ),
    Advice(
        "no valid household row in this county",
        add("C1", "income", household_id="C1V1H9", **LATER),
        last("C1", "income", household_id=LI),
    ),
    Advice(
        "no valid village row in this county",
        put("C1", "households", 2, village_id="C1V9"),
        put("C1", "households", 2, village_id="C1V1"),
    ),
    Advice(
        "the household stands in county C2, not in this one",
        add("C1", "income", household_id="C2V1H3", **LATER),
        lambda delivery: delivery["C2"]["income"].append(delivery["C1"]["income"].pop()),
    ),
)
