"""Two procedures on the same visits, out of time."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.registry.paired import compare_at_capacity
from models.registry.parameters import PairedParameters

SETTINGS = PairedParameters(resamples=200, seed=1, min_clusters=30)
DAYS = (date(2024, 3, 31), date(2024, 6, 30))


def rows(skill, seed=0, days=DAYS, n=200):
    """Households of five townships and forty villages; skill brings the fallen to the front."""
    number = np.arange(n)
    fell = number % 4 == 0
    parts = [
        pl.DataFrame(
            {
                "household_id": [f"H{one:03}" for one in number],
                "as_of_date": day,
                "county_id": "C1",
                "township_id": [f"T{one % 5}" for one in number],
                "village_id": [f"V{one % 40}" for one in number],
                "label": fell,
                "risk": skill * fell + np.random.default_rng([seed, day.month]).normal(size=n),
            }
        )
        for day in days
    ]
    return pl.concat(parts)


def compared(mine, theirs, visits=4, **settings):
    return compare_at_capacity(
        mine, theirs, pl.lit(visits), "township_id", SETTINGS.model_copy(update=settings)
    )


def test_the_same_scores_differ_by_nothing():
    found = compared(rows(1.0), rows(1.0))
    assert (found.difference, found.low, found.high) == (0, 0, 0)
    assert found.visits == 4 * 5 * 2
    assert found.seasons == ("2024-03-31", "2024-06-30")


def test_every_visit_finds_somebody_where_the_fallen_come_first():
    found = compared(rows(100.0), rows(-100.0))
    assert (found.hits, found.champion_hits, found.difference) == (40, 0, 1.0)
    assert found.low == found.high == 1.0


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from([2, 50]))
def test_changing_sides_turns_the_difference_and_its_interval(seed, visits, min_clusters):
    one, other = rows(1.0, seed), rows(0.5, seed + 1)
    there = compared(one, other, visits, min_clusters=min_clusters)
    back = compared(other, one, visits, min_clusters=min_clusters)
    assert there.difference == pytest.approx(-back.difference)
    assert (there.low, there.high) == (pytest.approx(-back.high), pytest.approx(-back.low))
    assert (there.hits, there.champion_hits) == (back.champion_hits, back.hits)


def test_neither_the_order_nor_more_seasons_of_one_side_change_anything():
    one, other = rows(1.0), rows(0.5, 1)
    longer = pl.concat([rows(2.0, 7, [date(2023, 12, 31)]), one.sample(fraction=1, shuffle=True, seed=3)])
    assert compared(longer, other) == compared(one, other)


def test_a_household_of_unknown_outcome_takes_its_visit_and_counts_for_nothing():
    """Left the register: visited all the same, but nobody knows what would have been found."""
    gone = pl.when(pl.col("household_id") != "H000").then("label").alias("label")
    one, other = (rows(100.0, seed).with_columns(gone) for seed in (0, 1))
    assert compared(one, other, visits=10).visits == 10 * 5 * 2 - 2


def test_without_a_shared_season_or_a_visit_there_is_nothing_to_compare():
    assert compared(rows(1.0), rows(1.0, days=[date(2020, 3, 31)])) is None
    assert compared(rows(1.0), rows(1.0), visits=0) is None
