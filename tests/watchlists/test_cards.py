import re

import pytest

from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import labels, listed_row
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.cards import write_cards
from watchlists.shown import dressed


def card(tmp_path, row):
    write_cards(tmp_path / "T1.html", [dressed(row, labels())], "2025Q4", simulated=True)
    return (tmp_path / "T1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", INJECTIONS)
def test_every_text_is_escaped(tmp_path, text):
    page = card(tmp_path, listed_row(text, township_id=text, reasons_zh=text, reasons_en=text))
    assert "<script" not in page
    assert "49" not in re.findall(r'class="id">([^<]*)<', page)


def test_a_card_needs_no_network(tmp_path):
    assert not re.search(r"(src|href|url)\s*[=(]", card(tmp_path, listed_row()))


def test_a_card_says_what_a_score_is_for_and_that_data_are_simulated(tmp_path):
    page = card(tmp_path, listed_row())
    assert NOTICE_ZH in page
    assert NOTICE_EN in page
    assert "模拟数据 simulated data" in page


def test_a_cause_is_a_multiplier_of_the_odds_and_small_effects_are_left_out(tmp_path):
    page = card(tmp_path, {**listed_row(), "phi_illness": 0.833, "phi_water": 0.01})
    assert "×2.3" in page
    assert "unsafe water" not in page
