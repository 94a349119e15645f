"""The features of chosen rows: the right numbers in the right rows, laid out so that nobody copies them."""

from datetime import date

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from models.risk.feature_matrix import feature_matrix

DAYS = (date(2024, 12, 31), date(2025, 12, 31))


def county(first, n):
    """Households `first` to `first + n` at both dates, latest first, each with its own wage."""
    rows = [(f"H{one:03}", day, float(one), None) for day in DAYS[::-1] for one in range(first, first + n)]
    return pl.DataFrame(rows, schema=["household_id", "as_of_date", "wage", "debt"], orient="row").cast(
        {"debt": pl.Float64}
    )


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(DAYS)), unique=True, max_size=24))
def test_every_row_gets_its_own_features_in_the_order_asked_for(wanted):
    rows = pl.DataFrame(
        {"household_id": [f"H{one:03}" for one, _ in wanted], "as_of_date": [day for _, day in wanted]},
        schema={"household_id": pl.String, "as_of_date": pl.Date},
    )
    matrix, n_rows = feature_matrix(rows, [county(0, 5), county(5, 7)], ["debt", "wage"])
    assert n_rows == len(wanted)
    assert matrix[:, 1].tolist() == [float(one) for one, _ in wanted]
    assert np.isnan(matrix[:, 0]).all()


def test_rows_without_features_are_counted_out():
    """Nobody of the second county is asked for, and one household of neither county is."""
    rows = county(4, 2).select("household_id", "as_of_date")
    _, n_rows = feature_matrix(rows, [county(0, 5)], ["wage"])
    assert (len(rows), n_rows) == (4, 2)


def test_a_row_lies_in_one_piece():
    matrix, _ = feature_matrix(county(0, 3), [county(0, 3)], ["wage", "debt"])
    assert matrix.flags.c_contiguous
    assert matrix.dtype == np.float64
