"""Every published figure lies in its band on two simulated counties."""

import polars as pl
import pytest

from simulator.calibration import beside_bands, calibration
from tests.register.simulated import SECTION, settings

FULL = settings(households_per_county=4000, villages_per_county=40, risk_seasons=["2024Q2"], futures=100)


@pytest.fixture(scope="module")
def table():
    return calibration(FULL, 2)


def test_every_figure_of_two_counties_lies_in_its_band(table):
    outside = table.filter(~pl.col("is_inside")).select("figure", "simulated", "low", "high")
    assert outside.rows() == []


def test_every_band_has_a_figure_and_a_source(table):
    assert len(table) > 40
    assert table["source"].str.len_chars().min() > 5
    assert (table["low"] < table["high"]).all()


def test_a_prefecture_that_is_nothing_like_it_is_found_out(table):
    wrong = {**dict(table.select("figure", "simulated").rows()), "persons_lifted_out": 9.0}
    assert beside_bands(wrong).filter(~pl.col("is_inside"))["figure"].to_list() == ["persons_lifted_out"]


def test_the_seasons_whose_risk_is_worked_out_are_those_that_are_judged():
    assert SECTION["risk_seasons"] == ["2024Q1", "2024Q2", "2024Q3"]
