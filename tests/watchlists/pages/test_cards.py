import re

import pytest

from register.lookback_store import WITHDRAWN
from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import FALLS, LINE, UNKNOWN_FRESH, listed_row, reference_names
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.pages.cards import write_cards
from watchlists.reasons.household_view import household_view

MARK = "2025Q4-0123456789abcdef"


def card(tmp_path, *rows, language="zh"):
    views = [{**row, **household_view(row, reference_names(), language)} for row in rows]
    write_cards(tmp_path / "T1.html", views, "2025Q4", MARK, FALLS, LINE, language, simulated=True)
    return (tmp_path / "T1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", INJECTIONS)
def test_every_text_is_escaped(tmp_path, text):
    page = card(
        tmp_path,
        listed_row(text, township_id=text, village_name=text, now_zh=[text], head=text, address=text),
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


def test_a_card_tells_why_now_how_it_stands_what_to_check_and_what_could_fit(tmp_path):
    page = card(tmp_path, listed_row(lacks_follow_up=True))
    for words in (
        "因病：户主（54岁）看病自付28,000元",
        "3口人，1人能劳动",
        "户主（54岁），普通劳动力",
        "医药费报销结算了没有",
        "健康帮扶：户主（54岁）",
        "易地搬迁户，未见后续扶持措施。",
    ):
        assert words in page


def test_a_card_can_be_filled_in_like_the_sheet(tmp_path):
    page = card(tmp_path, listed_row())
    for name in ("result", "causes_found", "measures_begun", "contact"):
        for code, word in LOOKBACKS.by_name[name].meanings.items():
            assert (f"□ {word}" in page) == (code != WITHDRAWN)  # nobody withdraws on the card of a visit
    for words in ("走访日期：", "备注：", "走访人签字：", "户主签字：", MARK):
        assert words in page


def test_a_card_says_who_and_where_only_in_a_named_copy(tmp_path):
    assert "户主：________" in card(tmp_path, listed_row())
    page = card(tmp_path, listed_row(head="王金丝", address="一组", phone="199"))
    assert "王金丝" in page
    assert "户主：________" not in page


def test_cards_of_a_village_stand_together_by_group(tmp_path):
    places = [("V2", "一组", 1), ("V1", "二组", 2), ("V1", "一组", 3)]
    page = card(
        tmp_path,
        *(
            listed_row(f"H{rank}", village_id=village, address=group, rank=rank)
            for village, group, rank in places
        ),
    )
    assert re.findall(r'class="order">(\d)<', page) == ["3", "2", "1"]


def test_a_card_says_why_the_household_entered(tmp_path):
    page = card(tmp_path, listed_row(change="entered", why_entered="facts_worsened", listed_by="cover"))
    assert "新入列：情况变差" in page
    assert "最低覆盖" in page


def test_a_card_says_nothing_of_odds_and_parts(tmp_path):
    assert not re.search(r"×\d|归因|几率|全年需求", card(tmp_path, listed_row()))


def test_a_card_gives_no_interval_that_is_not_true_of_the_household(tmp_path):
    assert re.search(r'class="risk">一年内返贫风险 10%', card(tmp_path, listed_row()))


def test_a_card_of_a_published_order_gives_no_probability(tmp_path):
    page = card(tmp_path, listed_row(risk=None, **UNKNOWN_FRESH))
    assert "按公布的排序，不是概率" in page


def test_a_card_is_english_where_that_is_asked_for(tmp_path):
    page = card(tmp_path, listed_row(), language="en")
    assert "Why now" in page
    assert "为什么现在去" not in page
    assert "□ not confirmed" in page
    assert "为什么现在去 Why now" in card(tmp_path, listed_row(), language="both")
