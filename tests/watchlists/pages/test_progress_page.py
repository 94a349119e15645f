"""The page of a county's progress: whole households, every text escaped, in the language asked for."""

import re
from datetime import date

import polars as pl
import pytest

from tests.watchlists.injections import INJECTIONS
from tests.watchlists.ledgers import came_back, ledger, listed, visit
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.ledger.progress_tables import tables_of
from watchlists.pages.progress_page import write_progress_page

FACTS = {"place": "C1", "season": "2025Q4", "day": "2026-02-10", "list_id": "0" * 16, "simulated": True}


def page(tmp_path, tasks, language="zh", rows=None, **facts):
    target = tmp_path / "C1.html"
    write_progress_page(
        target, tables_of(tasks, language), rows or tasks.to_dicts(), {**FACTS, **facts}, language
    )
    return target.read_text(encoding="utf-8")


def half_visited(**changes):
    """A duty nobody went to, a risk confirmed without a measure, and one that was not confirmed."""
    rows = [listed("H1", by="rule"), listed("H2", rank=2), listed("H3", rank=3)]
    tasks = ledger(rows, came_back(visit("H2"), visit("H3", result="not_confirmed")))
    return tasks.with_columns(pl.lit(value, pl.String()).alias(name) for name, value in changes.items())


def test_the_county_stands_first_then_its_places_then_who_is_late(tmp_path):
    text = page(tmp_path, half_visited())
    assert "<b>3</b>应访" in text
    assert text.count('<tr class="total">') == 2, "townships and villages; nobody is named"
    late = text.partition("逾期的户")[2]
    assert "H1" in late
    assert "措施应落实日期" in late
    assert "逾期未落实" in late
    assert "H3" not in late


def test_people_have_a_table_where_anybody_is_named(tmp_path):
    assert "<h2>责任人</h2>" in page(tmp_path, half_visited(responsible="张三"))
    assert "<h2>责任人</h2>" not in page(tmp_path, half_visited())


def test_a_named_copy_says_whom_to_go_to(tmp_path):
    rows = [{**row, "head": "欧阳", "phone": "199"} for row in half_visited().to_dicts()]
    text = page(tmp_path, half_visited(), rows=rows)
    assert "欧阳 199" in text
    assert "户主" in text


@pytest.mark.parametrize(
    ("language", "here", "away"),
    [("zh", ["应访", NOTICE_ZH], ["listed", NOTICE_EN]), ("en", ["listed", NOTICE_EN], ["应访", NOTICE_ZH])],
)
def test_a_page_is_in_one_language_or_in_both(tmp_path, language, here, away):
    text = page(tmp_path, half_visited(), language)
    assert all(word in text for word in here)
    assert not any(word in text for word in away)
    assert all(word in page(tmp_path, half_visited(), "both") for word in [*here, *away])


def test_where_nothing_is_late_it_says_so(tmp_path):
    early = ledger([listed()], came_back(), date(2026, 1, 2))
    assert "没有逾期的户。" in page(tmp_path, early)


def test_no_count_is_a_fraction(tmp_path):
    assert not re.search(r">\d+\.\d", page(tmp_path, half_visited()).partition("<body>")[2])


@pytest.mark.parametrize("text", INJECTIONS)
def test_every_text_is_escaped_and_no_network_is_needed(tmp_path, text):
    names = dict.fromkeys(("responsible", "responsible_phone", "group", "village_name"), text)
    rows = [{**row, "head": text, "phone": text} for row in half_visited(**names).to_dicts()]
    shown = page(tmp_path, half_visited(**names), rows=rows, place=text, season=text)
    assert "<script" not in shown
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?http", shown)
