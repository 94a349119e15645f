"""The county's workbook of high risk that found no place."""

import pytest

from tests.watchlists.handed_out import opened
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from tests.watchlists.on_paper import points
from watchlists.reasons.household_view import household_view
from watchlists.sheets.off_list_book import SHEET, write_off_list


def written(target, *rows, named=False):
    views = [household_view(row, reference_names(), "zh") for row in rows]
    if named:
        views = [
            {**one, "head": "王金丝", "phone": "199", "address": "一组", "number": "05"} for one in views
        ]
    write_off_list(target, views, "C1 2025Q4", 0.3, FALLS, LINE, "zh", named=named)
    return opened(target)


def test_households_stand_in_order_of_risk_with_the_facts_of_the_list(tmp_path):
    rows = [
        listed_row("H2", risk=0.7, rank=14, township_name="凤翔街道", change="unlisted"),
        listed_row("H1", risk=0.4, rank=13, township_id="T2", change="left"),
    ]
    book = written(tmp_path / "C1.xlsx", *rows)
    assert book.sheetnames == [SHEET, "说明"]
    heads, first, second = ([cell.value for cell in row] for row in book[SHEET].iter_rows())
    assert heads[:4] == ["序号", "户编号", "乡镇", "行政村"]
    assert not {"走访顺序", "入列方式"} & set(heads)
    assert first[:4] == [1, "H2", "凤翔街道", "模拟村"]
    assert second[:4] == [2, "H1", "T2", "模拟村"]
    assert "看病自付28,000元" in first[heads.index("为什么现在去")]
    assert "本表2户，风险达到30%" in "".join(str(cell.value) for cell in book["说明"]["A"])


def test_nothing_of_it_can_be_filled_in_or_is_a_formula(tmp_path):
    book = written(tmp_path / "C1.xlsx", listed_row("=1+1"))
    cells = [cell for row in book[SHEET].iter_rows() for cell in row]
    assert book[SHEET].protection.sheet
    assert all(cell.protection.locked for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_named_copy_says_whom_to_call_and_where(tmp_path):
    heads, row = (
        [cell.value for cell in one] for one in written(tmp_path / "C1.xlsx", listed_row(), named=True)[SHEET]
    )
    told = dict(zip(heads, row, strict=True))
    assert (told["户主"], told["电话"], told["住址"]) == ("王金丝", "199", "一组")
    assert heads[-2:] == ["系统户编号", "户编号"]


@pytest.mark.parametrize("named", [False, True])
def test_printed_on_a4_no_character_is_smaller_than_nine_points(tmp_path, named):
    assert points(written(tmp_path / "C1.xlsx", listed_row("H1"), named=named)[SHEET]) >= 9
