"""The page of one household: both axes drawn, one where nothing is split."""

from register.reference import levers
from tests.watchlists.explaining import CHANGED, as_it_was, kept, released, scored
from tests.watchlists.lists import UNKNOWN_FRESH, reference_names
from watchlists.pages.explanation_page import explanation_page
from watchlists.reasons.explanation import Reference, explanation

REFERENCE = Reference(reference_names(), levers())


def page(release):
    return explanation_page(explanation(release, "H1", REFERENCE))


def test_every_side_has_a_bar_of_the_long_term_and_one_of_the_year(tmp_path):
    """Illness came within the year (x2.2), income was low before (x4.1); nothing else is long."""
    drawn = page(released(tmp_path, [scored(**CHANGED)], [kept()]))
    assert drawn.count('class="bar long') == drawn.count('class="bar year') == 16
    assert '×2.23</td><td class="scale"><div class="axis"><div class="bar year up"' in drawn
    assert '×4.06</td><td class="scale"><div class="axis"><div class="bar long up"' in drawn
    assert "change of the last year" in drawn


def test_of_a_newcomer_the_long_term_alone_is_drawn(tmp_path):
    unnamed = {"named_causes": [], "main_cause": None, **UNKNOWN_FRESH}
    drawn = page(released(tmp_path, [scored(**CHANGED, **unnamed)], [kept()]))
    assert drawn.count('class="bar long') == 16
    assert 'class="bar year' not in drawn


def test_an_older_release_has_one_bar_a_side(tmp_path):
    drawn = page(released(tmp_path, [scored(**CHANGED)], [kept()], shaped=as_it_was))
    assert drawn.count('class="bar whole') == 16
    assert "change of the last year" not in drawn
