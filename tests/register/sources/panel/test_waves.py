"""Waves are quarters: a date that means none, or two waves in one quarter, is refused in one line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ParamsError
from register.sources.panel.waves import longest_gap, quarter_end, waves_of


@given(st.dates(date(1960, 1, 1), date(2060, 12, 31)))
def test_a_day_stands_for_the_last_day_of_its_own_quarter(day):
    end = quarter_end(day.isoformat())
    assert end >= day
    assert (end.year, (end.month - 1) // 3) == (day.year, (day.month - 1) // 3)
    assert quarter_end(day.isoformat()[:7]) == end


@pytest.mark.parametrize("when", ["2009/10", "09", "2009-13", "2009Q5", "spring", ""])
def test_what_means_no_one_quarter_is_no_date(when):
    assert quarter_end(when) is None


def test_waves_come_in_the_order_of_time_with_all_their_names():
    waves = waves_of("panel.yaml", {"el": ("2012", ("3",)), "bl": ("2006Q2", ())})
    assert [(one.name, one.day) for one in waves] == [("bl", date(2006, 6, 30)), ("el", date(2012, 12, 31))]
    assert (waves[0].begins, waves[0].ends) == (date(2006, 4, 1), date(2006, 7, 1))
    assert waves[1].names == ("el", "3")
    assert longest_gap(waves) == 78


@pytest.mark.parametrize(
    ("whens", "sentence"),
    [
        (
            {"one": ("2009/10", ())},
            (
                "panel.yaml: waves.one: found '2009/10', allowed is a year (its last day), a quarter such as "
                "2009Q4, a month such as 2009-10 or a day such as 2009-10-31; mend it"
            ),
        ),
        (
            {"one": ("2009-10", ()), "two": ("2009-12", ())},
            (
                "panel.yaml: waves: one and two lie in one quarter, 2009Q4; date them apart, or make one "
                "wave of both"
            ),
        ),
        (
            {"one": ("2009", ("9",)), "two": ("2010", ("9",))},
            "panel.yaml: waves: '9' names both one and two; mend it",
        ),
    ],
)
def test_waves_that_cannot_be_dated_are_refused(whens, sentence):
    with pytest.raises(ParamsError) as refused:
        waves_of("panel.yaml", whens)
    assert str(refused.value) == sentence
