"""Who is who from interview to interview."""

from datetime import date

import polars as pl

from register.sources.eph.families import families, named_apart, with_birth_dates

ENDS = [date(2018, 6, 30), date(2018, 9, 30), date(2019, 6, 30), date(2019, 9, 30)]


def interviewed(*ages):
    """One person under number 1 at each interview; missing is nobody's answer."""
    rows = [
        {"household_id": "TQ1_1", "COMPONENTE": 1, "age": age, "as_of": day}
        for age, day in zip(ages, ENDS, strict=False)
    ]
    return with_birth_dates(pl.DataFrame(rows, schema_overrides={"age": pl.Int32}))


def numbers(*ages):
    return families(interviewed(*ages)).sort("as_of")["family"].to_list()


def test_an_age_that_rises_with_the_years_keeps_the_birth_date_of_the_first_interview():
    assert interviewed(40, 40, 41, 41)["birth_date"].unique().to_list() == [date(1977, 12, 1)]


def test_who_moves_in_is_another_family():
    assert numbers(70, 70, 30, 31) == [0, 0, 1, 1]


def test_an_age_told_wrongly_once_is_the_same_family_before_and_after():
    """She says 73, 70, 74: at the first and the last interview she is the same."""
    frame = interviewed(73, 70, 74).with_columns(
        pl.when(pl.col("age") != 70).then(date(1944, 12, 1)).otherwise("birth_date").alias("birth_date")
    )
    assert families(frame).sort("as_of")["family"].to_list() == [0, 1, 0]


def test_later_families_carry_their_number_in_the_id():
    frame = interviewed(70, 30)
    named = named_apart(frame, families(frame))
    assert named["household_id"].to_list() == ["TQ1_1", "TQ1_1+1"]
