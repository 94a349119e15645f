"""Visits off the list teach from the day they are recorded on, and never move a feature."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.engine import build_features
from models.labels.recorded_causes import LOOKBACK, OFF_LIST, recorded_causes
from tests.households import household, village_of

DAY, KNOWN = date(2023, 12, 31), date(2025, 3, 31)
ROWS = pl.DataFrame({"household_id": ["lin", "wang"], "as_of_date": [DAY, DAY]})
RESULTS = st.sampled_from(["confirmed", "not_confirmed", "not_at_home"])
CAUSES = st.sampled_from(["illness", "schooling", "illness;water", None])


@st.composite
def visits(draw, recorded):
    """Up to four visits of different days to Lin, entered on a day drawn from `recorded` after each."""
    days = draw(st.lists(st.integers(1, 400), max_size=4, unique=True))
    return [
        {
            "visited_on": (DAY + timedelta(day)).isoformat(),
            "result": draw(RESULTS),
            "causes_found": draw(CAUSES),
            "recorded_on": (max(DAY + timedelta(day), KNOWN) + timedelta(draw(recorded))).isoformat(),
        }
        for day in days
    ]


def village(off_list, lookbacks=()):
    lin = household("lin", income=120, found_off_list=list(off_list), lookbacks=list(lookbacks))
    return village_of(lin, household("wang", income=90))


@given(visits(st.integers(1, 90)))
def test_what_is_recorded_after_the_day_it_is_known_on_changes_nothing(late):
    early = {"visited_on": "2024-03-01", "result": "confirmed", "causes_found": "labour"}
    with_late = recorded_causes(village([early, *late]), ROWS, 12, KNOWN)
    assert with_late.equals(recorded_causes(village([early]), ROWS, 12, KNOWN))


@given(visits(st.integers(-300, 90)))
@settings(max_examples=15)
def test_no_visit_off_the_list_moves_a_feature(some):
    dates = [DAY, date(2024, 12, 31)]
    assert build_features(village(some), dates, 12).equals(build_features(village([]), dates, 12))


@given(visits(st.just(0)))
def test_off_the_list_and_on_it_a_visit_teaches_the_same_but_for_its_mark(some):
    off, on = (recorded_causes(one, ROWS, 12, KNOWN) for one in (village(some), village([], some)))
    assert off.drop("source").equals(on.drop("source"))
    assert set(off["source"]) <= {OFF_LIST}
    assert set(on["source"]) <= {LOOKBACK}
