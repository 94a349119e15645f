"""A day is read strictly or not at all, and whoever wrote something else is told what it looks like."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.cells.dates import EARLIEST, LATEST, day_of, fault_of

DAYS = st.dates(EARLIEST, LATEST)
SEPARATED = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
MIDNIGHTS = ("", " 0:00", " 00:00", " 00:00:00", " 00:00:00.0", "T00:00:00", "T00:00:00.000000")
CHINA = timezone(timedelta(hours=8))


@given(day=DAYS, spelling=st.sampled_from([*SEPARATED, "%Y%m%d"]), midnight=st.sampled_from(MIDNIGHTS))
def test_every_day_is_read_in_every_year_first_spelling_with_or_without_a_midnight(day, spelling, midnight):
    assert day_of(day.strftime(spelling) + midnight) == day


@given(day=DAYS, sign=st.sampled_from("-/."))
def test_months_and_days_may_lack_their_zero_where_a_sign_parts_them(day, sign):
    assert day_of(f"{day.year}{sign}{day.month}{sign}{day.day}") == day


@given(text=st.text(st.sampled_from("0123456789-/年月日 :T.Z+"), max_size=20))
def test_any_text_is_a_strict_day_or_is_not_read_but_told_why(text):
    read = day_of(text)
    if read is None:
        reason, step = fault_of(text)
        assert " / " in reason
        assert " / " in step
    else:
        strict = r"[0-9]{4}([-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4})"
        assert re.match(strict, text)
        assert abs((read - date(int(text[:4]), 1, 1)).days) <= 366


@given(day=DAYS, place=st.integers(0, 7), digit=st.sampled_from("0123456789"))
def test_a_compact_day_has_exactly_eight_digits(day, place, digit):
    text = f"{day:%Y%m%d}"
    assert day_of(text[:place] + text[place + 1 :]) is None
    assert day_of(text[:place] + digit + text[place:]) is None


@given(day=st.dates(date(1995, 1, 1), LATEST), minutes=st.integers(1, 24 * 60 - 1))
def test_a_time_of_day_other_than_midnight_is_never_dropped(day, minutes):
    at = datetime.combine(day, time()) + timedelta(minutes=minutes)
    assert day_of(at.isoformat()) is None
    assert fault_of(at.isoformat())[0] == "带有时刻 / holds a time of day"


@given(
    day=st.dates(date(1995, 1, 2), date(2100, 12, 30)),
    hours=st.integers(-12, 14),
    minutes=st.sampled_from([0, 0, 0, 1, 480]),
)
def test_an_instant_is_the_day_that_begins_with_it_in_china_or_is_refused_with_its_zone(day, hours, minutes):
    instant = datetime.combine(day, time(), CHINA) + timedelta(minutes=minutes)
    text_of_instant = instant.astimezone(timezone(timedelta(hours=hours))).isoformat()
    assert day_of(text_of_instant) == (day if minutes == 0 else None)
    assert day_of(f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") == (day if minutes == 0 else None)
    if minutes:
        assert f"zone {text_of_instant[19:]} that is no midnight in China" in fault_of(text_of_instant)[0]


@pytest.mark.parametrize("text", ["1988-06-30T15:00:00Z", "1988-06-30 16:00:00+00", "1988-07-01T00:00+08:00"])
def test_a_birthday_in_the_summers_of_1986_to_1991_is_one_day_by_both_clocks(text):
    """China had summer time then; some systems reckon with it, some by UTC+8."""
    assert day_of(text) == date(1988, 7, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2021118", "has exactly eight digits"),
        ("202403", "has exactly eight digits"),
        ("170519040", "has exactly eight digits"),
        ("1705190400", "a count of seconds since 1970"),
        ("1705190400000", "a count of seconds since 1970"),
        ("2024-01-14 00:00:00 CST", "an instant of zone CST"),
        ("2024/1/14 0:00 Asia/Shanghai", "an instant of zone Asia/Shanghai"),
        ("2024-01-14 12:00:00 PM", "holds a time of day"),
        ("2024.1", "without its month or day"),
        ("44927", "the serial number that a spreadsheet keeps"),
        ("44927.5", "the serial number that a spreadsheet keeps"),
        ("31/01/2024", "the year does not come first"),
        ("5.3.2024", "the year does not come first"),
        ("24-01-31", "the year has not four digits"),
        ("24年1月31日", "the year has not four digits"),
        ("113-01-05", "not a year of the Gregorian calendar"),
        ("民国113年1月5日", "not a year of the Gregorian calendar"),
        ("2567-01-05", "not a year of the Gregorian calendar"),
        ("31 Jan 2024", "words in this date"),
        ("二〇二四年一月三日", "words in this date"),
        ("２０２４-01-31", "full-width characters in this date"),
        ("2024-03", "without its month or day"),
        ("2024", "without its month or day"),
        ("2024-02-30", "not a date between 1900-01-01 and 2100-12-31"),
        ("2024-02-30 00:00", "not a date between 1900-01-01 and 2100-12-31"),
        ("20241301", "not a date between 1900-01-01 and 2100-12-31"),
        ("9999-12-31T23:00:00Z", "not a date between 1900-01-01 and 2100-12-31"),
        ("0001-01-01T00:00:00Z", "not a date between 1900-01-01 and 2100-12-31"),
        ("长期", "not a date between 1900-01-01 and 2100-12-31"),
        ("2024-01-14T00:00:00Z", "an instant of zone Z that is no midnight in China"),
        ("2024-01-31 00:00:00.001", "holds a time of day"),
        ("20240131083000", "holds a time of day"),
    ],
)
def test_what_is_no_day_is_told_by_what_it_looks_like(text, message):
    assert day_of(text) is None
    assert message in fault_of(text)[0]
