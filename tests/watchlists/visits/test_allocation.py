import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, ndtr

from tests.watchlists.lists import explained, scores
from watchlists.visits.allocation import allocate, must_visits_without_place, own_visits, prioritised
from watchlists.visits.capacity import Capacity

GROUPS = ("disabled", "relocated")
HOUSEHOLDS = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2"]),
        st.sampled_from([0.1, 0.2, 0.2, 0.7]),
        st.booleans(),
        st.lists(st.sampled_from(GROUPS), unique=True),
    ),
    min_size=1,
    max_size=12,
)
CAPACITIES = st.builds(
    Capacity,
    st.just("township"),
    st.integers(0, 5),
    st.dictionaries(st.sampled_from(["T1", "T2"]), st.integers(0, 6)),
)
COVERS = st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 3))
FEW = settings(max_examples=25)


def cohort(drawn):
    rows = [explained(f"H{n:02d}", risk=risk, township=place) for n, (place, risk, *_) in enumerate(drawn)]
    lists = pl.List(pl.String())
    return scores(*rows).with_columns(
        pl.col("risk").alias("score"),
        pl.Series("rules", [["dropout"] if rule else [] for _, _, rule, _ in drawn], lists),
        pl.Series("groups", [groups for *_, groups in drawn], lists),
    )


def visits_of(capacity, place):
    return capacity.by_place.get(place, capacity.visits)


def listed(frame):
    return set(frame.filter("is_listed")["household_id"])


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_no_place_ever_exceeds_its_capacity_and_none_is_left_idle(drawn, capacity, cover):
    found = prioritised(cohort(drawn), capacity, cover)
    for part in found.partition_by("township_id"):
        assert part["is_listed"].sum() == min(visits_of(capacity, part["township_id"][0]), len(part))
    assert sorted(found["household_id"]) == sorted(cohort(drawn)["household_id"])


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_every_must_visit_household_is_listed_before_any_by_risk(drawn, capacity, cover):
    for part in prioritised(cohort(drawn), capacity, cover).partition_by("township_id"):
        ruled = part.filter(pl.col("listed_by") == "rule")
        assert ruled["is_listed"].sum() == min(len(ruled), visits_of(capacity, part["township_id"][0]))
        assert sorted(ruled.filter("is_listed")["rank"]) == list(range(1, ruled["is_listed"].sum() + 1))


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_the_list_is_monotone_in_risk_and_ties_go_by_the_published_order(drawn, capacity, cover):
    for part in prioritised(cohort(drawn), capacity, cover).sort("rank").partition_by("township_id"):
        chosen, passed_over = (
            part.filter("is_listed").to_dicts(),
            part.filter(~pl.col("is_listed")).to_dicts(),
        )
        keys = [(not row["rules"], -row["risk"], row["household_id"]) for row in chosen]
        assert keys == sorted(keys)
        by_risk = [(-row["risk"], row["household_id"]) for row in chosen if row["listed_by"] == "risk"]
        left_out = [(-row["risk"], row["household_id"]) for row in passed_over if not row["rules"]]
        assert not by_risk or not left_out or max(by_risk) < min(left_out)


def test_a_household_before_which_a_riskier_one_is_left_out_is_listed_by_cover():
    """Two visits of three are reserved: of the four, H01 gives way to the less risky H02 and H03."""
    frame = cohort(
        [("T1", 0.7, False, [])] + [("T1", 0.2, False, [])] + [("T1", 0.2, False, ["disabled"])] * 2
    )
    found = prioritised(frame, Capacity("township", 3), {"disabled": 2})
    assert found["listed_by"].to_list() == ["risk", "cover", "cover", "risk"]
    assert listed(found) == {"H00", "H02", "H03"}


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn, capacity, cover, shuffler):
    rows, frame = cohort(drawn).to_dicts(), cohort(drawn)
    shuffler.shuffle(rows)
    found = allocate(frame, capacity, cover)
    assert allocate(pl.DataFrame(rows, schema=frame.schema), capacity, cover).equals(found)


@FEW
@given(HOUSEHOLDS, st.integers(0, 6), COVERS)
def test_another_visit_never_removes_anybody(drawn, visits, cover):
    fewer = prioritised(cohort(drawn), Capacity("township", visits), cover)
    assert listed(fewer) <= listed(prioritised(cohort(drawn), Capacity("township", visits + 1), cover))


@FEW
@given(HOUSEHOLDS, st.integers(0, 6), COVERS)
def test_every_group_gets_its_reserved_visits_where_the_must_visits_leave_room(drawn, visits, cover):
    for part in prioritised(cohort(drawn), Capacity("township", visits), cover).partition_by("township_id"):
        room = visits - part.filter(pl.col("rules").list.len() > 0).height
        for group, wanted in cover.items():
            members = part.filter(pl.col("groups").list.contains(group))
            if room >= sum(cover.values()):
                assert members["is_listed"].sum() >= min(wanted, len(members))


@FEW
@given(HOUSEHOLDS, CAPACITIES)
def test_must_visits_that_do_not_fit_are_counted(drawn, capacity):
    found = prioritised(cohort(drawn), capacity)
    ruled = {place: sum(rule for at, _, rule, _ in drawn if at == place) for place in ("T1", "T2")}
    assert must_visits_without_place(found) == sum(
        max(0, count - visits_of(capacity, place)) for place, count in ruled.items()
    )


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_the_chances_of_a_place_add_up_to_the_visits_it_makes(drawn, capacity, cover):
    marked = cohort(drawn).with_columns(phi_income=pl.col("risk"))
    for part in allocate(marked, capacity, cover).partition_by("township_id"):
        assert part["chance_listed"].is_between(0, 1).all()
        assert part["chance_listed"].sum() == pytest.approx(part["is_listed"].sum())


def test_a_disabled_household_takes_the_reserved_visit_of_a_riskier_one():
    """T1 has two visits and keeps one for a disabled member: H2 goes before the riskier H1."""
    frame = cohort([("T1", 0.7, False, []), ("T1", 0.2, False, []), ("T1", 0.1, False, ["disabled"])])
    found = prioritised(frame, Capacity("township", 2), {"disabled": 1})
    assert found.select("household_id", "rank", "listed_by", "is_listed").rows() == [
        ("H00", 1, "risk", True),
        ("H02", 2, "cover", True),
        ("H01", 3, "risk", False),
    ]


def test_a_disabled_household_that_is_risky_enough_takes_no_reserved_visit():
    frame = cohort(
        [("T1", 0.7, False, ["disabled"]), ("T1", 0.2, False, []), ("T1", 0.1, False, ["disabled"])]
    )
    found = prioritised(frame, Capacity("township", 2), {"disabled": 1})
    assert found["listed_by"].to_list() == ["risk", "risk", "risk"]
    assert listed(found) == {"H00", "H01"}


def no_lists(frame):
    empty = pl.lit([], dtype=pl.List(pl.String()))
    return frame.with_columns(rules=empty, groups=empty)


def test_the_chance_of_being_listed_follows_the_distance_to_the_cutoff():
    # Margins -1.0 and -1.4 around the cutoff -1.2, spread 0.2: Phi(1) and Phi(-1).
    frame = scores(
        explained("H1", risk=0.3, margin_sd=0.2, illness=1.0),
        explained("H2", risk=0.2, margin_sd=0.2, illness=0.6),
    )
    found = allocate(no_lists(frame), Capacity("county", 1))
    assert found["chance_listed"].to_list() == pytest.approx([ndtr(1), ndtr(-1)])


def test_households_listed_by_rule_or_where_all_fit_are_certain():
    frame = cohort([("T1", 0.1, True, []), ("T2", 0.2, False, [])])
    assert allocate(frame, Capacity("township", 1))["chance_listed"].to_list() == [1.0, 1.0]


def test_nobody_has_a_chance_by_risk_where_the_must_visits_take_all():
    frame = cohort([("T1", 0.1, True, []), ("T1", 0.7, False, [])])
    assert allocate(frame, Capacity("township", 1))["chance_listed"].to_list() == [1.0, 0.0]


def test_must_visits_that_compete_among_themselves_have_a_chance_each():
    frame = scores(
        explained("H1", risk=0.3, margin_sd=0.2, illness=1.0),
        explained("H2", risk=0.2, margin_sd=0.2, illness=0.6),
    )
    ruled = no_lists(frame).with_columns(rules=pl.lit(["dropout"]))
    assert allocate(ruled, Capacity("county", 1))["chance_listed"].to_list() == pytest.approx(
        [ndtr(1), ndtr(-1)]
    )


def test_the_chance_agrees_with_drawing_every_margin_again():
    """Forty households around the cutoff, drawn 4,000 times with the spread of the members."""
    margins = np.linspace(-1.0, 1.0, 40)
    rows = [
        explained(f"H{n:02d}", risk=expit(m), margin_sd=0.3, illness=m + 2) for n, m in enumerate(margins)
    ]
    told = allocate(no_lists(scores(*rows)), Capacity("county", 10)).sort("household_id")["chance_listed"]
    drawn = margins + 0.3 * np.random.default_rng(1).standard_normal((4000, 40))
    listed_when_drawn = (drawn.argsort(axis=1).argsort(axis=1) >= 30).mean(axis=0)
    assert np.abs(listed_when_drawn - told.to_numpy()).max() < 0.04


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_townships_of_two_counties_that_share_an_id_have_their_own_visits(drawn, capacity, cover):
    """Both counties number their townships from T1: they were one place with the visits of one."""
    here = cohort(drawn)
    there = here.with_columns(county_id=pl.lit("C2"), household_id="there " + pl.col("household_id"))
    together = listed(prioritised(pl.concat([here, there]), capacity, cover))
    alone = (listed(prioritised(part, capacity, cover)) for part in (here, there))
    assert together == set().union(*alone)


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_duties_with_visits_of_their_own_are_all_listed_and_take_none_from_the_others(drawn, capacity, cover):
    frame, place = cohort(drawn), ["county_id", "township_id"]
    own = prioritised(frame, capacity, cover, own_visits(place))
    assert must_visits_without_place(own) == 0
    assert listed(prioritised(frame, capacity, cover)) <= listed(own)
    for part in own.partition_by("township_id"):
        others = part.filter(pl.col("rules").list.len() == 0)
        assert others["is_listed"].sum() == min(visits_of(capacity, part["township_id"][0]), len(others))


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS, st.sets(st.integers(0, 11), max_size=3))
def test_a_visit_that_was_made_is_never_taken_from_its_household(drawn, capacity, cover, numbers):
    """As long as there are as many visits: whoever was visited stays, and the order of the others too."""
    visited = {f"H{number:02d}" for number in numbers if number < len(drawn)}
    flag = pl.col("household_id").is_in(sorted(visited))
    done = prioritised(cohort(drawn), capacity, cover, visited=flag)
    for part in done.partition_by("township_id"):
        here = set(part["household_id"]) & visited
        assert part["is_listed"].sum() == min(visits_of(capacity, part["township_id"][0]), len(part))
        if len(here) <= part["is_listed"].sum():
            assert here <= listed(part)
        else:
            assert listed(part) <= here


@FEW
@given(HOUSEHOLDS, CAPACITIES, COVERS)
def test_who_was_on_the_list_and_visited_changes_nothing_of_it(drawn, capacity, cover):
    first = prioritised(cohort(drawn), capacity, cover)
    flag = pl.col("household_id").is_in(sorted(listed(first)))
    again = prioritised(cohort(drawn), capacity, cover, visited=flag)
    order = ["household_id", "is_listed", "rank"]
    assert again.select(order).sort("household_id").equals(first.select(order).sort("household_id"))
