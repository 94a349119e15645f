"""First block of a board: the plan when the list is published, the present state afterwards."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.ledgers import EMPTY, LIST, RULES, SEASON, came_back, ledger, listed, visit
from watchlists.ledger.tasks import NOTHING_BACK, tasks
from watchlists.pages.board_visits import BEGIN, END, planned_visits, visits_so_far, with_visits


def listed_as(duties, others):
    rows = [listed(f"D{n}", rank=n, by="rule") for n in range(1, duties + 1)]
    return rows + [listed(f"H{n}", rank=duties + n) for n in range(1, others + 1)]


def plan(duties, others):
    return planned_visits(ledger(listed_as(duties, others), NOTHING_BACK), SEASON)


def test_the_plan_says_about_how_many_are_due_by_when():
    """Eight households over a department's line, nine by risk: 11, 14 and 17 in all by the months' ends."""
    block = plan(8, 9)
    due = "必访户1月5日前走访完，其余按名单先后，1月底前累计约10户，2月底前累计约15户，3月底前走访完。"
    assert f"应访 <b>17</b> 户：{due}" in block
    assert "about 10 in all by 2026-01-31, about 15 in all by 2026-02-28, the last by 2026-03-31." in block


@given(st.integers(0, 7))
def test_the_plan_does_not_tell_few_duties_from_none_but_by_their_day(duties):
    """What a department's rule says of a handful of households is nobody's to read off a wall."""
    total = 24
    few, many = (plan(number, total - number).partition("按名单先后")[2] for number in (duties, 4))
    counts = [[int(count) for count in re.findall(r"约(\d+)户", text)] for text in (few, many)]
    assert all(abs(one - other) <= 5 for one, other in zip(*counts, strict=True))
    assert all(count % 5 == 0 for one in counts for count in one)


def test_a_list_without_duties_speaks_of_none():
    assert "应访 <b>12</b> 户：按名单先后，1月底前累计约5户" in plan(0, 12)


def test_a_county_with_few_listed_does_not_say_how_many():
    assert "应访 <b>≤7</b> 户" in plan(1, 2)


def test_a_county_without_visits_has_a_plan_too():
    """Its capacity is 0 this season."""
    none = tasks(EMPTY, SEASON, LIST, NOTHING_BACK, RULES, date(2025, 12, 31))
    assert "应访 <b>≤7</b> 户" in planned_visits(none, SEASON)


def test_a_list_of_duties_alone_is_due_with_them():
    assert "必访户1月5日前走访完" in plan(12, 0)


def test_the_present_state_is_told_of_the_county_and_of_each_township():
    rows = [*listed_as(1, 2), listed("I1", township="T2")]
    done = ledger(rows, came_back(visit("H1"), visit("H2", measures_begun="health")))
    block = visits_so_far(done, date(2026, 2, 10))
    assert "<b>4</b>应访" in block
    assert "<b>2</b>已访" in block
    assert '<div class="late"><b>2</b>逾期' in block
    assert block.count("<tr><td>") == 2
    assert "截至 as of 2026-02-10 · 内部使用" in block


def test_one_block_takes_the_place_of_another_and_nothing_else_changes():
    board = f"<h1>board</h1>\n{plan(8, 9)}<p>rest</p>"
    now = visits_so_far(ledger(listed_as(1, 1), NOTHING_BACK), date(2026, 1, 2))
    assert with_visits(board, now) == f"<h1>board</h1>\n{now}<p>rest</p>"
    assert now.startswith(BEGIN)
    assert now.endswith(END)


def test_a_board_from_before_there_was_a_ledger_has_no_place_for_it():
    assert with_visits("<h1>board</h1>", plan(1, 1)) is None
