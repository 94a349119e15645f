"""An attacker's linear programs over everything a board tells."""

from itertools import product

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from models.evaluation.disclosure import SMALL
from tests.watchlists.lists import explained, scores
from watchlists.visits.boards import boards

VILLAGES = pl.DataFrame(schema={"village_id": pl.String(), "name": pl.String()})
CAUSES = ("illness", "schooling", None)
#: Everything between is as likely to the attacker: of a count, and of one household's risk.
APART = {"count": 0.5, "risk": 0.2}

GROUPS = st.lists(
    st.tuples(
        st.sampled_from(["V1", "V2", "V3", "V4"]),
        st.sampled_from([None, "S1", "S2"]),
        st.booleans(),  # listed
        st.sampled_from([0.1, 0.6]),
        st.sampled_from(CAUSES),
        st.integers(1, 24),
    ),
    min_size=1,
    max_size=14,
)


def cohort(groups):
    """So many households a drawn row; the first two villages lie in township T1, the others in T2."""
    rows, sites = [], []
    for number, (village, site, is_listed, risk, cause, count) in enumerate(groups):
        place = {"village_id": village, "township_id": "T1" if village in ("V1", "V2") else "T2"}
        for household in range(count):
            row = explained(f"H{number:02d}-{household:02d}", risk=risk + household / 1000)
            rows.append({**row, **place, "main_cause": cause, "is_listed": is_listed})
            sites.append(site)
    return scores(*rows).with_columns(site_id=pl.Series(sites, dtype=pl.String()))


#: Which households are in each count that a board tells, or that follows from two of them.
PARTS = {
    "households": lambda _: True,
    "visits": lambda cell: cell["is_listed"],
    "others": lambda cell: not cell["is_listed"],
    "high_off_list": lambda cell: cell["is_high"],
    "others_at_less": lambda cell: not cell["is_listed"] and not cell["is_high"],
}
TOLD_COUNTS = ("households", "visits", "high_off_list")
KINDS = ((True, False), (False, False), (False, True))


def lies_in(cell, board):
    level = board["level"]
    return level == "county" or cell[f"{level}_id"] == board["area_id"]


def extremes(target, **known):
    """Give the least and the most that a sum may be."""
    solved = [linprog(sign * np.asarray(target, dtype=float), **known) for sign in (1, -1)]
    assert all(one.status in (0, 3) for one in solved)
    low, high = (one.fun if one.status == 0 else -np.inf for one in solved)
    return low, -high


@settings(max_examples=8, deadline=None)
@given(GROUPS)
def test_no_count_up_to_seven_follows_from_all_that_a_board_tells(groups):
    """Whoever knows which villages have households in which sites, and how places lie in each other."""
    real = cohort(groups).rows(named=True)
    for row in real:
        row["is_high"] = not row["is_listed"] and row["risk"] >= 0.5
    places = sorted({(row["village_id"], row["site_id"] or "", row["township_id"]) for row in real})
    cells = [
        {"village_id": village, "site_id": site, "township_id": town, "is_listed": listed, "is_high": high}
        for (village, site, town), (listed, high) in product(places, KINDS)
    ]
    shown = boards(cohort(groups), VILLAGES, high_risk=0.5).rows(named=True)
    told = [(board, name) for board in shown for name in TOLD_COUNTS if board[name] is not None]
    known = {
        "A_eq": [[lies_in(cell, board) and PARTS[name](cell) for cell in cells] for board, name in told]
        or None,
        "b_eq": [board[name] for board, name in told] or None,
    }
    for board, (name, belongs) in product(shown, PARTS.items()):
        if sum(lies_in(row, board) and belongs(row) for row in real) <= SMALL:
            low, high = extremes([lies_in(cell, board) and belongs(cell) for cell in cells], **known)
            assert high - low > APART["count"], (board["level"], board["area_id"], name)


def told_of_risk(board, households, half, half_share):
    """Give what a row of a board says of the risks: sums that are at least 0 or less."""
    inside = np.array([lies_in(row, board) for row in households], dtype=float)
    listed = np.array([row["is_listed"] for row in households])
    for name, members in (("expected", inside), ("unvisited", inside * ~listed)):
        if board[name] is not None:
            yield members, board[name] + half
            yield -members, half - board[name]
    for cause in ("illness", "schooling", "none"):
        share = board[f"share_{cause}"]
        if share is not None:
            of_cause = np.array([(row["main_cause"] or "none") == cause for row in households])
            yield inside * of_cause - (share + half_share) * inside, 0.0
            yield (share - half_share) * inside - inside * of_cause, 0.0


def half_of_last_digit(shown, names, digit):
    """Take figures for exact to the last digit they show."""
    values = np.array([board[name] for board in shown for name in names if board[name] is not None])
    return digit / 2 if np.allclose(values, np.round(values / digit) * digit, atol=1e-9) else 5e-5


@settings(max_examples=8, deadline=None)
@given(GROUPS, st.integers(0, 400))
def test_no_households_risk_follows_from_two_releases_of_a_season(groups, number):
    """Whoever knows where every household lives, its cause and whether it is listed; one is listed anew."""
    first = cohort(groups)
    changed = pl.int_range(pl.len()) == number % len(first)
    second = first.with_columns(
        pl.when(changed).then(~pl.col("is_listed")).otherwise("is_listed").alias("is_listed")
    )
    rows, most = [], []
    for release in (first, second):
        shown, households = boards(release, VILLAGES).rows(named=True), release.rows(named=True)
        halves = (
            half_of_last_digit(shown, ("expected", "unvisited"), 1.0),
            half_of_last_digit(shown, ("share_illness", "share_schooling", "share_none"), 0.01),
        )
        for board in shown:
            for row, bound in told_of_risk(board, households, *halves):
                rows.append(row)
                most.append(bound)
    alone = {number % len(first), 0, len(first) - 1}
    for household in alone:
        target = np.arange(len(first)) == household
        low, high = extremes(target, A_ub=rows or None, b_ub=most or None, bounds=(0, 1))
        assert high - low > APART["risk"], first.row(household, named=True)


def test_a_household_alone_on_its_villages_list_is_not_told_by_what_is_expected_with_and_without_it():
    """One of thirty is listed: 3.4 expected, 3.1 of them off the list, left 0.3 for everybody to see."""
    shown = boards(cohort([("V1", None, True, 0.6, None, 1), ("V1", None, False, 0.1, None, 24)]), VILLAGES)
    village = shown.filter(level="village").row(0, named=True)
    assert (village["households"], village["visits"], village["unvisited"]) == (25, None, None)
    assert village["expected"] == round(village["expected"])


def test_a_site_beside_which_few_live_is_not_told():
    """Twenty-four in the site, three beside it: the village would tell of the three."""
    shown = boards(cohort([("V1", "S1", False, 0.1, None, 24), ("V1", None, False, 0.1, None, 3)]), VILLAGES)
    assert shown.filter(level="village")["households"].to_list() == [27]
    assert shown.filter(level="site")["households"].to_list() == [None]
