import re

import polars as pl
import pytest

from tests.watchlists.injections import INJECTIONS
from tests.watchlists.ledgers import SEASON, ledger, listed
from tests.watchlists.lists import FALLS, LINE, explained, forecast, reference_names, scores
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.ledger.tasks import NOTHING_BACK
from watchlists.pages.board_page import write_board
from watchlists.pages.board_season import visits_made
from watchlists.pages.board_visits import planned_visits
from watchlists.visits.boards import boards

TOLD = {
    "season": "2025Q4",
    "as_of_date": "2025-12-31",
    "rows": 1,
    "came_out": (0.6, 1.0),
    "simulated": True,
    "line": LINE,
    "visits": planned_visits(ledger([listed("H1")], NOTHING_BACK), SEASON),
    "high_risk": 0.2,
    "made": visits_made(0, 0),
}


def board(tmp_path, name="一村", changes=None, **told):
    """Forty-eight households in one village, the site S1, 38 listed, 8 at school; three, and ten, beside."""
    rows = [{**explained(f"H{n}", risk=0.25, illness=0.9), "is_listed": n < 30} for n in range(40)]
    rows += [{**row, "household_id": f"S{n}", "main_cause": "schooling"} for n, row in enumerate(rows[:8])]
    rows += [
        {**explained(f"I{n}", risk=0.1), "village_id": "T1-V2" if n < 3 else "T1-V3", "is_listed": False}
        for n in range(13)
    ]
    frame = scores(*({**row, **(changes or {})} for row in rows)).with_columns(
        site_id=pl.when(pl.col("village_id") == "T1-V1").then(pl.lit("S1"))
    )
    villages = pl.DataFrame({"village_id": ["T1-V1", "T1-V2"], "name": [name, "二村"]})
    counted = {
        "county_id": "C1",
        "policy": "list",
        "multiple": 1.0,
        "visits": 38,
        "expected": 2.2,
        "found": 1,
    }
    found = pl.DataFrame([{**counted, "season": season} for season in ("2024Q1", "2025Q4")])
    write_board(
        tmp_path / "C1.html",
        boards(frame, villages),
        found,
        reference_names().causes,
        FALLS,
        {**TOLD, **told},
    )
    return (tmp_path / "C1.html").read_text(encoding="utf-8")


def test_a_board_says_what_a_score_is_for_what_is_simulated_and_how_past_seasons_came_out(tmp_path):
    page = board(tmp_path)
    assert NOTICE_ZH in page
    assert NOTICE_EN in page
    assert "模拟数据 simulated data" in page
    assert "过去各季实际为预计的60%至100%" in page
    assert "simulated data" not in board(tmp_path, simulated=False)


def test_a_place_is_shown_with_its_falls_its_gap_and_its_causes(tmp_path):
    page = board(tmp_path)
    assert "settlement site · 1 / 1" in page
    assert '<td class="n">12</td>' in page, "48 x 0.25, in whole households"
    assert '因病 75% <span class="en">illness</span>' in page
    assert "近一年未登记新事件 10%" in page
    assert "像这样的户" not in page


def test_what_such_households_fell_by_stands_first_where_it_is_forecast(tmp_path):
    page = board(tmp_path, changes=forecast(illness=0.6, schooling=0.36, water=0.04))
    assert '因病 60% <span class="en">illness</span>；因学 36% <span class="en">schooling</span>' in page
    assert "plan by this column" in page
    assert "因安全饮水" not in page


def test_how_often_named_causes_came_true_stands_on_the_board_where_it_is_known(tmp_path):
    truth = ("列为主因的，八成属实。", "Of named causes, .80 came true.")
    assert "八成属实。 Of named causes, .80 came true." in board(tmp_path, naming_truth=truth)
    assert "came true" not in board(tmp_path, naming_truth=None)


def test_a_published_order_counts_households(tmp_path):
    page = board(tmp_path, changes={"risk": None})
    assert "规则指向的原因（户数份额）" in page
    assert "近一年未登记新事件" not in page


def test_a_village_with_few_households_is_hidden_and_with_it_the_one_a_total_would_tell(tmp_path):
    page = board(tmp_path, rows=5)
    assert page.count("户数过少，不显示 too few households to show") == 2


@pytest.mark.parametrize("text", INJECTIONS)
def test_every_text_is_escaped_and_no_network_is_needed(tmp_path, text):
    page = board(tmp_path, name=text, season=text)
    assert "<script" not in page
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?http", page)


def test_the_same_board_gives_the_same_bytes(tmp_path):
    assert board(tmp_path) == board(tmp_path)


def test_a_county_that_is_its_only_township_has_no_table_of_townships(tmp_path):
    """A survey without districts: the whole panel again would be its only row."""
    assert "township · 1 / 1" in board(tmp_path)
    assert "township · 1 / 1" not in board(tmp_path, changes={"township_id": "C1"})


def test_visits_stand_first_and_no_household_is_a_fraction(tmp_path):
    page = board(tmp_path, rows=5)
    assert page.index("走访台账") < page.index("评估户")
    assert not re.search(r"<(b|td)[^>]*>\d+\.\d", page)
