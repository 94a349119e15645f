"""A line that rose by 15 % in 2024 and by 4 % in 2025, and households that live a little above it."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.labels.label_rules import CARRIED, LabelRules
from models.labels.labels import labels, labels_by_change
from models.labels.line_changes import as_if_changed, change_within, changes, last_change
from register.errors import ParamsError
from register.shard import Shard
from tests.households import household, lines_of, village_tables

RULES = LabelRules(months=12, reading="window", resources_months=3, settle_months=3, line_rise=CARRIED)
STEPS = {date(2010, 1, 1): 100.0, date(2024, 1, 1): 115.0, date(2025, 1, 1): 119.6}
ratios = st.floats(0.8, 1.3)


def village(*households, steps=STEPS):
    return under(village_tables(*households), steps)


def under(tables, steps=STEPS):
    begins = [*steps, None]
    lines = [
        lines_of(line).with_columns(
            effective_from=pl.lit(begins[at]), effective_to=pl.lit(begins[at + 1], dtype=pl.Date)
        )
        for at, line in enumerate(steps.values())
    ]
    return Shard.of(tables, pl.concat(lines))


LIVING = village_tables(household("H1", income=110))


def fell(shard, day, change=None):
    rows = pl.DataFrame({"household_id": ["H1"], "as_of_date": [day]})
    return labels(shard, rows, RULES, date(2025, 3, 31), change)["label"].to_list()[0]


def test_changes_are_told_up_to_a_day():
    shard = village(household("H1", income=200))
    assert changes(shard, date(2024, 6, 30)) == [(date(2024, 1, 1), pytest.approx(1.15))]
    assert [ratio for _, ratio in changes(shard, date(2025, 1, 1))] == pytest.approx([1.15, 1.04])
    assert last_change(shard, date(2025, 3, 31)) == pytest.approx(1.04)


def test_a_line_that_never_changed_has_no_last_change():
    assert last_change(village(household("H1", income=200)), date(2023, 12, 31)) is None


def test_a_line_written_twice_did_not_change():
    same = village(household("H1", income=200), steps={date(2010, 1, 1): 100.0, date(2024, 1, 1): 100.0})
    assert changes(same, date(2025, 1, 1)) == []


def test_a_household_that_only_a_great_rise_left_behind_did_not_fall_by_a_small_one():
    """It earns 110 a month: above a line of 104, below one of 115."""
    shard = village(household("H1", income=110))
    assert fell(shard, date(2023, 12, 31)) is True
    assert fell(shard, date(2023, 12, 31), change=1.04) is False


def test_a_household_that_a_small_rise_spared_falls_by_a_great_one():
    """In 2024 it earns 130: above 115 and above 119.6, below a line risen by 15 % again."""
    shard = village(household("H1", income=130))
    assert fell(shard, date(2023, 12, 31), change=1.15) is False
    assert fell(shard, date(2023, 12, 31), change=1.35) is True


def test_a_window_without_a_change_is_read_as_it_was():
    """From March to December 2024 the line stands still; only the reading of March 2025 sees a change."""
    steady = village(household("H1", income=118))
    factors = as_if_changed(steady, date(2024, 3, 31), [date(2024, 6, 30), date(2025, 3, 31)], 1.15)
    assert factors["factor"].to_list() == pytest.approx([1.0, 1.04 / 1.15])


@settings(max_examples=25)  # a register each
@given(ratios, ratios)
def test_the_change_that_was_gives_the_reading_that_was(first, second):
    steps = {date(2010, 1, 1): 100.0, date(2024, 1, 1): 100 * first, date(2025, 1, 1): 100 * first * second}
    shard = under(LIVING, steps)
    found = as_if_changed(shard, date(2023, 12, 31), [date(2024, 12, 31)], first)["factor"].to_list()
    assert found == pytest.approx([1.0])
    assert last_change(shard, date(2025, 6, 30)) == pytest.approx(
        second if second != 1 else first if first != 1 else None
    )


@settings(max_examples=25)  # a register each
@given(ratios, ratios)
def test_the_greater_the_change_taken_the_poorer_the_reading(one, other):
    shard, end = under(LIVING), [date(2024, 12, 31)]
    low, high = (
        as_if_changed(shard, date(2023, 12, 31), end, by)["factor"][0] for by in sorted((one, other))
    )
    assert low >= high


def test_what_cannot_be_carried_is_refused():
    rules = {**RULES.written(), "reading": "next_observation"}
    message = r"label\.line_rise: found 'carried' with label\.reading next_observation, allowed is observed"
    with pytest.raises(ParamsError, match=message):
        LabelRules.of(rules, "label")


def test_the_change_that_came_is_the_one_inside_the_window():
    shard = village(household("H1", income=200))
    assert change_within(shard, date(2023, 12, 31), date(2024, 12, 31)) == pytest.approx(1.15)
    assert change_within(shard, date(2024, 3, 31), date(2024, 12, 31)) == 1.0


def test_of_two_changes_inside_a_window_one_mean_change_came():
    """Read with it twice, the line ends where it ended."""
    came = change_within(village(household("H1", income=200)), date(2023, 12, 31), date(2025, 12, 31))
    assert came**2 == pytest.approx(1.15 * 1.04)


def test_labels_of_several_changes_are_those_of_each():
    shard, changed = village(household("H1", income=110)), [None, 1.04, 1.15, 1.35]
    rows = pl.DataFrame({"household_id": ["H1"], "as_of_date": [date(2023, 12, 31)]})
    together = labels_by_change(shard, rows, RULES, date(2025, 3, 31), changed)
    apart = [labels(shard, rows, RULES, date(2025, 3, 31), one) for one in changed]
    assert all(one.equals(other) for one, other in zip(together, apart, strict=True))
