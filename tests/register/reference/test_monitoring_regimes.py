"""Rules of monitoring, each in force until the next."""

from datetime import date

from register.reference import comparable_since, monitoring_regimes, regimes_between


def test_regimes_hold_until_the_next_and_the_quota_alone_meant_something_else():
    regimes = monitoring_regimes()
    codes = [one.code for one in regimes]
    assert codes == ["quota", "no_quota", "normalised"]
    inside = regimes_between(regimes, date(2020, 12, 31), date(2021, 1, 1))
    assert [one.code for one in inside] == ["quota", "no_quota"]
    (after,) = regimes_between(regimes, date(2021, 1, 1), date(2025, 12, 31))
    assert after.code == "no_quota"
    assert regimes_between(regimes, date(2019, 1, 1), date(2019, 12, 31)) == ()
    since = {day.year: comparable_since(regimes, day) for day in (date(2020, 12, 31), date(2024, 3, 31))}
    assert since == {2020: date(2020, 3, 20), 2024: date(2021, 1, 1)}


def test_before_the_first_regime_no_identification_is_comparable_with_later_ones():
    assert comparable_since(monitoring_regimes(), date(2018, 12, 31)) == date(2020, 3, 20)
