"""What a release keeps of its listed households."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import GROUPS, declared_features
from register.shard import IncomeLine
from tests.households import household, village_of
from tests.watchlists.lists import DAY, KINDS, features, list_rules, listed_row
from watchlists.reasons.evidence_shape import EXPLAINED, FACTS_CHANGES
from watchlists.reasons.facts import County
from watchlists.reasons.release_evidence import (
    explained,
    newest_records,
    since_last,
)

WORDING = list_rules().wording
ILL = {"household_id": "H1", "own_payment_over_needs_12m": 0.4, "n_able_to_work": 2.0}
FACTS = features(ILL, *({"household_id": f"H{n}", "own_payment_over_needs_12m": 0.02} for n in (2, 3, 4)))
LINE = IncomeLine("530000", date(2025, 1, 1), 725.0, "CNY", "a test")
COUNTY = County(FACTS, declared_features(), LINE)
NOTHING = pl.DataFrame(
    schema={
        name: EXPLAINED[name] for name in ("household_id", "previous_season", "previous_risk", *FACTS_CHANGES)
    }
)


def listed(*rows):
    return pl.DataFrame(rows, schema_overrides={"rules": pl.List(pl.String()), **KINDS})


def test_an_ill_mans_payment_is_kept_with_the_median_and_the_day_of_the_newest_bill():
    newest = {"health": {"H1": date(2025, 11, 3)}}
    trials = {"medical_aid": np.array([0.05]), "safe_house": np.array([np.nan])}
    row = explained(listed(listed_row()), FACTS, COUNTY, newest, trials, NOTHING, WORDING).row(0, named=True)
    assert row["evidence"] == [
        {
            "group": "illness",
            "feature": "own_payment_over_needs_12m",
            "value": 0.4,
            "median": 0.02,
            "a_year_ago": None,
            "is_fresh": True,
            "recorded": date(2025, 11, 3),
        }
    ]
    assert row["trials"] == [{"lever": "medical_aid", "risk": 0.05}]
    assert (row["line_a_year"], row["n_able_to_work"], row["previous_risk"]) == (8700.0, 2.0, None)


def test_what_happened_is_kept_before_what_is_of_long_standing():
    """The mean of past incomes has been low for long; this year a bill came."""
    now = {**ILL, "n_past_falls": 2.0}
    facts = features(now, *({"household_id": f"H{n}"} for n in (2, 3, 4)))
    county = County(facts, declared_features(), LINE, features({**now, "own_payment_over_needs_12m": 0.0}))
    row = listed_row(vulnerability=["income"], phi_income=0.9)
    evidence = explained(listed(row), facts, county, {}, {}, NOTHING, WORDING)["evidence"][0]
    kept = [(one["feature"], one["a_year_ago"], one["is_fresh"]) for one in evidence]
    assert kept == [("own_payment_over_needs_12m", 0.0, True), ("n_past_falls", 2.0, False)]


def test_what_changed_is_kept_only_of_listed_households_that_could_be_compared():
    changes = pl.DataFrame(
        {"household_id": ["H1", "H2", "H9"], "previous_season": "2025Q3", "previous_risk": [0.1, None, 0.2]}
    )
    facts = pd.DataFrame(0.0, index=["H1", "H2"], columns=list(GROUPS)).assign(illness=[0.7, 0.1])
    found = since_last(changes, pl.Series(["H1", "H2"]), facts, pl.Series(["H1", "H2"]))
    assert found.select("household_id", "previous_risk", "facts_change_illness").rows() == [("H1", 0.1, 0.7)]
    both = explained(listed(listed_row(), listed_row("H2")), FACTS, COUNTY, {}, {}, found, WORDING)
    assert both.schema == pl.Schema(EXPLAINED)
    assert both["facts_change_illness"].to_list() == [0.7, None]


def test_the_newest_record_is_the_last_known_day_anything_began_or_ended():
    """Two bills, one entered too late to be known; a job that ended."""
    bills = [
        {"occurred_on": "2025-11-03", "recorded_on": "2025-11-09"},
        {"occurred_on": "2025-12-20", "recorded_on": "2026-01-09"},
    ]
    work = [{"started_on": "2020-01-01", "ended_on": "2025-09-30", "recorded_on": "2025-10-02"}]
    shard = village_of(household("H1", health=bills, employment=work))
    only = [
        one for one in declared_features() if one.name in ("own_payment_over_needs_12m", "wages_over_needs")
    ]
    county = County(FACTS, only)
    found = newest_records(shard, county, pl.Series(["H1", "H2"]), DAY)
    assert found == {"health": {"H1": date(2025, 11, 3)}, "employment": {"H1": date(2025, 9, 30)}}
