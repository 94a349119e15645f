import re

import pytest

from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import FALLS, LINE, UNKNOWN_FRESH, listed_row, reference_names
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.pages.cards import write_cards
from watchlists.reasons.household_view import household_view


def card(tmp_path, row):
    write_cards(
        tmp_path / "T1.html", [household_view(row, reference_names())], "2025Q4", FALLS, LINE, simulated=True
    )
    return (tmp_path / "T1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", INJECTIONS)
def test_every_text_is_escaped(tmp_path, text):
    page = card(
        tmp_path, listed_row(text, township_id=text, village_name=text, points_zh=[text], points_en=[text])
    )
    assert "<script" not in page
    assert "49" not in re.findall(r'class="id">([^<]*)<', page)


def test_a_card_needs_no_network(tmp_path):
    assert not re.search(r"(src|href|url)\s*[=(]", card(tmp_path, listed_row()))


def test_a_card_says_what_a_score_is_for_and_that_data_are_simulated(tmp_path):
    page = card(tmp_path, listed_row())
    assert NOTICE_ZH in page
    assert NOTICE_EN in page
    assert "模拟数据 simulated data" in page


def test_a_card_tells_what_fits_what_is_given_and_what_calls_for_a_word(tmp_path):
    page = card(
        tmp_path,
        listed_row(measures=["health", "social"], measures_in_force=["social"], lacks_follow_up=True),
    )
    assert "健康帮扶、社会帮扶（在享）" in page
    assert "health support, social help (in force)" in page
    assert "易地搬迁户，未见后续扶持措施。" in page


def test_a_card_says_why_the_household_entered(tmp_path):
    page = card(tmp_path, listed_row(change="entered", why_entered="facts_worsened", listed_by="cover"))
    assert "新入列：情况变差 entered: facts worsened" in page
    assert "最低覆盖 reserved visit" in page


def test_a_named_cause_has_a_factor_and_a_standing_weakness_only_a_bar(tmp_path):
    row = listed_row(phi_income=1.0, vulnerability=["income"], phi_water=0.3)
    page = card(tmp_path, {**row, "fresh_illness": 0.833})
    assert re.search(r"因病 .*×2\.3", page)
    assert re.search(r'收入水平 <span class="en">level of income</span></td><td class="factor"></td>', page)
    assert "近一年的变化" in page
    assert "长期处境" in page
    assert "unsafe water" not in page


def test_a_card_gives_no_interval_that_is_not_true_of_the_household(tmp_path):
    assert re.search(r'class="risk">10% <small>一年内返贫风险', card(tmp_path, listed_row()))


def test_a_card_of_a_published_order_shows_what_the_order_counts(tmp_path):
    page = card(tmp_path, listed_row(risk=None, **UNKNOWN_FRESH))
    assert "计入排序的方面" in page
    assert "按公布的排序，不是概率" in page
