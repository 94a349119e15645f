"""What the mechanism and its groups are called."""

from datetime import date

from register.reference import names_on
from register.tables.monitoring import MONITORING


def test_the_mechanism_changed_its_name_in_2026_and_the_third_group_came_in_2021():
    before, after = names_on(date(2025, 12, 31)), names_on(date(2026, 3, 31))
    assert (before["mechanism"].zh, after["mechanism"].zh) == ("防止返贫动态监测和帮扶机制", "常态化精准帮扶")
    assert after["monitored"].zh == "防止返贫致贫对象"
    assert "sudden" not in names_on(date(2020, 12, 31))
    groups = MONITORING.by_name["group"].meanings
    assert {code: before[code].zh for code in groups} == groups
