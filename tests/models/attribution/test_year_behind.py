from datetime import date

import polars as pl
import pytest

from models.attribution.year_behind import a_year_behind, year_up_to

DAY, YEAR_BEFORE, MIDSUMMER, FAR = (
    date(2025, 12, 31),
    date(2024, 12, 31),
    date(2025, 6, 30),
    date(2023, 12, 31),
)
ROWS = pl.DataFrame({"household_id": ["lin", "luo", "new"], "as_of_date": [DAY] * 3})
BUILT = pl.DataFrame(
    [
        {"household_id": "lin", "as_of_date": FAR, "x": 9},
        {"household_id": "lin", "as_of_date": YEAR_BEFORE, "x": 1},
        {"household_id": "lin", "as_of_date": MIDSUMMER, "x": 2},
        {"household_id": "luo", "as_of_date": MIDSUMMER, "x": 3},
        *({"household_id": name, "as_of_date": DAY, "x": 5} for name in ("lin", "luo", "new")),
    ]
)


def test_a_register_is_read_a_year_before_to_the_day():
    """Luo came into the register in spring, and nobody knew the new household before."""
    earlier = a_year_behind(ROWS, BUILT, ["x"])
    assert earlier["x"].to_dict() == {0: 1.0}


def test_a_panel_is_read_at_the_first_interview_within_the_year():
    earlier = a_year_behind(ROWS, BUILT, ["x"], is_panel=True)
    assert earlier["x"].to_dict() == {0: 1.0, 1: 3.0}


@pytest.mark.parametrize("is_panel", [False, True])
def test_the_dates_of_the_year_are_enough(is_panel):
    read = BUILT.filter(pl.col("as_of_date").is_in(year_up_to(DAY, is_panel=is_panel)))
    assert read["as_of_date"].n_unique() < BUILT["as_of_date"].n_unique()
    enough, whole = (a_year_behind(ROWS, built, ["x"], is_panel=is_panel) for built in (read, BUILT))
    assert enough.equals(whole)
