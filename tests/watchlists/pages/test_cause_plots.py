"""Pictures of the explanations page: the reader's own fonts, no library's words, the same bytes again."""

import pytest

from watchlists.pages.cause_plots import followed, names_of, side_by_side

NAMES = names_of([("因病", "illness"), ("因残", "disability")])
BAND = [(0.1, 0.9, 1.1, 1.3), (0.4, 1.0, 1.6, 2.2), (0.9, 1.2, 2.0, 3.1)]


@pytest.mark.parametrize(
    "draw", [lambda: side_by_side(NAMES, [(1.2, 2.0), (1.0, 0.5)]), lambda: followed("费用", BAND)]
)
def test_a_picture_has_the_same_bytes_again_and_no_words_of_a_library(draw):
    picture = draw()
    assert picture == draw()
    assert picture.lstrip().startswith("<?xml")
    assert "SHAP" not in picture


def test_groups_are_named_in_both_languages_and_the_axis_in_multiples():
    picture = side_by_side(NAMES, [(1.2, 2.0), (1.0, 0.5)])
    assert all(f">{name}<" in picture for name in NAMES)
    assert ">×2<" in picture
    assert "几率的倍数 multiple of the odds" in picture


@pytest.mark.parametrize(("most", "tick"), [(1.3, "×1.1"), (3.0, "×1.5"), (60.0, "×50")])
def test_the_axis_is_marked_however_far_the_multiples_reach(most, tick):
    assert f">{tick}<" in side_by_side(NAMES, [(1.0, 1.01), (1.0, 1.0)], most=most)
