"""Offices differ in how they keep their registers; what happens to a household does not."""

from datetime import date
from functools import cache

import polars as pl
import pytest

from register.breaches import breaches
from register.errors import ParamsError
from register.intake.casting import cast
from register.readings import readings
from register.shard import Shard
from register.sources.delivery import RawTable, Sheet
from register.sources.lines import delivered_lines
from register.tables import TABLES
from simulator.county import simulate_county
from simulator.lines import line_rows
from simulator.truth import truth_of
from tests.newcomers import RESTATED, YOUNG
from tests.parameters import parameters

SMALL = {
    "simulator.households_per_county": 500,
    "simulator.villages_per_county": 4,
    "simulator.townships_per_county": 2,
    "simulator.dirty_share": 0.0,
    "simulator.duplicate_share": 0.0,
    "simulator.risk_seasons": [],
}
END, YEAR_BEFORE = date(2025, 12, 31), date(2024, 12, 31)
#: An office as the default one is, in another country's money.
KENYAN = {
    "simulator.office.region": "KE-30",
    "simulator.office.currency": "KES",
    "simulator.office.amounts_over_yuan": 18.0,
}
#: A household's number within its county, whose id begins with the region's.
NUMBER = pl.col("household_id").str.slice(-6)


@cache
def county(**office):
    settings = parameters({**SMALL, **office}).simulator
    made = simulate_county(0, settings)
    tables = {
        name: cast(RawTable(name, f"{name}.csv", frame), TABLES[name]).frame.drop("file", "row")
        for name, frame in made.tables.items()
    }
    lines = line_rows(settings.office).cast(pl.String)
    rows = pl.Series(range(2, len(lines) + 2))
    return Shard.of(tables, delivered_lines("lines.csv", Sheet(lines, rows))), truth_of(made, settings)


@pytest.mark.parametrize("office", [YOUNG, RESTATED, KENYAN], ids=["young", "restates", "Kenyan"])
def test_nothing_that_happens_depends_on_the_office(office):
    for name in ("resources", "falls"):
        here, there = (county(**one)[1][name].with_columns(NUMBER) for one in ({}, office))
        assert here.equals(there)


def test_in_another_currency_every_household_stands_where_it_stood_about_the_line():
    here, there = (
        readings(county(**office)[0], [END], 12).select(
            "household_id", "resources_over_line", "line_per_month"
        )
        for office in ({}, KENYAN)
    )
    both = here.with_columns(NUMBER).join(there.with_columns(NUMBER), on="household_id", suffix="_there")
    assert len(both) == len(here) > 450
    assert (both["line_per_month_there"] / both["line_per_month"]).round(6).unique().to_list() == [18.0]
    moved = both["resources_over_line"] - both["resources_over_line_there"]
    assert moved.abs().max() < 0.001


def test_of_one_export_nothing_is_known_a_day_before_and_a_year_s_resources_on_the_day():
    young = county(**YOUNG)[0]
    assert readings(young, [YEAR_BEFORE], 12).is_empty()
    assert young.tables["income"]["occurred_on"].unique().to_list() == [END]
    on_the_day = readings(young, [END], 12)
    assert on_the_day["resources_over_line"].is_not_null().mean() > 0.99
    assert 0.01 < (on_the_day["resources_over_line"] < 1).mean() < 0.08


def test_a_restating_office_finds_every_dangerous_house_anew_in_every_export():
    """The fault that newcomers fell over: the same house, four times found, is one spell."""
    register, houses = county(**RESTATED)[0], _dangerous_from_the_first()
    found = register.tables["housing"].filter(pl.col("household_id").is_in(houses.implode()), grade="C")
    exports = [date(year, 12, 31) for year in range(2022, 2026)]
    assert found["occurred_on"].unique().sort().to_list() == exports
    assert len(found) > 3.5 * len(houses)
    spells = breaches(register, END).filter(pl.col("household_id").is_in(houses.implode()))
    began_first = spells.filter(pl.col("began_on") == exports[0])
    assert set(began_first["household_id"]) == set(houses)


def test_an_office_that_does_not_restate_tells_of_a_dangerous_house_once():
    houses = county(**{**RESTATED, "simulator.office.restates": False})[0].tables["housing"]
    dangerous = houses.filter(pl.col("household_id").is_in(_dangerous_from_the_first().implode()), grade="C")
    assert dangerous["occurred_on"].unique().to_list() == [date(2022, 12, 31)]


def _dangerous_from_the_first():
    houses = county(**RESTATED)[0].tables["housing"]
    return houses.filter(occurred_on=date(2022, 12, 31), grade="C")["household_id"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("years", 0, "found 0, allowed is a whole number from 1, or null; mend it"),
        ("amounts_over_yuan", 0, "found 0, allowed is a number above 0; mend it"),
        (
            "currency",
            "yuan",
            "found 'yuan', allowed is three capital letters of ISO 4217, such as CNY; mend it",
        ),
        (
            "region",
            "K",
            "found 'K', allowed is text of 2 to 12 letters, digits and -, such as 520000 or KE-30; mend it",
        ),
    ],
)
def test_an_office_that_cannot_be_is_refused(name, value, message):
    with pytest.raises(ParamsError) as caught:
        parameters({f"simulator.office.{name}": value})
    assert str(caught.value) == f"simulator.office.{name}: {message}"
