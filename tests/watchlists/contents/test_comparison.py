"""Two lists side by side: each household once, and why it entered or left."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.watchlists.contents_made import files_of, release_with_data, row_of
from watchlists.contents.comparison import SIDE_BY_SIDE, side_by_side
from watchlists.release.store import LISTED, SCORES
from watchlists.visits.change import WHY_ENTERED, WHY_LEFT


def listing(listed, others=(), *, left=()):
    """Files of a release: `listed` on the list, `others` in the cohort alone."""
    cohort, files = files_of(*listed, *others), files_of(*listed, left=left)
    return {**files, SCORES: cohort[SCORES]}


def pair(tmp_path, before, after, **options):
    return (
        release_with_data(tmp_path, before, "2025Q3", **options),
        release_with_data(tmp_path, after, "2025Q4", **options),
    )


def rows(table):
    return {row["household_id"]: row for row in table.iter_rows(named=True)}


def test_who_entered_stayed_and_left_by_what_the_two_releases_say(tmp_path):
    before = listing([row_of("H1", 1, risk=0.4), row_of("H2", 2, risk=0.3)], [row_of("H3", 9, risk=0.1)])
    after = listing(
        [row_of("H3", 1, risk=0.5), row_of("H1", 2, risk=0.4), row_of("H4", 3, risk=0.2)],
        [row_of("H2", 9, risk=0.1)],
    )
    beside = side_by_side(*pair(tmp_path, before, after))
    assert {one: (row["change"], row["why"]) for one, row in rows(beside).items()} == {
        "H1": ("stayed", None),
        "H2": ("left", "risk_fell"),
        "H3": ("entered", "risk_rose"),
        "H4": ("entered", "new_in_cohort"),
    }
    left = rows(beside)["H2"]
    assert (left["rank_before"], left["rank"], left["risk_before"], left["risk"]) == (2, None, 0.3, 0.1)


def test_reasons_of_a_release_made_against_the_earlier_one_stand(tmp_path):
    before = listing([row_of("H1", 1), row_of("H2", 2, risk=0.3)], [row_of("H3", 9)])
    gone = {"household_id": "H2", "county_id": "C1", "township_id": "T1", "why_left": "moved_away"}
    entered = row_of("H3", 2, change="entered", why_entered="facts_worsened")
    after = listing([row_of("H1", 1, change="stayed"), entered], [row_of("H2", 9, risk=0.2)], left=[gone])
    beside = rows(side_by_side(*pair(tmp_path, before, after)))
    assert [beside[one]["why"] for one in ("H1", "H2", "H3")] == [None, "moved_away", "facts_worsened"]


def test_older_releases_are_compared_alike(tmp_path):
    before, after = (
        listing([row_of("H1", 1)], [row_of("H2", 9)]),
        listing([row_of("H2", 1)], [row_of("H1", 9)]),
    )
    now = side_by_side(*pair(tmp_path / "now", before, after))
    then = side_by_side(*pair(tmp_path / "then", before, after, with_data=False))
    assert now.equals(then)
    assert now["change"].to_list() == ["left", "entered"]


@pytest.mark.parametrize("with_data", [True, False])
def test_a_release_beside_itself_has_nobody_enter_or_leave(tmp_path, with_data):
    release = release_with_data(tmp_path, with_data=with_data)
    assert side_by_side(release, release)["change"].to_list() == ["stayed"] * 3


HOUSEHOLDS = st.lists(st.sampled_from([f"H{n}" for n in range(8)]), min_size=1, unique=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOUSEHOLDS, HOUSEHOLDS)
def test_every_household_of_either_list_stands_there_once(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("pair")
    lists = [
        [row_of(one, rank, risk=0.5 / rank) for rank, one in enumerate(ids, 1)] for ids in (before, after)
    ]
    beside = side_by_side(*pair(folder, listing(lists[0]), listing(lists[1])))
    assert beside.columns == list(SIDE_BY_SIDE)
    assert beside["household_id"].to_list() == sorted({*before, *after})
    told = {one: row["change"] for one, row in rows(beside).items()}
    expected = {one: "left" if one not in after else "stayed" if one in before else "entered" for one in told}
    assert told == expected
    assert all(
        (row["why"] in WHY_ENTERED | WHY_LEFT) == (row["change"] != "stayed") for row in rows(beside).values()
    )


def test_a_household_is_listed_where_the_file_says(tmp_path):
    files = listing([row_of("H1", 1)], [row_of("H2", 9)])
    assert (len(files[LISTED]), len(files[SCORES])) == (1, 2)
