"""What a listed household looks like on card and sheet."""

from tests.watchlists.lists import listed_row, reference_names
from watchlists.reasons.household_view import household_view


def test_a_main_cause_the_members_agree_on_stands_alone_and_another_is_marked():
    firm, weak = (household_view(listed_row(main_cause_support=one), reference_names()) for one in (1.0, 0.5))
    assert firm["main_cause_shown"] == "因病 illness"
    assert weak["main_cause_shown"] == "因病 illness（依据不足） (weakly supported)"


def test_an_older_list_that_does_not_tell_the_support_marks_nothing():
    assert (
        household_view(listed_row(main_cause_support=None), reference_names())["main_cause_shown"]
        == "因病 illness"
    )
