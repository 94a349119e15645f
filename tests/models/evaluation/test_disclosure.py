import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.disclosure import NEAREST, SMALL, hidden_cells, is_hidden, rounded


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_no_small_count_is_shown_nor_told_by_subtraction(counts):
    """Whoever knows the total and what is shown learns the sum of what is hidden, which is no small count."""
    table = pl.DataFrame({"count": counts, "whole": ["all"] * len(counts), "name": range(len(counts))})
    hidden = table.select(is_hidden("count", "whole", "name").alias("hidden"))["hidden"].to_list()
    kept = [count for count, gone in zip(counts, hidden, strict=True) if not gone]
    gone = [count for count, is_gone in zip(counts, hidden, strict=True) if is_gone]
    assert all(count > SMALL for count in kept)
    assert not gone or not kept or (len(gone) >= 2 and sum(gone) > SMALL)
    assert bool(gone) == (min(counts) <= SMALL)


def test_wholes_are_judged_apart():
    table = pl.DataFrame({"count": [3, 9, 50, 8], "whole": list("aabb"), "name": list("wxyz")})
    hidden = table.select(is_hidden("count", "whole", "name").alias("hidden"))["hidden"]
    assert hidden.to_list() == [True, True, False, False]


@pytest.mark.parametrize(("count", "published"), [(0, 0), (8, 10), (12, 10), (12.5, 15), (983, 985)])
def test_published_counts_are_multiples(count, published):
    assert rounded(count) == published
    assert rounded(count) % NEAREST == 0


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=5))
def test_in_a_table_with_known_totals_no_line_tells_a_small_count(counts):
    """The totals of rows and columns are public; what is hidden in a line adds up to no small count."""
    table = np.array(counts)
    hidden = hidden_cells(table)
    assert (table[~hidden] > SMALL).all()
    for line, gone in [*zip(table, hidden, strict=True), *zip(table.T, hidden.T, strict=True)]:
        assert not gone.any() or gone.all() or (gone.sum() >= 2 and line[gone].sum() > SMALL)


def test_what_another_table_hides_is_hidden_here_with_what_would_tell_it():
    table = np.array([[20, 30, 90], [40, 50, 80]])
    assert not hidden_cells(table).any()
    assert hidden_cells(table, np.array([True, False, False])).tolist() == [[True, True, False]] * 2
