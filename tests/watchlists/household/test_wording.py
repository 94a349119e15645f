"""The one table of wording: both languages take the same words, and none of them is an evaluator's."""

from string import Formatter

import pytest

from register.tables.shocks import ACCIDENTS, DISASTERS, LOSSES
from watchlists.household.wording import KINDS_EN, WORDS, with_amount

#: Words of models and of translations that no cadre writes (findings of officers).
JARGON = ("归因", "几率", "全年需求", "全县一般", "模型", "特征", "概率", "占比")


def fields(text):
    return {name for _, name, *_ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_take_the_same_words(code):
    zh, en = WORDS[code]
    assert fields(zh) == fields(en)


@pytest.mark.parametrize("code", WORDS)
def test_nothing_a_cadre_reads_is_an_evaluators_word(code):
    assert not [word for word in JARGON if word in WORDS[code][0]]


def test_every_shock_that_is_told_has_an_english_word():
    assert set(KINDS_EN) == {*DISASTERS, *LOSSES, *ACCIDENTS}


def test_no_amount_is_told_of_nothing():
    assert with_amount("loss", None, "CNY") == with_amount("loss", 0.0, "CNY") == ("", "")
    assert with_amount("loss", 5.0, "CNY") == ("，损失5元", ", loss 5 yuan")
