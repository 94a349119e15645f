import polars as pl
import pytest

from models.risk.sampling import household_lot

MANY = pl.Series([f"H{number:06d}" for number in range(4000)])


def test_all_rows_of_a_household_have_one_lot():
    lots = household_lot(pl.Series(["a", "b", "a", "b"]), "negatives")
    assert lots[0] == lots[2] != lots[1] == lots[3]


def test_a_lot_depends_on_nothing_but_the_household_and_the_draw():
    assert household_lot(MANY, "parts")[17] == household_lot(MANY[17:18], "parts")[0]


def test_lots_spread_evenly():
    lots = household_lot(MANY, "negatives")
    assert lots.mean() == pytest.approx(0.5, abs=0.02)
    assert (lots < 0.25).mean() == pytest.approx(0.25, abs=0.02)


def test_different_draws_hang_together_by_chance_only():
    first, second = household_lot(MANY, "negatives") < 0.5, household_lot(MANY, "parts") < 0.5
    assert (first == second).mean() == pytest.approx(0.5, abs=0.03)
