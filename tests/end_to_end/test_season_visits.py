"""One season: a list, half of it visited and read back, and the next list of the season knows."""

import re

import polars as pl
import pytest

from register.lookback_store import LookbackStore, visits_today
from register.off_list_store import off_list_store
from tests.end_to_end.batches import handed_out_and_filled, read_in_batches
from tests.end_to_end.conftest import make_workspace
from tests.end_to_end.test_ledger import total
from tests.watchlists.handed_out import opened
from watchlists.visits.season_visits import DONE_WITH, season_visits

SEASON = "2024Q1"
HIGH_RISK = 0.05
TO = "临翔区 李红"
#: In which visits were made (`tests.officers.DAYS`).
MONTHS = ("2024-04", "2024-05", "2024-06")


def few_visits(params):
    """So few that many at high risk find no place."""
    params["season"] = SEASON
    params["watchlist"]["high_risk"] = HIGH_RISK
    params["watchlist"]["capacity"] |= {"visits": 5, "share": "need", "floor": 2}


def released(office, name):
    return pl.read_parquet(office.folder / "releases" / SEASON / f"{name}.parquet")


def books(office, sheet):
    """Every row of a sheet of the season's workbooks, as cells by heading."""
    for path in sorted((office.folder / "releases" / SEASON / "workbooks").glob("*/*.xlsx")):
        first, *rows = opened(path)[sheet].iter_rows()
        yield from ({head.value: cell for head, cell in zip(first, row, strict=True)} for row in rows)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The analyst lists and hands out; half comes back in three batches, and the season is listed again."""
    office = make_workspace(tmp_path_factory.mktemp("season") / "huitou")
    office.change_params(few_visits)
    done = office.huitou("run")
    assert done.returncode == 0, done.stderr
    names = ("scores", "watchlist", "left", "high_off_list", "boards")
    office.before = {name: released(office, name) for name in names}
    office.filled = handed_out_and_filled(office, SEASON, TO)
    office.otherwise, office.withdrawn = read_in_batches(office, SEASON)
    office.after = office.huitou("progress", "progress", "--season", SEASON)
    office.months = [office.huitou("monthly", one, f"papers {one}") for one in MONTHS]
    again = office.huitou("run")
    assert again.returncode == 0, again.stderr
    place, key_file = office.folder / "lookbacks", next(office.folder.parent.rglob("seal.key"))
    office.visits = season_visits(LookbackStore(place, key_file).records(), SEASON, "simulator")
    office.off_list = visits_today(off_list_store(place, key_file).records())
    return office


def found(office, *results):
    return set(office.visits.filter(pl.col("visit_result").is_in(results))["household_id"])


def test_half_of_the_list_was_visited_and_some_had_moved_or_were_helped(office):
    assert len(found(office, "confirmed", "not_confirmed")) > 10
    assert found(office, *DONE_WITH)
    assert len(office.visits) < len(office.before["watchlist"])


def test_whoever_got_the_workbooks_is_on_record_by_their_hashes(office):
    done = office.huitou("handouts")
    handed = [line for line in done.stdout.splitlines() if TO in line]
    assert len(handed) == len(list((office.folder / "handed").rglob("*.xlsx")))
    said = office.huitou("events").stdout.splitlines()[1:]
    acts = [re.split(r"  +", line)[2] for line in said]
    assert acts[:5] == ["workbooks", *3 * ["lookback"], "visits withdraw"]


def test_of_two_who_disagree_neither_counts_until_the_sheet_that_came_back_is_corrected(office):
    assert "待更正的行 rows to be corrected: 1" in office.read[1]
    assert "待更正的行" not in office.read[2]
    assert total(office.between.stdout)[3] == 1
    (visit,) = office.visits.filter(household_id=office.otherwise).iter_rows(named=True)
    assert visit["visit_result"] == "not_confirmed"


def test_a_withdrawn_visit_counts_for_nobody(office):
    assert office.withdrawn not in office.visits["household_id"]
    (row,) = released(office, "watchlist").filter(household_id=office.withdrawn).iter_rows(named=True)
    assert row["last_visit_on"] is None


def test_progress_adds_up_to_the_list(office):
    listed, visited, to_repeat, to_correct, not_visited, *_ = total(office.after.stdout)
    assert listed == len(office.before["watchlist"]) == visited + to_repeat + to_correct + not_visited
    assert visited == len(office.visits)
    assert (to_repeat, to_correct) == (0, 0)


def test_the_months_add_up_to_the_visits_on_the_list_and_off_it(office):
    said = [dict(re.findall(r"(\S+) [a-z ]+: (\d+)", one.stdout)) for one in office.months]
    every = [*office.visits["visit_result"], *office.off_list["result"]]
    assert sum(int(one["已访"]) for one in said) == len(every)
    assert sum(int(one["风险属实"]) for one in said) == every.count("confirmed")


def test_no_score_knows_of_a_visit(office):
    assert released(office, "scores").equals(office.before["scores"])


def test_who_was_visited_stays_with_what_was_found(office):
    listed = released(office, "watchlist")
    visited = listed.filter(pl.col("visit_result").is_in(["confirmed", "not_confirmed"]))
    assert set(visited["household_id"]) == found(office, "confirmed", "not_confirmed")
    assert (
        visited.select("household_id", "last_visit_on", "visit_result")
        .sort("household_id")
        .equals(
            office.visits.filter(pl.col("household_id").is_in(visited["household_id"].implode())).select(
                "household_id", "last_visit_on", "visit_result"
            )
        )
    )


def test_who_moved_away_or_was_helped_leaves_with_that_reason_and_the_next_in_order_come_in(office):
    before, listed, left = office.before["watchlist"], released(office, "watchlist"), released(office, "left")
    assert dict(left.select("household_id", "why_left").iter_rows()) == dict(
        office.visits.filter(pl.col("visit_result").is_in(DONE_WITH))
        .select("household_id", "visit_result")
        .iter_rows()
    )
    counts = [one.group_by("county_id").len().sort("county_id") for one in (listed, before)]
    assert counts[0].equals(counts[1])
    entered = listed.filter(~pl.col("household_id").is_in(before["household_id"].implode()))
    assert len(entered) == len(left)
    assert set(entered["change"]) == {"entered"}
    assert set(entered["why_entered"]) == {"places_freed"}
    assert set(listed["change"]) == {"entered", "stayed"}


def test_the_sheet_knows_and_asks_nothing_of_a_visit_twice(office):
    visited = found(office, "confirmed", "not_confirmed")
    listed = {row["户编号"].value: row for row in books(office, "名单") if "已走访" in row}
    assert visited <= listed.keys()
    assert all(listed[one]["已走访"].value[:5] == "2024-" for one in visited)
    rows = list(books(office, "回头看"))
    assert visited < {row["户编号"].value for row in rows}
    for row in rows:
        is_closed = row["核实结果"].protection.locked
        assert is_closed == (row["户编号"].value in visited)
        assert row["核实结果"].value is None


def test_the_guide_of_a_township_says_how_many_were_visited(office):
    path = sorted((office.folder / "releases" / SEASON / "workbooks").glob("*/*.xlsx"))
    told = ["".join(str(cell.value) for cell in opened(one)["说明"]["A"]) for one in path]
    assert sum("户不再走访" in one for one in told) == len(office.filled)


def test_the_new_workbooks_are_read_back_with_nothing_left_unread(office):
    """Nobody has filled them in yet: every row is unfilled, and no column is taken for the office's own."""
    paths = sorted((office.folder / "releases" / SEASON / "workbooks").glob("*/*.xlsx"))
    done = office.huitou("lookback", *map(str, paths))
    assert done.returncode == 0, done.stderr
    assert "不是发放时的列" not in done.stdout
    assert "采纳 accepted 0 " in done.stdout
    assert "quarantined 0" in done.stdout


def test_a_county_gets_its_high_risk_that_found_no_place_apart_and_the_board_counts_it(office):
    off_list, scores = released(office, "high_off_list"), released(office, "scores")
    listed = released(office, "watchlist")["household_id"].implode()
    high = scores.filter(pl.col("risk") >= HIGH_RISK, ~pl.col("household_id").is_in(listed))
    gone = found(office, *DONE_WITH)
    assert len(high) > 20
    assert set(off_list["household_id"]) == set(high["household_id"]) - gone
    for county, rows in off_list.group_by("county_id"):
        path = office.folder / "releases" / SEASON / "off_list" / f"{county[0]}.xlsx"
        sheet = opened(path)["名单外高风险户"]
        heads = [cell.value for cell in sheet[1]]
        ids = [row[heads.index("户编号")].value for row in sheet.iter_rows(min_row=2)]
        assert ids == rows["household_id"].to_list()
        assert rows["risk"].is_sorted(descending=True)
        assert sheet.cell(2, heads.index("为什么现在去") + 1).value
        board = (office.folder / "releases" / SEASON / "boards" / f"{county[0]}.html").read_text("utf-8")
        assert "名单外高风险户" in board


def test_places_have_names_on_sheets_boards_and_in_what_the_terminal_says(office):
    done = office.huitou("workbooks", "again", "--season", SEASON)
    assert done.returncode == 0, done.stderr
    assert "模拟县01 模拟乡01（530901 530901T01）" in done.stdout
    assert "off_list/530901.xlsx  模拟县01（530901） 名单外高风险户" in done.stdout
    board = (office.folder / "releases" / SEASON / "boards" / "530901.html").read_text("utf-8")
    assert "模拟县01 530901" in board
    assert "模拟乡01 530901T01" in board


def test_the_same_visits_give_the_same_bytes(office):
    folder = office.folder / "artifacts" / "watchlist"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = office.stage("watchlist", PYTHONHASHSEED="4711")
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
