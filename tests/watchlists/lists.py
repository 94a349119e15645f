"""Invented households for lists: one story each, everything else at the county's middle."""

from datetime import date

import polars as pl

from features.declaration import CAUSES, GROUPS, declared_features
from register.reference import causes, checks, measures, must_visit_rules
from watchlists.assembly import ListRules
from watchlists.label_wording import wording_of
from watchlists.line_words import line_used
from watchlists.reasons.household_view import ReferenceNames
from watchlists.reasons.reasons import Wording
from watchlists.visits.capacity import Capacity
from watchlists.visits.policies import Visiting

DAY = date(2025, 12, 31)


def explained(household_id, *, risk=0.1, township="T1", county="C1", margin_sd=0.1, events=None, **phis):
    """One household as explain leaves it; `risk` orders, the parts need not add up to it.

    Whatever raises the risk as an official cause happened within the year, unless `events` says which did.
    """
    raising = sorted((one for one in GROUPS if phis.get(one, 0.0) >= LEAST), key=lambda one: -phis[one])
    happened = [cause for cause in raising if cause in CAUSES] if events is None else list(events)
    named = [cause for cause in happened if cause in raising]
    parts = {f"phi_{group}": float(phis.get(group, 0.0)) for group in GROUPS}
    fresh = {f"fresh_{group}": parts[f"phi_{group}"] if group in named else 0.0 for group in GROUPS}
    place = {"county_id": county, "township_id": township, "village_id": f"{township}-V1"}
    causes_of_it = {
        "events": happened,
        "named_causes": named,
        "main_cause": named[0] if named else None,
        "main_cause_confidence": None,
        "vulnerability": [group for group in raising if group not in named],
        **dict.fromkeys(FORECASTS),
    }
    return {
        "household_id": household_id,
        **place,
        "as_of_date": DAY,
        "risk": risk,
        "base_margin": -2.0,
        **parts,
        **fresh,
        **causes_of_it,
        "rank_in_county": 1,
        "margin_sd": margin_sd,
    }


#: Of a household that came into the register less than a year ago, and where no forecast is in use.
UNKNOWN_FRESH = {f"fresh_{group}": None for group in GROUPS}
FORECASTS = tuple(f"forecast_{cause}" for cause in CAUSES)
LEAST = 0.05
#: What frames of such rows need to be told, as a whole column may be empty.
KINDS = {
    "risk": pl.Float64(),
    **dict.fromkeys(("main_cause", "main_cause_confidence"), pl.String()),
    **dict.fromkeys(("events", "named_causes", "vulnerability"), pl.List(pl.String())),
    **dict.fromkeys((*FORECASTS, *UNKNOWN_FRESH), pl.Float64()),
}


def forecast(**shares):
    """What such households were recorded to fall by: shares by cause, nothing for the others."""
    return {f"forecast_{cause}": shares.get(cause, 0.0) for cause in CAUSES}


def scores(*rows):
    return pl.DataFrame(rows, schema_overrides=KINDS)


def features(*rows):
    """One row a household: every declared feature 0 but those given; resources 1.5 x the line."""
    every = {one.name: 0.0 for one in declared_features()} | {"resources_over_line": 1.5}
    spine = {"as_of_date": DAY, "village_id": "T1-V1", "category": "lifted_out"}
    return pl.DataFrame([{**spine, **every, **row} for row in rows])


def list_rules(visits=2, per="township"):
    rules = {rule.code: rule for rule in must_visit_rules()}
    return ListRules(
        Visiting(Capacity(per, visits), {}), Wording(causes(), rules, 3, 2, 1.05), measures(), checks()
    )


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
    rules = {rule.code: rule for rule in must_visit_rules()}
    return ReferenceNames(causes(), rules, measures(), {one.code: one for one in checks()})


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
        "category": "lifted_out",
        "monitored_group": None,
        "n_people": 3,
        "people_zh": ["户主（54岁），普通劳动力"],
        "people_en": ["head (54), able to work"],
        "now_zh": ["因病：户主（54岁）看病自付28,000元（住院1次），最近一次2025年10月"],
        "now_en": ["illness: head (54): paid 28,000 yuan for treatment (hospital stays: 1), last 2025-10"],
        "standing_zh": ["3口人，1人能劳动"],
        "standing_en": ["household of 3, 1 able to work"],
        "checks": ["own_payment"],
        "help_zh": [],
        "help_en": [],
        "fits_zh": ["健康帮扶：户主（54岁）"],
        "fits_en": ["health support: head (54)"],
    }
    row = {**explained(household_id, illness=0.8), **told, **changes}
    del row["margin_sd"]
    return row
