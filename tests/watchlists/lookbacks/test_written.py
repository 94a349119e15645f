"""What an officer wrote is kept word for word, under the headings that were handed out."""

import polars as pl

from register.sources.delivery import Sheet
from watchlists.lookbacks.written import written_cells


def test_cells_stand_as_they_were_written_by_the_row_that_people_see():
    frame = pl.DataFrame(
        {"走访日期\nvisited on": ["1月5日", None], "经办人": ["老张", "老李"], "户主": ["甲", "乙"]}
    )
    sheet = Sheet.of(frame, rows=pl.Series([4, 7], dtype=pl.UInt32))
    names = dict(enumerate(frame.columns, 1))
    assert written_cells(sheet, names).to_dicts() == [
        {"row": 4, "走访日期": "1月5日", "户主": "甲"},
        {"row": 7, "走访日期": None, "户主": "乙"},
    ]


def test_of_two_columns_with_one_heading_the_first_is_kept():
    frame = pl.DataFrame({"户主": ["甲"], "户主\nhead": ["乙"]})
    assert written_cells(Sheet.of(frame), dict(enumerate(frame.columns, 1)))["户主"].to_list() == ["甲"]
