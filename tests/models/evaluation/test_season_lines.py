from datetime import date

import pytest

from models.evaluation.season_lines import SEASON_LINES, season_lines
from register.reference.income_lines import income_lines

YUNNAN = income_lines().filter(region_id="530000")


@pytest.mark.parametrize(
    ("season", "rests_on"),
    [
        ("2022Q4", {2022: "interpolated", 2023: "interpolated"}),
        ("2023Q3", {2023: "interpolated", 2024: "interpolated"}),
        ("2024Q4", {2024: "interpolated", 2025: "sourced"}),
        ("2020Q1", {2020: "unverified", 2021: "sourced"}),
        ("2025Q2", {2025: "sourced"}),
    ],
)
def test_a_season_rests_on_the_lines_at_its_date_and_in_its_window(season, rests_on):
    found = season_lines(YUNNAN, [season], 12)
    assert {day.year: status for day, status in found.select("effective_from", "status").rows()} == rests_on


def test_a_line_that_ends_with_the_day_is_none_of_the_window():
    """Half a year from 2023-12-31 lies in 2024 alone, but at the date the line of 2023 still holds."""
    found = season_lines(YUNNAN, ["2023Q4"], 6)
    assert found["effective_from"].to_list() == [date(2023, 1, 1), date(2024, 1, 1)]


def test_without_seasons_there_are_no_lines():
    assert dict(season_lines(YUNNAN, [], 12).schema) == SEASON_LINES
    assert season_lines(YUNNAN, [], 12).is_empty()
