"""Rows whose household or village is not there: the reason says why that may be."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.ids.spelling import FOLDS, differences, look
from register.intake.admission import admit
from tests.deliveries import raw_of
from tests.households import household, village_tables

IDS = ["00530622X", "00530623X"]


def wang_and_li():
    return village_tables(*(household(one, members=2, income=5, last="2023-03") for one in IDS))


def admitted(tables, **spelling):
    """Admit the tables, the household ids of some of them spelt by a format such as `'{}`."""
    sent = {name: frame.cast(pl.String) for name, frame in tables.items()}
    for name, spelt in spelling.items():
        ids = [spelt(one) for one in sent[name]["household_id"]]
        sent[name] = sent[name].with_columns(pl.Series("household_id", ids))
    return admit("C1", [raw_of(name, f"C1/{name}.csv", frame) for name, frame in sent.items()])


def why(done, table):
    """Give reason and next step against the rows of a table, in English."""
    own = done.reasons.filter(pl.col("file") == f"C1/{table}.csv").select("reason", "next_step").unique()
    return [tuple(text.partition(" / ")[2] for text in row) for row in own.sort("reason").iter_rows()]


@pytest.mark.parametrize(
    ("spelling", "difference"),
    [
        (lambda one: one.lower(), "upper and lower case"),
        (lambda one: f'="{one}"', 'a text guard ="…"'),
        (lambda one: f"'{one}", "a leading apostrophe"),
        (lambda one: one[2:], "leading zeros"),
        (lambda one: one.replace("62", "62 "), "blanks or invisible characters"),
        (lambda one: f"'{one.lower()}", "a leading apostrophe, upper and lower case"),
    ],
)
def test_an_id_spelt_otherwise_is_told_by_what_differs_and_where_it_stands(spelling, difference):
    done = admitted(wang_and_li(), income=spelling)
    assert why(done, "income") == [
        (
            f"the household stands in C1/households.csv spelt otherwise: {difference}",
            "write the household id as C1/households.csv does",
        )
    ]
    assert len(done.tables["members"]) == 4


def test_the_file_at_fault_is_named_though_all_its_own_rows_are_fine():
    """Only households.csv lost its zeros in a spreadsheet; every other table kept them."""
    done = admitted(wang_and_li(), households=lambda one: one[2:])
    assert len(done.tables["households"]) == 2
    assert why(done, "income") == why(done, "members")
    assert why(done, "income") == [
        (
            "C1/households.csv alone writes household ids so: leading zeros",
            "write the ids of C1/households.csv as all the others do",
        )
    ]


def test_rows_of_a_household_whose_own_row_was_set_aside_say_for_what():
    tables = wang_and_li()
    homes = tables["households"].cast(pl.String)
    homes = pl.concat([homes[:1].with_columns(category=pl.lit("rich")), homes[1:]])
    done = admitted({**tables, "households": homes})
    ((reason, step),) = why(done, "income")
    assert reason.startswith("the household's own row was set aside: unknown code; allowed: lifted_out")
    assert step == "mend the household's row in C1/households.csv first"


def test_rows_of_a_household_whose_id_a_spreadsheet_rounded_name_that_file():
    citizens = ["530622199001011237", "530622198511030024"]
    tables = village_tables(*(household(one, income=5, last="2023-03") for one in citizens))
    done = admitted(tables, households=lambda one: f"{one[0]}.{one[1:6]}E+17")
    assert why(done, "income") == [
        (
            "a spreadsheet rounded the household ids of C1/households.csv",
            "export C1/households.csv again from the system itself, as text",
        )
    ]


def test_a_village_spelt_otherwise_or_set_aside_is_told_too():
    tables = wang_and_li()
    done = admitted({**tables, "villages": tables["villages"].with_columns(village_id=pl.lit("v1"))})
    assert why(done, "households") == [
        (
            "the village stands in C1/villages.csv spelt otherwise: upper and lower case",
            "write the village id as C1/villages.csv does",
        )
    ]


@pytest.mark.parametrize(
    ("county", "reason"),
    [
        ("c1", "county id spelt unlike the folder it lies in: upper and lower case"),
        ("C2", "no row bears the county id of the folder it lies in"),
    ],
)
def test_a_folder_named_unlike_its_county_is_told_by_what_is_likely(county, reason):
    tables = wang_and_li()
    villages = tables["villages"].with_columns(county_id=pl.lit(county))
    assert [one for one, _ in why(admitted({**tables, "villages": villages}), "villages")] == [reason]


def test_an_id_that_is_nowhere_is_plainly_said_to_be():
    assert why(admitted(wang_and_li(), income=lambda _: "zhao"), "income") == [
        ("no valid household row in this county", "enter the household or correct the id")
    ]


CITIZENS = ["530622199001011237", "530622198511030024"]
CUT = {
    "a spreadsheet rounded this id": lambda one: f"{one[0]}.{one[1:6]}E+17",
    "zeros after the 15th digit, as a spreadsheet rounds an id": lambda one: f"{one[:15]}000",
}


@pytest.mark.parametrize("reason", CUT)
def test_a_row_whose_own_id_a_spreadsheet_rounded_is_not_told_to_enter_a_household(reason):
    tables = village_tables(*(household(one, income=5, last="2023-03") for one in CITIZENS))
    reasons = {one for one, _ in why(admitted(tables, income=CUT[reason]), "income")}
    assert reasons <= {reason, "a spreadsheet rounded this id"}  # one zeroed id is a citizen's by its sum
    assert reason in reasons


def test_one_rounded_id_among_whole_ones_is_known_by_the_household_it_was():
    """Nobody doubts a zero that a tenth of all ids ends in, unless the whole id stands in households."""
    whole = ["5306221990010112", "5306221985110300", "5306221985110314", "5306221985110357"]
    tables = village_tables(*(household(one, income=5, last="2023-03") for one in whole))
    assert why(admitted(tables), "income") == []
    done = admitted(tables, income=lambda one: f"{one[:15]}0" if one == whole[0] else one)
    assert {reason for reason, _ in why(done, "income")} == {"a spreadsheet rounded this id"}


def test_a_short_id_that_was_rounded_up_is_told_to_be_so():
    """Excel shows 53062219 as 5.31E+07."""
    tables = village_tables(household("53062219", income=5, last="2023-03"))
    done = admitted(tables, households=lambda _: "5.31E+07")
    assert [reason for reason, _ in why(done, "income")] == [
        "a spreadsheet rounded the household ids of C1/households.csv"
    ]


@pytest.mark.parametrize(
    ("villages", "households", "at_fault"),
    [("5306", "05306", True), ("05306", "5306", False), ("'5306", "5306", True), ("v1", "V1", False)],
)
def test_of_two_files_the_one_a_spreadsheet_wore_down_is_at_fault(villages, households, at_fault):
    """Only households.csv refers to villages.csv: no others side with it."""
    tables = {name: frame.cast(pl.String) for name, frame in wang_and_li().items()}
    for name, one in (("villages", villages), ("households", households)):
        tables[name] = tables[name].with_columns(village_id=pl.lit(one))
    ((_, step),) = why(admitted(tables), "households")
    others = "write the ids of C1/villages.csv as all the others do"
    assert step == (others if at_fault else "write the village id as C1/villages.csv does")


@given(st.text(alphabet="0123456789ABCabc", min_size=1, max_size=18), st.sampled_from(list(FOLDS.values())))
def test_an_id_looks_like_each_of_its_foldings_and_a_difference_has_a_name(identifier, fold):
    ids = pl.DataFrame({"id": [identifier]}).with_columns(fold(pl.col("id")).alias("folded"))
    looks = ids.select(look(pl.all()))
    assert looks["id"].item() == looks["folded"].item()
    differ = ids["id"].item() != ids["folded"].item()
    assert (differences(ids["id"], ids["folded"]).row(0) != ("", "")) == differ
