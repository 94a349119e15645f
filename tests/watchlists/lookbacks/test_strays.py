"""A household that is not on the list: told apart what its id most likely is, and never taken for another."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.desk import Desk, counts
from tests.watchlists.handed_out import FOUND
from watchlists.lookbacks.strays import DELIVERED, NEAR, NOT_LISTED, NUMBERED, stray_findings
from watchlists.lookbacks.words import SHARED

IDS = [
    "c39852053a1f4e7db0c1a2b3c4d5e6f7",
    "66c0588812345678901234567890abcd",
    "12345678901234567890123456789012",
]
LISTED = pl.DataFrame(
    {"household_id": IDS, "county_id": ["C1"] * 3, "township_id": ["T1", "T1", "T2"], "rank": [1, 2, 1]}
)


def likely(written):
    """Give the reason against one id that is not on the list."""
    (found,) = [
        one for one in stray_findings(pl.Series([written]), pl.Series([True]), LISTED) if one.rows.any()
    ]
    return found.reason


def near(place):
    return NEAR[0].split("{")[0] + place


WRITTEN = {
    "c39852053A1F4E7DB0C1A2B3C4D5E6F7": near("C1 T1 走访顺序1"),
    "ｃ39852053a1f4e7db0c1a2b3c4d5e6f7": near("C1 T1 走访顺序1"),
    "'66c0588812345678901234567890abcd": near("C1 T1 走访顺序2"),
    '="66c0588812345678901234567890abcd"': near("C1 T1 走访顺序2"),
    "66c05888 12345678 90123456 7890abcd": near("C1 T1 走访顺序2"),
    "66c0588812345678901234567890abc": near("C1 T1 走访顺序2"),
    "66c0588812345678901234567890abdc": near("C1 T1 走访顺序2"),
    "1.2345678901234567e+31": NUMBERED[0],
    "123456789012345000000000000000": NUMBERED[0],
    "5309031234567": DELIVERED[0],
    "王某某": DELIVERED[0],
    "0" * 31 + "1": NOT_LISTED[0],
}


@pytest.mark.parametrize("written", WRITTEN)
def test_an_id_is_told_what_it_most_likely_is(written):
    assert likely(written).startswith(WRITTEN[written])


@given(
    place=st.integers(0, 31),
    letter=st.sampled_from("0123456789abcdef"),
    slip=st.sampled_from(["typed", "added", "left out", "swapped"]),
    which=st.sampled_from(IDS[:2]),
)
def test_one_slip_of_the_hand_is_told_as_such_and_never_read_as_the_household(place, letter, slip, which):
    before, after = which[:place], which[place:]
    written = {
        "typed": before + letter + after[1:],
        "added": before + letter + after,
        "left out": before + after[1:],
        "swapped": before + after[1:2] + after[:1] + after[2:],
    }[slip]
    if written != which:
        assert likely(written).startswith(NEAR[0].split("{")[0])


def test_no_slip_is_told_where_ids_are_short():
    """H9 is no slip of H1: such ids differ by one character as a rule."""
    listed = pl.DataFrame({"household_id": ["H1"], "county_id": ["C1"], "township_id": ["T1"], "rank": [1]})
    (found,) = [one for one in stray_findings(pl.Series(["H9"]), pl.Series([True]), listed) if one.rows.any()]
    assert found.reason == NOT_LISTED[0]


def test_two_listed_ids_that_are_as_near_are_both_left_alone():
    listed = pl.DataFrame(
        {
            "household_id": ["A0000001", "A0000002"],
            "county_id": ["C1"] * 2,
            "township_id": ["T1"] * 2,
            "rank": [1, 2],
        }
    )
    (found,) = [
        one for one in stray_findings(pl.Series(["A0000003"]), pl.Series([True]), listed) if one.rows.any()
    ]
    assert found.reason == NOT_LISTED[0]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (1.2345678901234567e31, NUMBERED),
        (IDS[0].upper(), NEAR),
        (IDS[2].replace("1", "１"), NEAR),
        ("5309031234567", DELIVERED),
        (f" {IDS[0]} ", None),
    ],
)
def test_a_row_with_such_an_id_is_set_aside_in_the_id_cell_and_no_id_is_repeated(tmp_path, written, reason):
    desk = Desk(tmp_path, *IDS)
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, "household_id": written}}))
    assert counts(done) == ((3, 0, 2, 1, 0) if reason else (3, 1, 2, 0, 0))
    told = done.reasons.select("cell", "heading", "reason", "next_step").rows()
    assert [line[:2] for line in told] == ([("回头看!B2", "户编号")] if reason else [])
    assert all(line[2].startswith(reason[0].split("{")[0]) for line in told)
    assert not any(one in "".join(line) for line in told for one in (*IDS, str(written)))


@pytest.mark.parametrize("listed", ["12345678901234567890e12345678901", "123456789012345" + "0" * 17])
def test_an_id_that_only_looks_spoilt_and_is_on_the_list_is_taken(tmp_path, listed):
    """One pseudonym in a million is all digits but for one e, as a rounded number would be."""
    desk = Desk(tmp_path, listed)
    done = desk.read(desk.book("a.xlsx", {2: FOUND}))
    assert counts(done) == (1, 1, 0, 0, 0)
    assert done.accepted["household_id"].to_list() == [listed]


def test_an_id_that_two_households_of_the_list_share_is_taken_for_neither(tmp_path):
    """Two counties number their households alike and have no key."""
    desk = Desk(tmp_path, "H1", {"household_id": "H1", "county_id": "C2"}, "H2")
    done = desk.read(desk.book("a.xlsx", {2: FOUND, 4: FOUND}))
    assert counts(done) == (3, 1, 1, 1, 0)
    assert done.reasons.select("cell", "reason", "next_step").rows() == [("回头看!B2", *SHARED)]
