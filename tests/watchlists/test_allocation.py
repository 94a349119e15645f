import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from register.errors import ParamsError
from tests.watchlists.lists import explained, scores
from watchlists.allocation import Capacity, allocate, must_visits_without_place

HOUSEHOLDS = st.lists(
    st.tuples(st.sampled_from(["T1", "T2"]), st.sampled_from([0.1, 0.2, 0.2, 0.7]), st.booleans()),
    min_size=1,
    max_size=12,
)


def cohort(drawn):
    rows = [explained(f"H{n:02d}", risk=risk, township=place) for n, (place, risk, _) in enumerate(drawn)]
    return scores(*rows).with_columns(pl.Series("rules", [["dropout"] if rule else [] for *_, rule in drawn]))


@settings(max_examples=60, deadline=None)
@given(HOUSEHOLDS, st.integers(0, 5))
def test_no_place_ever_exceeds_its_capacity_and_none_is_left_idle(drawn, visits):
    found = allocate(cohort(drawn), Capacity("township", visits))
    for part in found.partition_by("township_id"):
        assert part["is_listed"].sum() == min(visits, len(part))
    assert sorted(found["household_id"]) == sorted(cohort(drawn)["household_id"])


@settings(max_examples=60, deadline=None)
@given(HOUSEHOLDS, st.randoms(use_true_random=False))
def test_rules_come_first_then_risk_then_id_whatever_the_order_of_rows(drawn, shuffler):
    rows = cohort(drawn).to_dicts()
    found = allocate(cohort(drawn), Capacity("township", 3))
    for part in found.partition_by("township_id"):
        keys = [(not row["rules"], -row["risk"], row["household_id"]) for row in part.sort("rank").to_dicts()]
        assert keys == sorted(keys)
    shuffler.shuffle(rows)
    assert allocate(pl.DataFrame(rows, schema=cohort(drawn).schema), Capacity("township", 3)).equals(found)


@settings(max_examples=40, deadline=None)
@given(HOUSEHOLDS, st.integers(0, 4))
def test_must_visits_that_do_not_fit_are_counted(drawn, visits):
    found = allocate(cohort(drawn), Capacity("township", visits))
    ruled = [sum(rule for at, _, rule in drawn if at == place) for place in ("T1", "T2")]
    assert must_visits_without_place(found) == sum(max(0, count - visits) for count in ruled)


def test_the_chance_of_being_listed_follows_the_distance_to_the_cutoff():
    # Margins -1.0 and -1.4 around the cutoff -1.2, spread 0.2: Phi(1) and Phi(-1).
    frame = scores(
        explained("H1", risk=0.3, margin_sd=0.2, illness=1.0),
        explained("H2", risk=0.2, margin_sd=0.2, illness=0.6),
    ).with_columns(pl.lit([], dtype=pl.List(pl.String())).alias("rules"))
    found = allocate(frame, Capacity("county", 1))
    assert found["chance_listed"].to_list() == pytest.approx([ndtr(1), ndtr(-1)])


def test_households_listed_by_rule_or_where_all_fit_are_certain():
    frame = cohort([("T1", 0.1, True), ("T2", 0.2, False)])
    assert allocate(frame, Capacity("township", 1))["chance_listed"].to_list() == [1.0, 1.0]


def test_a_capacity_for_an_unknown_place_is_refused():
    with pytest.raises(ParamsError) as refused:
        Capacity("province", 1)
    assert str(refused.value) == (
        "watchlist.capacity.per: found 'province', allowed are village, township, county; mend it"
    )


@pytest.mark.parametrize("visits", [-1, 1.5, True, "12"])
def test_a_capacity_that_is_no_number_of_visits_is_refused(visits):
    with pytest.raises(ParamsError) as refused:
        Capacity("township", visits)
    assert str(refused.value) == (
        f"watchlist.capacity.visits: found {visits!r}, allowed is a whole number of visits, "
        "0 or more; mend params.yaml"
    )
