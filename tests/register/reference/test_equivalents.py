"""The published table of words that are taken for those of the look-back."""

import pytest

from register.errors import ParamsError
from register.reference.equivalents import equivalent_rows, equivalents
from register.tables.lookbacks import LOOKBACKS

ENTRY = "- {{column: {}, code: {}, words: [{}], effective_from: 2021-05-01, source: project}}\n"


def test_every_word_is_taken_for_one_code_and_is_none_of_the_drop_down_list():
    for column, words in equivalents().items():
        assert set(words.values()) <= set(LOOKBACKS.by_name[column].codes)
        assert not set(words) & set(LOOKBACKS.by_name[column].meanings.values())


@pytest.mark.parametrize(
    ("column", "word", "code"),
    [
        ("result", "基本属实", "confirmed"),
        ("result", "无风险", "not_confirmed"),
        ("causes_found", "生病", "illness"),
        ("role", "村支书", "village_cadre"),
        ("measures_begun", "低保", "social_security"),
    ],
)
def test_words_of_returned_sheets_are_known(column, word, code):
    assert equivalents()[column][word] == code


def test_people_read_headings_and_words_and_no_codes():
    rows = equivalent_rows()
    assert ("核实结果", "属实、基本属实、情况属实、确有风险、有风险", "风险属实") in [row[:3] for row in rows]
    assert all(source for *_, source in rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            ENTRY.format("result", "confirmed", "对") + ENTRY.format("result", "moved_away", "对"),
            "result 对 stands twice",
        ),
        (ENTRY.format("result", "confirmed", "风险属实"), "result 风险属实 stands twice"),
        (ENTRY.format("result", "sure", "对"), "found result sure, which table lookbacks does not have"),
        (ENTRY.format("colour", "red", "对"), "found colour red, which table lookbacks does not have"),
    ],
)
def test_a_word_with_two_meanings_or_none_is_refused(tmp_path, text, message):
    path = tmp_path / "equivalents.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError, match=message):
        equivalents(path)
