"""Visits off the list judged: kept, known, or set aside with the cell, the reason and the next step."""

from datetime import date

import polars as pl
import pytest

from register.lookback_store import RECORDS, LookbackStore
from tests.watchlists.desk import DAY, cells
from tests.watchlists.handed_out import released, releases_in
from tests.watchlists.off_list import VISIT, entered, roll
from watchlists.lookbacks.off_list.household import meant
from watchlists.lookbacks.off_list.page import off_list_page
from watchlists.lookbacks.off_list.reading import judge_off_list
from watchlists.lookbacks.reading import LEDGER
from watchlists.lookbacks.sheet import read_filled

LISTED = {"household_id": "L1", "township_id": "T1", "rank": 7}


class Desk:
    """An analyst who reads pages off the list, one release and one store."""

    def __init__(self, folder):
        self.folder, self.release = folder, released(folder, "H1", LISTED)
        self.store = LookbackStore(folder / "off_list", releases_in(folder).key_file)

    def book(self, name, *rows, **more):
        return entered(self.release, self.folder / name, *rows, **more)

    def read(self, *paths, day=DAY):
        pages = []
        for path in paths:
            page = off_list_page(read_filled(path))
            homes = [meant(row, roll(), lambda one: one) for row in page.who.iter_rows(named=True)]
            pages.append((page, self.release, homes))
        done = judge_off_list(pages, self.store.records(), day)
        for row in done.ledger.iter_rows(named=True):
            assert row["rows_in"] == sum(row[name] for name in LEDGER[1:])
        if len(done.accepted):
            self.store.append(done.accepted, [])
        return done


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def counts(done):
    return done.ledger.select("rows_in", "accepted", "quarantined", "duplicates").row(0)


def test_a_visit_is_kept_under_the_household_with_its_list_and_day(desk):
    """Wang of the small village was in nobody's list; the cadre went all the same."""
    done = desk.read(desk.book("a.xlsx", {**VISIT, "head": "王桂花", "village": "小河村"}))
    assert counts(done) == (1, 1, 0, 0)
    (kept,) = done.accepted.to_dicts()
    assert {
        name: kept[name] for name in ("household_id", "county_id", "season", "result", "causes_found")
    } == {
        "household_id": "W2",
        "county_id": "C1",
        "season": "2025Q4",
        "result": "confirmed",
        "causes_found": "illness",
    }
    assert (kept["visited_on"], kept["recorded_on"]) == (date(2026, 2, 3), DAY)
    assert "王桂花" not in str(done.accepted.rows())


def test_a_household_of_the_list_is_set_aside_with_its_place_on_it(desk):
    done = desk.read(desk.book("a.xlsx", {**VISIT, "household_id": "L1"}))
    assert counts(done) == (1, 0, 1, 0)
    assert cells(done.reasons) == [("名单外走访!B2", "该户在名单上：C1 T1 走访顺序7")]
    assert done.reasons["next_step"][0].startswith("填到“回头看”表该户的行，清空本行")


def test_every_row_that_cannot_be_taken_is_said_with_its_cell_and_never_with_a_name(desk):
    rows = [
        {**VISIT, "head": "李成", "village": "大河村"},
        {**VISIT, "household_id": "W1", "result": None},
        {**VISIT, "household_id": "W1", "visited_on": "2025-12-01"},
        {**VISIT, "household_id": "W1", "visited_on": "2026-03-02"},
        {"head": "王桂花", "village": "大河村", "note": "锁门"},
        {**VISIT, "household_id": "W1", "result": "好"},
    ]
    done = desk.read(desk.book("a.xlsx", *rows))
    assert counts(done) == (6, 0, 6, 0)
    assert cells(done.reasons) == [
        ("名单外走访!B2", "所在村有2户户主同名，分不清是哪一户"),
        ("名单外走访!G3", "有填写而没有核实结果"),
        ("名单外走访!E4", "走访日期早于名单的截止日期 2025-12-31"),
        ("名单外走访!E5", "走访日期晚于读回之日 2026-03-01"),
        ("名单外走访!E6", "没有走访日期"),
        ("名单外走访!G6", "有填写而没有核实结果"),
        ("名单外走访!G7", "不是“核实结果”下拉列表中的词"),
    ]
    assert "李成" not in str(done.reasons.rows())


def test_the_same_page_again_says_nothing_new_and_a_contradiction_needs_a_correction(desk):
    row = {**VISIT, "household_id": "W1"}
    first = desk.book("a.xlsx", row)
    assert counts(desk.read(first)) == (1, 1, 0, 0)
    assert counts(desk.read(first)) == (1, 0, 0, 1)
    other = {**row, "result": "未发现风险"}
    assert counts(desk.read(desk.book("b.xlsx", other))) == (1, 0, 1, 0)
    done = desk.read(desk.book("c.xlsx", {**other, "note": "更正"}))
    assert counts(done) == (1, 1, 0, 0)
    assert len(done.remarks)
    assert desk.store.records()["result"].to_list() == ["confirmed", "not_confirmed"]


def test_two_pages_at_odds_about_one_visit_are_both_set_aside(desk):
    one = desk.book("a.xlsx", {**VISIT, "household_id": "W1"})
    other = desk.book("b.xlsx", {**VISIT, "head": "王桂花", "village": "大河村", "result": "已迁出"})
    done = desk.read(one, other)
    assert done.accepted.is_empty()
    assert done.ledger["quarantined"].to_list() == [1, 1]


def test_of_no_pages_nothing_is_read():
    nothing = pl.DataFrame(schema={**RECORDS, "reading": pl.Int64()})
    done = judge_off_list([], nothing, DAY)
    assert (len(done.accepted), len(done.reasons), len(done.ledger)) == (0, 0, 0)
