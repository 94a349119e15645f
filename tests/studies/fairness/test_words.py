import pytest

from studies.fairness import words

TEXTS = {name: text for name, text in vars(words).items() if name.isupper()}


@pytest.mark.parametrize("name", TEXTS)
def test_a_table_behind_a_text_has_the_empty_line_that_markdown_asks_for(name):
    assert TEXTS[name].endswith("\n\n") or name == "WHY"
    assert "#" in TEXTS[name]
