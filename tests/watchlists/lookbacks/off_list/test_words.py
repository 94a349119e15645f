"""What is said of a household that cannot be made out: both languages, and what to do next."""

import re

import pytest

from watchlists.lookbacks.off_list import words

SAID = {name: value for name, value in vars(words).items() if name.isupper()}


@pytest.mark.parametrize("name", SAID)
def test_reason_and_step_stand_in_chinese_and_english(name):
    for text in SAID[name]:
        zh, _, en = text.partition(" / ")
        assert re.search(r"[一-鿿]", zh)
        assert en
        assert not re.search(r"[一-鿿]", en.replace("回头看", ""))


@pytest.mark.parametrize("name", SAID)
def test_what_a_sentence_takes_stands_in_both_languages(name):
    reason, step = SAID[name]
    zh, _, en = reason.partition(" / ")
    assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en))
    assert "{" not in step
