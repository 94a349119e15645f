"""Invented households for lists: one story each, everything else at the county's middle."""

from datetime import date

import polars as pl

from features.declaration import CAUSES, GROUPS, declared_features
from register.reference import causes, measures, must_visit_rules
from watchlists.assembly import ListRules
from watchlists.label_wording import wording_of
from watchlists.line_words import line_used
from watchlists.reasons.household_view import ReferenceNames
from watchlists.reasons.reasons import Wording
from watchlists.visits.capacity import Capacity
from watchlists.visits.policies import Visiting

DAY = date(2025, 12, 31)


def explained(household_id, *, risk=0.1, township="T1", county="C1", margin_sd=0.1, **phis):
    """One household as explain leaves it; `risk` orders, the parts need not add up to it."""
    parts = {f"phi_{group}": float(phis.get(group, 0.0)) for group in GROUPS}
    place = {"county_id": county, "township_id": township, "village_id": f"{township}-V1"}
    fresh = {f"fresh_{group}": part for group, part in zip(GROUPS, parts.values(), strict=True)}
    named = sorted(
        (cause for cause in phis if cause in CAUSES and phis[cause] > 0), key=phis.get, reverse=True
    )
    names = {
        "events": named,
        "named_causes": named,
        "main_cause": named[0] if named else None,
        "vulnerability": [],
    }
    risks = {"risk": risk, "base_margin": -2.0}
    last = {"rank_in_county": 1, "margin_sd": margin_sd}
    return {
        "household_id": household_id,
        **place,
        "as_of_date": DAY,
        **risks,
        **parts,
        **fresh,
        **names,
        **last,
    }


def scores(*rows):
    lists = dict.fromkeys(("events", "named_causes", "vulnerability"), pl.List(pl.String()))
    return pl.DataFrame(rows, schema_overrides={"main_cause": pl.String(), **lists})


def features(*rows):
    """One row a household: every declared feature 0 but those given; resources 1.5 x the line."""
    every = {one.name: 0.0 for one in declared_features()} | {"resources_over_line": 1.5}
    spine = {"as_of_date": DAY, "village_id": "T1-V1", "category": "lifted_out"}
    return pl.DataFrame([{**spine, **every, **row} for row in rows])


def list_rules(visits=2, per="township"):
    rules = {rule.code: rule for rule in must_visit_rules()}
    return ListRules(Visiting(Capacity(per, visits), {}), Wording(causes(), rules, 3, 2, 1.05), measures())


#: The default label, and what its outcome is called.
LABEL = {"months": 12, "outcome": "falls_below_line"}
FALLS = wording_of(LABEL)
#: The line incomes were held against, as a manifest keeps it, and what sheets say of it.
COUNTY_LINE = {
    "region_id": "520000",
    "effective_from": "2025-01-01",
    "per_month": 700.0,
    "currency": "CNY",
    "origin": "delivered: a letter",
}
LINE = line_used(COUNTY_LINE)


def reference_names():
    return ReferenceNames(causes(), {rule.code: rule for rule in must_visit_rules()}, measures())


def listed_row(household_id="H1", **changes):
    """A row of watchlist.parquet."""
    told = {
        "rank": 1,
        "listed_by": "risk",
        "rules": [],
        "chance_listed": 0.9,
        "groups": [],
        "reasons_zh": "理由",
        "reasons_en": "reasons",
        "points_zh": ["理由。"],
        "points_en": ["Reasons."],
        "measures": ["health"],
        "village_name": "模拟村",
        "measures_in_force": [],
        "measures_ending": [],
        "is_on_relief_only": False,
        "lacks_follow_up": False,
        "change": "new",
        "why_entered": "no_earlier_list",
        "facts_change": None,
        "model_change": None,
        "calibration_change": None,
    }
    row = {**explained(household_id, illness=0.8), **told, **changes}
    del row["margin_sd"]
    return row
