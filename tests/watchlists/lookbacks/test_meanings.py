"""A cell says what only one thing can be meant by; the rest stays as it was written, to be refused."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.reference.equivalents import equivalents
from register.seasons import season_end
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.meanings import codes_by_word, contract_values, plain

SEASONS = st.sampled_from(["2023Q4", "2024Q1", "2025Q2", "2025Q3", "2025Q4"])
CODED = [name for name, column in LOOKBACKS.by_name.items() if column.meanings]


def value(field, text, season="2025Q4"):
    return contract_values(field, pl.Series([text], dtype=pl.String), season).item()


@given(SEASONS, st.integers(0, 180))
def test_a_day_without_its_year_is_the_one_within_the_months_of_the_list(season, days):
    day = season_end(season) + timedelta(days=days)
    assert value("visited_on", f"{day.month}月{day.day}日", season) == day.isoformat()


@given(SEASONS, st.integers(190, 360))
def test_a_day_that_lies_in_no_month_of_the_list_gets_no_year(season, days):
    day = season_end(season) + timedelta(days=days)
    text = f"{day.month}月{day.day}日"
    assert value("visited_on", text, season) == text


def test_the_end_of_february_has_a_year_only_where_it_is_one():
    assert value("visited_on", "2月29日", "2023Q4") == date(2024, 2, 29).isoformat()
    assert value("visited_on", "2月29日", "2025Q4") == "2月29日"


@pytest.mark.parametrize("field", CODED)
def test_every_word_of_a_list_and_of_the_table_of_equivalents_is_known(field):
    column = LOOKBACKS.by_name[field]
    for code, zh in column.meanings.items():
        assert value(field, f"　{zh}。") == code
    for word, code in equivalents().get(field, {}).items():
        assert value(field, word) == code


@pytest.mark.parametrize("field", CODED)
def test_no_word_means_two_codes_when_it_is_written_plainly(field):
    written = [*LOOKBACKS.by_name[field].meanings.values(), *equivalents().get(field, {})]
    assert len({plain(word) for word in written}) == len(written)
    assert len(codes_by_word(field)) >= len(written)


@given(st.lists(st.sampled_from(list(codes_by_word("causes_found"))), min_size=1, max_size=5))
def test_several_words_become_their_codes_in_their_order_and_none_twice(words):
    codes = codes_by_word("causes_found")
    assert value("causes_found", "、".join(words)) == ";".join(dict.fromkeys(codes[word] for word in words))


@pytest.mark.parametrize("text", ["因病、懒", "因病因残", "懒", "因病 懒"])
def test_one_unknown_word_leaves_the_whole_cell_as_it_was(text):
    assert value("causes_found", text) == text


def test_a_blank_cell_says_nothing():
    assert value("result", " 　") is None
