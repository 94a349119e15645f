"""A column is recognised by its name and by what stands in it, never by one of them alone."""

import polars as pl
import pytest

from register.proposal.columns import Columns, Guess, meanings
from register.proposal.looking import Look
from register.sources.delivery import Sheet


def columns_of(questions=None, **cells):
    frame = pl.DataFrame(cells, strict=False).cast(pl.String)
    return Columns(Look("a.csv", None, 1, Sheet.of(frame), questions or {}))


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("HHID", Guess("HHID", "name")),
        ("户编号", Guess("户编号", "name")),
        ("survey_hhid", Guess("survey_hhid", "words")),
        ("household_idd", Guess("household_idd", "near")),
        ("q17", None),
    ],
)
def test_a_key_is_known_by_name_by_words_or_by_likeness(header, guess):
    assert columns_of(**{header: [1, 2, 3]}).key("household_id") == guess


def test_a_key_that_is_mostly_empty_is_none():
    columns = columns_of(hhid=[1, None, None], sex=[1, 2, 1])
    assert columns.key("household_id") is None
    assert columns.key("household_id", least=0.3) == Guess("hhid", "name")


def test_an_age_is_whole_years_that_people_reach():
    assert columns_of(ind_age=[44, 2, "NA"]).age() == Guess("ind_age", "words")
    assert columns_of(age=[44, 200]).age() is None
    assert columns_of(age=["44 岁", "2 岁"]).age() is None
    assert columns_of(age=[1, 1]).age() is None


def test_of_several_amounts_the_whole_is_taken_and_no_part_of_it():
    columns = columns_of(
        total_consumption_food=[1, 2], total_consumption_capita=[1, 2], TOT_consumption=[3, 4]
    )
    assert columns.numbers("amount") == Guess("TOT_consumption", "name")
    assert columns_of(consumption_food=[1]).numbers("amount") is None
    assert columns_of(income=["much", "little"]).numbers("amount") is None


def test_a_day_is_a_day_and_a_year_a_year():
    columns = columns_of(date=["2024-01-02", "2024/1/3"], year=["2024", "2025.0"])
    assert (columns.days("date"), columns.years()) == (Guess("date", "name"), Guess("year", "name"))
    assert columns_of(date=["2.1.2024"]).days("date") is None


def test_what_a_stata_column_is_about_is_a_name_of_it_too():
    columns = columns_of({"x1": "Total expenditure"}, x1=[1, 2])
    assert columns.numbers("amount") == Guess("x1", "name")


def test_values_become_codes_by_their_words_and_the_others_are_named():
    assert meanings("members", "relation", ["户主", "Son/daughter", "7"]) == (
        {"户主": "head", "Son/daughter": "child"},
        ["7"],
    )


def test_words_for_no_value_are_listed():
    columns = columns_of(a=[1, "NA"], b=["—", 2], c=["不详", 3])
    assert columns.no_values(["a", "b"]) == ["NA", "—"]
    assert columns.values("a").to_list() == ["1"]


def test_codes_and_columns_by_name_hold_something():
    columns = columns_of(危房等级=[None, None], 民族=["汉族", "彝族"])
    assert columns.named("housing", "grade") is None
    assert columns.coded("members", "ethnicity") == Guess("民族", "name")
