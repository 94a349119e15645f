"""Lines of provinces and counties, and what a document says of them."""

from datetime import date

import polars as pl
import pytest

from register.errors import ParamsError
from register.reference import income_lines
from register.reference.income_lines import cited_lines, delivered_origin, status_of
from register.shard import LINES_SCHEMA
from tests.register.reference.spoilt import spoilt


def lines_of(region):
    return income_lines().filter(pl.col("region_id") == region)


def test_lines_are_a_twelfth_of_the_year_and_end_where_the_next_begins():
    assert dict(income_lines().schema) == LINES_SCHEMA
    lines = lines_of("530000")
    assert lines["effective_to"].to_list() == [*lines["effective_from"].to_list()[1:], None]
    last = lines.row(-1, named=True)
    assert last["line_per_month"] == 8700 / 12
    assert last["effective_from"] == date(2025, 1, 1)
    assert last["origin"].startswith("sourced: ")


@pytest.mark.parametrize(
    ("region", "year", "yuan", "status"),
    [
        ("000000", 2010, 2300, "sourced"),
        ("000000", 2021, 6000, "sourced"),
        ("530000", 2021, 6000, "sourced"),
        ("530000", 2022, 7000, "interpolated"),
        ("530000", 2023, 8050, "interpolated"),
        ("530000", 2025, 8700, "sourced"),
        ("532328", 2023, 8050, "sourced"),
    ],
)
def test_a_line_says_whether_a_document_states_it(region, year, yuan, status):
    (line,) = lines_of(region).filter(pl.col("effective_from") == date(year, 1, 1)).to_dicts()
    assert line["line_per_month"] * 12 == pytest.approx(yuan)
    assert line["origin"].startswith(f"{status}: ")


def test_a_county_with_a_line_of_its_own_follows_its_province_where_it_is_silent(tmp_path):
    """Yuanmou raised its line in March 2023; the province's of 2024 then takes over."""
    path = spoilt(
        tmp_path, "income_lines.yaml", 6, effective_from=date(2023, 3, 14), yuan_per_person_year=8100
    )
    lines = income_lines(path).filter(
        pl.col("region_id") == "532328", pl.col("effective_from").dt.year() > 2021
    )
    rows = lines.select("effective_from", "effective_to", (pl.col("line_per_month") * 12).round()).rows()
    assert rows == [
        (date(2022, 1, 1), date(2023, 1, 1), 7000),
        (date(2023, 1, 1), date(2023, 3, 14), 8050),
        (date(2023, 3, 14), date(2024, 1, 1), 8100),
        (date(2024, 1, 1), date(2025, 1, 1), 8400),
        (date(2025, 1, 1), None, 8700),
    ]


def test_a_line_that_is_neither_sourced_nor_interpolated_does_not_load(tmp_path):
    path = spoilt(tmp_path, "income_lines.yaml", 0, status="guessed")
    with pytest.raises(ParamsError) as caught:
        income_lines(path)
    assert str(caught.value) == (
        "income_lines.yaml entry 1: status: found 'guessed', "
        "allowed is sourced, interpolated or unverified; mend it"
    )


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
