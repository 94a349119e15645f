"""Laws of sharing out a county's visits by need."""

from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watchlists.lists import explained, scores
from watchlists.visits.allocation import SHARED, own_visits, prioritised
from watchlists.visits.capacity import Capacity

#: Township and risk of every household, and whether a must-visit rule speaks for it.
HOUSEHOLDS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from([0.05, 0.1, 0.1, 0.3, 0.7]), st.booleans()),
    min_size=1,
    max_size=14,
)
NUMBERS = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda pair: (max(pair), min(pair)))
OWN = st.dictionaries(st.sampled_from("AB"), st.integers(0, 6))
BESIDE = st.sampled_from([SHARED, own_visits(["county_id", "township_id"])])
FEW = settings(max_examples=60)


def cohort(drawn, county="C1"):
    rows = [
        explained(f"{county}-H{number:02d}", risk=risk, township=place, county=county)
        for number, (place, risk, _) in enumerate(drawn)
    ]
    lists = pl.List(pl.String())
    return scores(*rows).with_columns(
        pl.col("risk").alias("score"),
        pl.Series("rules", [["dropout"] if rule else [] for *_, rule in drawn], lists),
        pl.Series("groups", [[] for _ in drawn], lists),
    )


def by_need(visits, floor, own=None):
    return Capacity("township", visits, own or {}, "need", floor)


def listed(frame):
    return set(frame.filter("is_listed")["household_id"])


def visits_of(frame):
    return dict(frame.select("township_id", "visits").unique().iter_rows())


@FEW
@given(HOUSEHOLDS, NUMBERS, OWN, BESIDE)
def test_the_shares_add_up_to_what_the_flat_number_would_use(drawn, numbers, own, beside):
    visits, floor = numbers
    need = prioritised(cohort(drawn), by_need(visits, floor, own), beside=beside)
    flat = prioritised(cohort(drawn), Capacity("township", visits, own), beside=beside)
    assert len(listed(need)) == len(listed(flat))


@FEW
@given(HOUSEHOLDS, NUMBERS, OWN, BESIDE)
def test_every_place_keeps_its_floor_and_one_with_its_own_number_that(drawn, numbers, own, beside):
    visits, floor = numbers
    done = prioritised(cohort(drawn), by_need(visits, floor, own), beside=beside)
    for part in done.partition_by("township_id"):
        place, open_to_all = part["township_id"][0], len(part) - part["beside"][0]
        if place in own:
            assert part["visits"][0] == min(own[place], open_to_all)
        else:
            assert part["visits"][0] >= min(floor, open_to_all)


@FEW
@given(HOUSEHOLDS, NUMBERS, OWN)
def test_another_visit_a_place_takes_none_from_any(drawn, numbers, own):
    visits, floor = numbers
    fewer = visits_of(prioritised(cohort(drawn), by_need(visits, floor, own)))
    more = visits_of(prioritised(cohort(drawn), by_need(visits + 1, floor, own)))
    assert all(more[place] >= fewer[place] for place in fewer)


@FEW
@given(HOUSEHOLDS, NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(drawn, numbers, random):
    rows = cohort(drawn)
    shuffled = rows[random.sample(range(len(rows)), len(rows))]
    assert prioritised(shuffled, by_need(*numbers)).equals(prioritised(rows, by_need(*numbers)))


@FEW
@given(HOUSEHOLDS, HOUSEHOLDS, NUMBERS)
def test_no_county_shares_with_another(drawn, others, numbers):
    alone = prioritised(cohort(drawn), by_need(*numbers))
    both = prioritised(pl.concat([cohort(drawn), cohort(others, "C2")]), by_need(*numbers))
    assert both.filter(county_id="C1").equals(alone)


@FEW
@given(HOUSEHOLDS, NUMBERS)
def test_no_other_way_to_share_as_many_visits_with_the_floor_expects_more(drawn, numbers):
    """Tried against every one: without duties, where only risk decides."""
    rows = cohort([(place, risk, False) for place, risk, _ in drawn])
    done = prioritised(rows, by_need(*numbers))
    risks = {
        part["township_id"][0]: sorted(part["risk"], reverse=True)
        for part in done.partition_by("township_id")
    }
    least = [min(numbers[1], len(one)) for one in risks.values()]
    ways = product(*(range(low, len(one) + 1) for low, one in zip(least, risks.values(), strict=True)))
    best = max(
        sum(sum(one[:visits]) for one, visits in zip(risks.values(), way, strict=True))
        for way in ways
        if sum(way) == len(listed(done))
    )
    assert abs(done.filter("is_listed")["risk"].sum() - best) < 1e-9


def test_equal_risks_are_settled_by_household_id():
    """Two townships of two alike; beyond a floor of nothing the two visits go to the lower ids."""
    rows = cohort([("B", 0.2, False), ("A", 0.2, False), ("B", 0.2, False), ("A", 0.2, False)])
    done = prioritised(rows, by_need(1, 0))
    assert listed(done) == {"C1-H00", "C1-H01"}
    apart = prioritised(cohort([("B", 0.2, False)] * 2 + [("A", 0.2, False)] * 2), by_need(1, 0))
    assert visits_of(apart) == {"A": 0, "B": 2}


def test_a_duty_draws_a_visit_to_its_place_before_any_risk():
    """A child of A dropped out at a risk of 5 %; B's two are at 70 %."""
    rows = cohort([("A", 0.05, True), ("A", 0.3, False), ("B", 0.7, False), ("B", 0.7, False)])
    assert visits_of(prioritised(rows, by_need(1, 0))) == {"A": 1, "B": 1}


def test_places_that_the_flat_number_lists_alike_stay_alike():
    rows = cohort([("A", 0.3, False), ("B", 0.1, False)])
    assert visits_of(prioritised(rows, Capacity("township", 3))) == {"A": 3, "B": 3}


def test_visits_counted_by_county_are_shared_with_nobody():
    rows = cohort([("A", 0.3, False), ("A", 0.1, False), ("B", 0.1, False)])
    need = prioritised(rows, Capacity("county", 2, {}, "need", 1))
    assert listed(need) == listed(prioritised(rows, Capacity("county", 2)))
