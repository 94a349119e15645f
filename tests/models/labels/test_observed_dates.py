from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.labels.observed_dates import observed_dates
from register.seasons import season_end, seasons_between
from tests.households import household, village_of

QUARTERS = [season_end(one) for one in seasons_between("2022Q1", "2024Q4")]


def kept(*months, dates=QUARTERS):
    rows = [{"source": "wage", "amount": 1.0, "occurred_on": f"{month}-28"} for month in months]
    return observed_dates(village_of(household("lin", income=None) | {"income": _own(rows)}), dates)


def _own(rows):
    return [{"household_id": "lin", **row} for row in rows]


def test_a_yearly_export_is_read_once():
    """An office exports each December: the quarters between would read the same income again."""
    assert kept("2022-12", "2023-12", "2024-12") == [
        date(2022, 12, 31),
        date(2023, 12, 31),
        date(2024, 12, 31),
    ]


def test_a_survey_wave_is_one_date_and_the_delivered_season_stays():
    assert kept("2022-05", "2023-08") == [date(2022, 6, 30), date(2023, 9, 30), date(2024, 12, 31)]


def test_monthly_income_keeps_every_date():
    assert kept(*(f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13))) == QUARTERS


MONTHS = st.sets(st.tuples(st.integers(2022, 2024), st.integers(1, 12)))


@given(MONTHS)
def test_no_date_reads_an_old_reading_again(drawn):
    """Law: between two dates that are kept something was entered, but before the delivered season."""
    months = [f"{year}-{month:02d}" for year, month in sorted(drawn)]
    dates, days = kept(*months), [date(year, month, 28) for year, month in drawn]
    before = [date.min, *dates]
    assert all(any(a < day <= b for day in days) for a, b in zip(before, dates[:-1], strict=False))
    assert dates[-1] == QUARTERS[-1]
