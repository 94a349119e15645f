"""A season's list handed out, half visited and read back: its progress adds up to the list, everywhere."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import polars as pl
import pytest

from register.seasons import season_end
from tests.watchlists.handed_out import opened
from watchlists.sheets.sheet_words import LOOKBACK_COLUMNS, LOOKBACK_SHEET

PLACES = {zh: place for place, (_, zh, *_) in enumerate(LOOKBACK_COLUMNS, 1)}
#: What officers write, row by row: every second household is left for later.
WRITTEN = (
    {"核实结果": "风险属实", "开始的措施": "健康帮扶"},
    {},
    {"核实结果": "未发现风险"},
    {},
    {"核实结果": "户主不在家"},
    {},
    {"核实结果": "风险属实"},
    {},
)
STATES = ("已完成", "未走访", "已完成", "未走访", "户主不在家待补访", "未走访", "已走访", "未走访")
NUMBER = re.compile(r"<b>(\d+)</b>([\u4e00-\u9fff]+)")


def visit(path, day):
    """Fill a workbook and say in which state each of its households is then."""
    book = opened(path)
    sheet, states = book[LOOKBACK_SHEET], {}
    for row in range(2, sheet.max_row + 1):
        written = WRITTEN[row % len(WRITTEN)]
        for heading, value in written.items():
            sheet.cell(row, PLACES[heading]).value = value
        if written:
            sheet.cell(row, PLACES["走访日期"]).value = day.isoformat()
        states[sheet.cell(row, PLACES["户编号"]).value] = STATES[row % len(WRITTEN)]
    book.save(path)
    return states


@pytest.fixture(scope="module")
def office(whole, tmp_path_factory):
    """Workbooks of every township come back three weeks after the list, half filled in."""
    copy = whole.copied(tmp_path_factory.mktemp("ledger") / "huitou")
    before = copy.huitou("progress")
    assert copy.huitou("workbooks", "handed").returncode == 0
    books = sorted((copy.folder / "handed").rglob("*.xlsx"))
    listed = pl.read_parquet(copy.release() / "watchlist.parquet")
    day = listed["as_of_date"].max() + timedelta(days=21)
    states = {home: state for path in books for home, state in visit(path, day).items()}
    read = copy.huitou("lookback", *books)
    assert read.returncode == 0, read.stderr
    after = copy.huitou("progress", "out")
    assert after.returncode == 0, after.stderr
    return SimpleNamespace(
        folder=copy.folder,
        huitou=copy.huitou,
        listed=listed,
        states=states,
        before=before.stdout,
        after=after.stdout,
        release=copy.release(),
    )


def total(text):
    """Read the counts of the last row: listed, visited, to repeat, to correct, not visited, overdue ..."""
    (line,) = [line for line in text.splitlines() if line.startswith("合计")]
    return [int(count) for count in re.split(r"  +", line)[1:]]


def counted(office, *states):
    return sum(state in states for state in office.states.values())


def test_before_anybody_went_the_whole_list_is_to_be_visited(office):
    listed, visited, to_repeat, to_correct, not_visited, *_ = total(office.before)
    assert (listed, visited, to_repeat, to_correct) == (len(office.listed), 0, 0, 0)
    assert not_visited == listed


def test_after_half_was_visited_the_terminal_adds_up_to_the_list(office):
    listed, visited, to_repeat, to_correct, not_visited, *_ = total(office.after)
    assert listed == len(office.listed) == visited + to_repeat + to_correct + not_visited
    assert visited == counted(office, "已完成", "已走访")
    assert to_repeat == counted(office, "户主不在家待补访")
    assert 0 < visited < listed


@pytest.mark.parametrize("level", ["county", "township", "village"])
def test_every_level_adds_up_to_the_list_of_its_place(office, level):
    place = office.listed[f"{level}_id"][0]
    of_place = office.listed.filter(pl.col(f"{level}_id") == place)
    assert total(office.huitou("progress", f"--{level}", place).stdout)[0] == len(of_place)


def test_every_household_of_the_list_is_one_row_of_the_ledger_in_its_state(office):
    rows = {}
    for path in (office.folder / "out").glob("*.xlsx"):
        heads, *cells = (list(row) for row in opened(path)["台账"].values)
        home, state = heads.index("户编号"), heads.index("状态")
        rows |= {row[home]: row[state] for row in cells}
        assert len(cells) == len(office.listed.filter(county_id=path.stem))
    assert rows == office.states


def test_pages_and_boards_say_what_the_terminal_says(office):
    for folder in ("out", "out/boards"):
        pages = sorted((office.folder / folder).glob("*.html"))
        counts = [{name: int(count) for count, name in NUMBER.findall(_block(page))} for page in pages]
        sums = [
            sum(one[name] for one in counts)
            for name in ("应访", "已访", "待补访", "退回更正", "未访", "逾期")
        ]
        assert sums == total(office.after)[:6]


def _block(page):
    text = page.read_text(encoding="utf-8")
    return text.partition('<section class="visits">')[2].partition("<table>")[0] or text


def test_the_released_board_begins_with_the_plan_and_keeps_all_else(office):
    for released in office.release.glob("boards/*.html"):
        plan = released.read_text(encoding="utf-8")
        now = (office.folder / "out/boards" / released.name).read_text(encoding="utf-8")
        listed = len(office.listed.filter(county_id=released.stem))
        assert f"应访 <b>{listed}</b> 户" in plan
        assert "逾期" not in plan
        assert plan.partition("<!-- visits -->")[0] == now.partition("<!-- visits -->")[0]
        assert plan.partition("<!-- end of visits -->")[2] == now.partition("<!-- end of visits -->")[2]


def test_as_of_a_day_on_which_nothing_had_come_back_nobody_was_visited(office):
    season = str(office.listed["as_of_date"].max())
    early = office.huitou("progress", "--as-of", season).stdout
    assert total(early)[1] == 0
    assert season_end("2025Q4") == date.fromisoformat(season)


def test_named_files_say_who_lives_there_and_no_other_output_does(office):
    assert office.huitou("progress", "named", "--with-names").returncode == 0
    heads, first, *_ = (list(row) for path in _first(office, "named") for row in opened(path)["台账"].values)
    head = first[heads.index("户主")]
    assert head
    for path in _first(office, "out"):
        assert "户主" not in [str(cell) for cell in next(iter(opened(path)["台账"].values))]
    said = f"{office.before}{office.after}"
    assert head not in said
    made = [path for path in (office.folder / "named").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def _first(office, folder):
    return sorted((office.folder / folder).glob("*.xlsx"))[:1]
