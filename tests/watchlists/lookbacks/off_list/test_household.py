"""Which household a row off the list means: exactly one, or a reason and a next step."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.off_list import HOMES, roll
from watchlists.lookbacks.off_list.household import meant
from watchlists.lookbacks.off_list.words import (
    NO_NAMES,
    NO_SUCH_NAME,
    NO_VILLAGE,
    NOBODY,
    OTHER_NAME,
    SEVERAL,
    UNKNOWN,
)

OWN = {"0530623001000017": "W1"}


def made_out(number=None, head=None, village=None, homes=None):
    row = {"household_id": number, "head": head, "village": village}
    return meant(row, roll() if homes is None else homes, lambda one: OWN.get(one, one))


@pytest.mark.parametrize(
    ("row", "household_id"),
    [
        (("W1",), "W1"),
        (("0530623001000017",), "W1"),
        (("0530623001000017", "王桂花"), "W1"),
        (("0530623001000017", "王桂花", "小河村"), "W1"),  # the number says which; a village may be misspelt
        ((None, "王桂花", "小河村"), "W2"),
        ((None, " 王 桂花", "小河"), "W2"),
        ((None, "王桂花", "V-小河"), "W2"),
        ((None, "阿依•古丽", "小河村委会"), "A1"),
        (("N1", "某人"), "N1"),  # nobody is named there: nothing contradicts
    ],
)
def test_a_household_is_made_out_by_number_or_by_name_and_village(row, household_id):
    done = made_out(*row)
    assert (done.household_id, done.county_id, done.reason) == (household_id, "C1", None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((), NOBODY),
        ((None, None, "大河村"), NOBODY),
        ((None, "王桂花"), NO_VILLAGE),
        (("0530623001000018",), UNKNOWN),
        ((None, "王桂华", "大河村"), NO_SUCH_NAME),
        ((None, "王桂花", "大湖村"), NO_SUCH_NAME),
        ((None, "李成", "大河村"), (SEVERAL[0].format(n=2), SEVERAL[1])),
        (("W1", "李成"), OTHER_NAME),
    ],
)
def test_a_row_that_means_no_household_or_several_says_why(row, reason):
    done = made_out(*row)
    assert (done.household_id, done.reason) == (None, reason)


def test_where_no_names_are_kept_a_name_makes_nobody_out_and_a_number_still_does():
    unnamed = roll({one: (place, None) for one, (place, _) in HOMES.items()})
    assert made_out(head="王桂花", village="大河村", homes=unnamed).reason == NO_NAMES
    assert made_out("W1", "王桂花", homes=unnamed).household_id == "W1"


NAMES = st.sampled_from([None, "W1", "L2", "X9", "0530623001000017"])
HEADS = st.sampled_from([None, "王桂花", "李成", "阿依·古丽", "张三"])
VILLAGES = st.sampled_from([None, "大河村", "小河", "大湖村"])


@given(NAMES, HEADS, VILLAGES, st.permutations(list(HOMES)))
def test_either_a_household_or_a_reason_and_in_any_order_of_the_register(number, head, village, order):
    shuffled = pl.concat([roll().filter(household_id=one) for one in order])
    done = made_out(number, head, village)
    assert (done.household_id is None) == (done.reason is not None)
    assert made_out(number, head, village, shuffled) == done


@given(HEADS, VILLAGES, st.sets(st.sampled_from(list(HOMES))))
def test_who_is_made_out_by_name_stays_made_out_when_others_of_other_names_come_or_go(head, village, gone):
    """Only one more of that very name in that village can make the row doubtful."""
    done = made_out(head=head, village=village)
    if done.household_id:
        kept = roll().filter(~pl.col("household_id").is_in(list(gone - {done.household_id})))
        assert made_out(head=head, village=village, homes=kept) == done
