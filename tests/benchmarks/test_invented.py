"""Invented rows are the same every time, and of the shape that was asked for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.invented import MISSING, STAYS, Shape, invented, year_before


@given(st.integers(2, 12), st.integers(1, 2), st.integers(20, 60))
def test_every_feature_is_in_one_group(n_features, n_groups, n):
    rows = invented(Shape("", n_features, n_groups), n)
    assert rows.frame.shape == (n, n_features)
    assert sorted(name for names in rows.groups.values() for name in names) == sorted(rows.frame.columns)
    assert {*rows.label.tolist()} <= {0, 1}
    assert invented(Shape("", n_features, n_groups), n).frame.equals(rows.frame)


def test_a_share_of_values_is_missing_and_a_year_moves_the_rest_of_what_does_not_stay():
    frame = invented(Shape("", 10, 2), 2_000).frame
    assert abs(float(frame.isna().mean().mean()) - MISSING) < 0.01
    earlier = year_before(frame)
    assert (earlier.isna() == frame.isna()).all(axis=None)
    same = np.mean((earlier == frame).to_numpy()[frame.notna().to_numpy()])
    assert abs(float(same) - STAYS) < 0.01
