"""What a board tells of the season's visits, and of high risk off its list."""

import polars as pl
import pytest

from tests.watchlists.pages.test_board_page import board
from watchlists.pages.board_season import high_risk_off_list, visits_made


@pytest.mark.parametrize(
    ("visited", "left", "told"), [(0, 0, ("0", "0")), (7, 8, ("≤7", "8")), (30, 1, ("30", "≤7"))]
)
def test_small_counts_of_visits_are_not_shown(visited, left, told):
    made = visits_made(visited, left)
    assert (made["visited_shown"], made["left_shown"]) == told


def areas(county, *townships):
    rows = [("county", "C1", "临翔区", county), *(("township", *one) for one in townships)]
    schema = {
        **dict.fromkeys(("level", "area_id", "area_name"), pl.String()),
        "high_off_list": pl.Int64(),
        "expected": pl.Float64(),
    }
    return pl.DataFrame([(*row, 1.0) for row in rows], schema=schema, orient="row")


def test_townships_with_many_are_named_most_first_and_hidden_ones_are_not():
    told = high_risk_off_list(areas(40, ("T1", "凤翔街道", 9), ("T2", None, 20), ("T3", "勐佑镇", None)))
    assert told == {"is_any": True, "county": "40", "townships": [("T2", 20), ("凤翔街道", 9)]}


def test_a_small_total_is_not_shown():
    assert high_risk_off_list(areas(None))["county"] == "≤7"


def test_a_board_says_what_is_off_the_list_and_what_visits_came_to(tmp_path):
    page = board(tmp_path, made=visits_made(12, 3))
    assert "名单外高风险户" in page
    assert "12户已走访；≤7户走访时已迁出或已有帮扶" in page
    assert "已走访" not in board(tmp_path)


def test_where_an_order_lists_no_risk_is_told(tmp_path):
    assert "名单外高风险户" not in board(tmp_path, changes={"risk": None})
