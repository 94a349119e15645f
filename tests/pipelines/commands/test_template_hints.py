"""What a template says of a column can be followed to the letter."""

import pytest

from pipelines.commands.template_hints import MOST_MESSAGE, MOST_TITLE, format_of, note, rule
from register.contract import Column
from register.tables import TABLES

COLUMNS = [column for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_prompt_fits_what_a_spreadsheet_shows(column):
    assert len(rule(column)["input_title"]) <= MOST_TITLE
    assert len(rule(column)["input_message"]) <= MOST_MESSAGE


def test_format_unit_bounds_and_words_are_said():
    members, water = TABLES["members"].by_name, TABLES["water"].by_name
    assert format_of(members["equivalents"]) == "数字 a number；单位 unit equivalents；0 … 2"
    assert format_of(members["birth_date"]) == "日期，如 2025-01-31 a date such as 2025-01-31"
    assert format_of(members["sex"]) == "选一个 choose: 女、男"
    assert note(water["household_id"]).splitlines()[:3] == [
        "户编号 household id",
        "必填 required",
        "编号，按文本填写 id, as text",
    ]


def test_where_several_words_may_stand_that_is_said_and_a_second_one_is_only_warned_of():
    causes = TABLES["lookbacks"].by_name["causes_found"]
    assert format_of(causes).startswith("至多5个，用、隔开 up to 5: 因病、")
    assert rule(causes)["error_type"] == "warning"
    assert "error_type" not in rule(TABLES["lookbacks"].by_name["result"])


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [
        (0, None, {"criteria": ">=", "value": 0}),
        (None, 9, {"criteria": "<=", "value": 9}),
        (0, 9, {"criteria": "between", "minimum": 0, "maximum": 9}),
    ],
)
def test_a_spreadsheet_holds_numbers_to_their_bounds(low, high, bounds):
    column = Column("amount", "integer", "金额", "amount", low=low, high=high)
    assert rule(column).items() >= {"validate": "integer", **bounds}.items()
