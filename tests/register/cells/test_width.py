"""Chinese takes two places; what has none takes none."""

import pytest

from register.cells.width import padded, text_width


@pytest.mark.parametrize(("text", "places"), [("", 0), ("id", 2), ("户编号", 6), ("户\nid", 4), ("“户”", 4)])
def test_a_text_takes_as_many_places_as_it_is_drawn_with(text, places):
    assert text_width(text) == places


def test_what_is_wide_enough_is_left_as_it_is():
    assert [padded(text, 4) for text in ("户", "户编", "户编号")] == ["户  ", "户编", "户编号"]
