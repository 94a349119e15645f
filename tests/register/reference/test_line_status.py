import pytest

from register.reference.income_lines import cited_lines
from register.reference.line_status import delivered_origin, status_of


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("sourced: a notice", "sourced"),
        ("interpolated: between two notices", "interpolated"),
        ("unverified: floor of 2022: provinces adjust", "unverified"),
        ("delivered: interpolated by the office", "sourced"),
        ("delivered, interpolated: between two notices", "interpolated"),
        ("", "sourced"),
    ],
)
def test_the_status_is_what_stands_before_the_source(origin, status):
    assert status_of(origin) == status


@pytest.mark.parametrize("status", ["sourced", "interpolated", "unverified"])
def test_a_delivered_line_keeps_the_status_it_came_with(status):
    assert status_of(delivered_origin(status, "sourced: as they say")) == status


def test_every_cited_line_keeps_its_status():
    lines = cited_lines()
    told = [origin.split(":")[0] for origin in lines["origin"]]
    assert [status_of(one) for one in lines["origin"]] == told
    assert {*told} == {"sourced", "interpolated", "unverified"}
