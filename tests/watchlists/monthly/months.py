"""Invented months: households due and visited, and what is on record of them."""

from datetime import date

import polars as pl
from hypothesis import strategies as st

from register.lookback_store import TODAY
from watchlists.monthly.cases import DUE, Known
from watchlists.monthly.month import Month
from watchlists.monthly.proposals import HOMES

JANUARY = Month.of("2026-01")
LIST_DAY = date(2025, 12, 31)
VISITS = {
    **dict.fromkeys(TODAY, pl.String()),
    **dict.fromkeys(("visited_on", "recorded_on"), pl.Date()),
    **dict.fromkeys(("causes_found", "measures_begun"), pl.List(pl.String())),
}
RESULTS = ("confirmed", "not_confirmed", "already_helped", "moved_away", "not_at_home")


def due(
    household_id="H1", due_on=date(2026, 1, 31), listed_on=LIST_DAY, county="C1", township="T1", village="V1"
):
    """A household of a list."""
    place = {"township_id": township, "village_id": village, "village_name": f"{village}村"}
    return {
        "county_id": county,
        "household_id": household_id,
        **place,
        "listed_on": listed_on,
        "due_on": due_on,
    }


def visit(household_id="H1", visited_on=date(2026, 1, 20), result="confirmed", county="C1", **changes):
    """A visit that holds."""
    return {
        "household_id": household_id,
        "county_id": county,
        "visited_on": visited_on,
        "result": result,
        "source_kind": "folder",
        **changes,
    }


def home(household_id="H1", category="ordinary", over_line=1.4, county="C1", *, is_monitored=False):
    """What is on record of a household of three."""
    return {
        "county_id": county,
        "household_id": household_id,
        "category": category,
        "people": 3,
        "over_line": over_line,
        "is_monitored": is_monitored,
        "township_id": "T1",
        "village_id": "V9",
        "village_name": "山后村",
    }


def known(listed=(), visits=(), off_list=(), homes=()):
    return Known(
        pl.DataFrame(list(listed), schema=DUE),
        pl.DataFrame(list(visits), schema=VISITS),
        pl.DataFrame(list(off_list), schema=VISITS),
        pl.DataFrame(list(homes), schema=HOMES),
    )


@st.composite
def months(draw):
    """Two counties whose townships share ids, a list from before January, visits around January."""
    people = [(f"H{n}", draw(st.sampled_from(["C1", "C2"]))) for n in range(draw(st.integers(0, 20)))]
    days = st.dates(date(2025, 11, 1), date(2026, 3, 31))
    listed, visits, off_list, homes = [], [], [], []
    for household, county in people:
        is_listed = draw(st.booleans())
        if is_listed:
            township = draw(st.sampled_from(["T1", "T2"]))
            listed.append(due(household, draw(days), county=county, township=township))
        of = visits if is_listed else off_list
        for day in draw(st.lists(days, max_size=3, unique=True)):
            begun = draw(st.sampled_from([None, ["health"], ["health", "social"]]))
            of.append(
                visit(household, day, draw(st.sampled_from(RESULTS)), county=county, measures_begun=begun)
            )
        if draw(st.booleans()):
            over = draw(st.sampled_from([None, 0.7, 1.0, 2.5]))
            category = draw(st.sampled_from([None, "ordinary", "lifted_out"]))
            homes.append(home(household, category, over, county, is_monitored=draw(st.booleans())))
    return known(listed, visits, off_list, homes)
