"""The fall that is judged is the first one after the day, within a year."""

from datetime import date

import polars as pl

from studies.fidelity.naming_cohorts import first_falls

DAY = date(2024, 3, 31)


def test_the_first_fall_after_the_day_counts_and_none_beyond_the_year():
    falls = pl.DataFrame(
        {
            "household_id": ["lin", "lin", "wang", "zhao"],
            "fell_on": [date(2024, 9, 30), date(2024, 6, 30), date(2024, 3, 31), date(2025, 6, 30)],
        }
    )
    assert first_falls(falls, DAY).rows() == [("lin", date(2024, 6, 30))]
