import polars as pl
import pytest

from features.declaration import GROUPS
from studies.fairness.parts import split_gaps
from tests.studies.fairness.rows import judged_with_truth


def test_the_parts_add_up_to_the_gap_of_the_log_odds_and_name_the_one_that_is_lower():
    """Employment says 0.3 less of families of four or five than of others, nothing else differs."""
    large = pl.col("household_size") == "4-5"
    rows = judged_with_truth().with_columns(pl.lit(0.1).alias(f"phi_{name}") for name in GROUPS)
    parts = rows.with_columns(phi_employment=pl.when(large).then(-0.2).otherwise(0.1))
    row = split_gaps(parts, [("household_size", "4-5")], 10).row(0, named=True)
    assert row["n"] == 600
    assert row["employment"] == pytest.approx(-0.3)
    assert row["margin"] == pytest.approx(-0.3)
    assert [row[name] for name in GROUPS if name != "employment"] == pytest.approx([0.0] * (len(GROUPS) - 1))
