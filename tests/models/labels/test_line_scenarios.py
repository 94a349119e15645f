"""A line that rose by 15 % in 2024 and by 4 % in 2025: the rises that risks are read for."""

from datetime import date

import pytest

from models.labels.label_rules import OBSERVED, LabelRules
from models.labels.line_scenarios import CAME, assumed_change, line_scenarios
from tests.households import household
from tests.models.labels.test_line_changes import RULES, village

SHARD = village(household("H1", income=200))
DAY, END = date(2024, 3, 31), date(2025, 6, 30)


def ruled(line_rise):
    return LabelRules.of({**RULES.written(), "line_rise": line_rise}, "label")


def test_carried_assumes_the_last_change_known_at_the_day_and_no_later_one():
    assert assumed_change(SHARD, DAY, RULES) == pytest.approx(1.15)
    assert assumed_change(SHARD, date(2025, 1, 1), RULES) == pytest.approx(1.04)


def test_a_stated_rise_is_assumed_whatever_the_line_did():
    assert assumed_change(SHARD, DAY, ruled(0.02)) == pytest.approx(1.02)
    assert assumed_change(SHARD, DAY, ruled(0)) == 1.0


def test_where_labels_are_read_as_the_line_was_nothing_is_assumed_or_stated():
    assert assumed_change(SHARD, DAY, ruled(OBSERVED)) is None
    assert line_scenarios(SHARD, DAY, ruled(OBSERVED), [0.0, 0.15], END) == {}


def test_the_rise_that_came_stands_first_and_the_others_by_their_name():
    stated = line_scenarios(SHARD, DAY, RULES, [0.0, 0.15], END)
    assert list(stated) == [CAME, "0.0", "0.15"]
    assert list(stated.values()) == pytest.approx([1.04, 1.0, 1.15])


def test_of_a_window_still_open_no_rise_came():
    """The window of March 2025 closes a year later."""
    assert CAME not in line_scenarios(SHARD, date(2025, 3, 31), RULES, [0.0], END)
