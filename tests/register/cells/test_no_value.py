"""Words for no value are named as such in every column; what may be a value is left alone."""

import pytest

from register.cells.no_value import BENEATH, NO_VALUE
from tests.register.intake.test_casting import cast_income

WORDS = [
    *["NULL", "null", "(null)", "NaN", "nan", "None", "<NA>", "NaT", "N/A", "#N/A", "\\N"],
    *["-", "--", "—", "——", "－", "/", "／", "?", "无", "空", "（空）", "未知", "不详", "暂无"],
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("column", ["household_id", "occurred_on", "source", "amount", "member_id"])
def test_a_word_for_no_value_is_no_id_no_day_no_code_and_no_number(column, word):
    """A column of ids went through a program that writes nan: all of them were one person."""
    done = cast_income(**{column: word})
    (reason,) = done.reasons.to_dicts()
    assert done.frame[column].to_list() == [None]
    assert (reason["column"], reason["reason"]) == (column, NO_VALUE[0])
    next_step = (
        "list it under missing in a mapping" if column == "member_id" else "enter the value at the source"
    )
    assert next_step in reason["next_step"]


@pytest.mark.parametrize("identifier", ["NA", "H-1", "无01", "null-7", "0", "N1"])
def test_what_may_be_somebodys_id_is_kept(identifier):
    assert cast_income(household_id=identifier).frame["household_id"].to_list() == [identifier]


@pytest.mark.parametrize(
    "words", ["合计", "合  计", "总计", "小计", "Total", "subtotal", "注：数据截至10月", "填表人：某某"]
)
def test_a_total_or_a_note_beneath_the_table_is_no_record(words):
    (reason,) = cast_income(household_id=words).reasons.to_dicts()
    assert (reason["reason"], reason["next_step"]) == BENEATH
