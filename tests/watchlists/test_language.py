import pytest

from watchlists.language import in_language


@pytest.mark.parametrize(
    ("words", "both"),
    [(("户主", "head"), "户主 head"), (("T1", "T1"), "T1"), (("", "none"), "none"), (("", ""), "")],
)
def test_both_languages_stand_one_after_the_other_and_nothing_stands_twice(words, both):
    assert in_language(words, "both") == both
    assert (in_language(words, "zh"), in_language(words, "en")) == words
