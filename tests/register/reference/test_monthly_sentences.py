"""What stands above and below the forms of the month."""

from string import Formatter
from typing import get_args

import pytest

from register.errors import ParamsError
from register.reference.monthly_forms import Form
from register.reference.monthly_sentences import form_sentences
from tests.register.reference.spoilt import spoilt

FACTS = {"place", "month", "day"}


@pytest.mark.parametrize("form", get_args(Form))
def test_every_form_has_one_title_and_says_that_no_score_stands_on_it(form):
    sentences = form_sentences(form)
    assert [one.place for one in sentences].count("title") == 1
    words = " ".join(one.zh for one in sentences)
    assert "没有评分" in words


@pytest.mark.parametrize("form", get_args(Form))
def test_braces_hold_known_facts_in_both_languages(form):
    for one in form_sentences(form):
        for words in (one.zh, one.en):
            assert {name for _, name, _, _ in Formatter().parse(words) if name is not None} <= FACTS


def test_the_notice_hangs_five_days_and_says_where_to_object():
    words = " ".join(one.zh for one in form_sentences("notice"))
    assert "不少于5天" in words
    assert "异议" in words


@pytest.mark.parametrize("changes", [{"paper": "poster"}, {"place": "beside"}, {"source": None}])
def test_an_entry_that_is_no_sentence_does_not_load(tmp_path, changes):
    with pytest.raises(ParamsError, match=r"monthly_sentences.yaml entry 1:"):
        form_sentences("statistics", spoilt(tmp_path, "monthly_sentences.yaml", 0, **changes))
