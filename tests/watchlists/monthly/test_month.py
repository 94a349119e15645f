"""A month as it is written on the command line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import SeasonError
from watchlists.monthly.month import Month


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_in_the_month_of_its_name_and_in_no_other(day):
    month = Month.of(f"{day:%Y-%m}")
    assert month.first <= day <= month.last
    assert month.name == f"{day:%Y-%m}"
    assert (month.last + timedelta(days=1)).day == month.first.day == 1


@pytest.mark.parametrize(
    "name", ["2026-13", "2026-1", "202601", "2026-00", "1月", "２０２６-01", "", "0000-01"]
)
def test_what_is_no_month_is_refused_with_what_is(name):
    with pytest.raises(SeasonError) as refused:
        Month.of(name)
    assert str(refused.value) == f"month: found {name!r}, allowed is a year and a month, such as 2026-01"
