"""Invented lists for the ledger, and what came back of them."""

from datetime import date

import polars as pl
from hypothesis import strategies as st

from register.lookback_store import RECORDS
from watchlists.ledger.help import REGISTERED
from watchlists.ledger.parameters import LedgerParameters
from watchlists.ledger.returned import RETURNED
from watchlists.ledger.tasks import CameBack, tasks
from watchlists.ledger.visits import visited_households

SEASON, DAY, LIST = "2025Q4", date(2026, 2, 10), "0" * 16
RULES = LedgerParameters(duty_days=5, help_days=15, responsible=None)
RESULTS = ("confirmed", "not_confirmed", "already_helped", "moved_away", "not_at_home")
STORED = {**RECORDS, "reading": pl.Int64()}


def listed(household_id="H1", *, rank=1, by="risk", county="C1", township="T1", village="V1"):
    """A household of a list, of a village that is called after its id."""
    place = {
        "county_id": county,
        "township_id": township,
        "village_id": village,
        "village_name": f"{village}村",
    }
    return {"household_id": household_id, **place, "rank": rank, "listed_by": by}


def list_of(*rows):
    return pl.DataFrame(rows, schema_overrides={"rank": pl.Int64})


def visit(household_id="H1", day=date(2026, 1, 20), result="confirmed", **changes):
    """A visit entered the day after, in the first reading."""
    origin = {"county_id": "C1", "source_kind": "simulator", "season": SEASON, "list_id": LIST, "reading": 1}
    entered = date.fromordinal(day.toordinal() + 1)
    return {
        "household_id": household_id,
        "visited_on": day,
        "result": result,
        "recorded_on": entered,
        **origin,
        **changes,
    }


def stored(*rows):
    return pl.DataFrame(rows, schema=STORED)


def came_back(*visits, returned=(), registered=(), day=DAY):
    """Visits as the store has them; households returned; help the register knows."""
    return CameBack(
        visited_households(stored(*visits), "simulator", SEASON, day),
        pl.DataFrame([("C1", one) for one in returned], schema=RETURNED, orient="row"),
        pl.DataFrame(registered, schema=REGISTERED, orient="row"),
    )


def ledger(rows, back, day=DAY, rules=RULES):
    return tasks(list_of(*rows), SEASON, LIST, back, rules, day)


def only(rows):
    """Give the one row of a table."""
    assert len(rows) == 1
    return rows.row(0, named=True)


BEGUN = st.sampled_from([None, "health", "health;social"])


@st.composite
def ledgers(draw):
    """A list of two counties whose townships share ids, half visited, as of any day of a half-year."""
    n = draw(st.integers(0, 25))
    rows = [
        listed(
            f"H{place}",
            rank=draw(st.integers(1, 12)),
            by=draw(st.sampled_from(["rule", "cover", "risk", "order"])),
            county=draw(st.sampled_from(["C1", "C2"])),
            township=draw(st.sampled_from(["T1", "T2"])),
            village=draw(st.sampled_from(["V1", "V2"])),
        )
        for place in range(n)
    ]
    days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
    visits = [
        visit(
            row["household_id"],
            draw(days),
            draw(st.sampled_from(RESULTS)),
            county_id=row["county_id"],
            **extra,
        )
        for row in rows
        for extra in draw(st.lists(st.fixed_dictionaries({"measures_begun": BEGUN}), max_size=3))
    ]
    returned = [row["household_id"] for row in rows if row["county_id"] == "C1" and draw(st.booleans())]
    day = draw(days)
    return tasks(
        list_of(*rows) if rows else EMPTY,
        SEASON,
        LIST,
        came_back(*visits, returned=returned, day=day),
        RULES,
        day,
    )


EMPTY = list_of(listed()).clear()
