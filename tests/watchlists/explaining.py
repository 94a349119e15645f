"""A release whose households can be explained: parts that add up, one story each."""

import math
from datetime import date

import polars as pl

from features.declaration import GROUPS
from register.atomic import write_parquet
from tests.watchlists.handed_out import hidden, releases_in
from tests.watchlists.lists import LABEL, listed_row
from watchlists.reasons.release_evidence import EXPLAINED, FACTS_CHANGES
from watchlists.release.publication import publish
from watchlists.release.store import open_release

PARTS = {"illness": 0.8, "employment": 0.3, "income": 1.4, "reporting": -0.3}


def risk_of(log_odds):
    return 1 / (1 + math.exp(-log_odds))


def scored(household_id="H1", **changes):
    """A household whose parts add up to its risk: base -3, parts +2.2."""
    parts = {f"phi_{group}": PARTS.get(group, 0.0) for group in GROUPS}
    return listed_row(household_id, **{"risk": risk_of(-0.8), "base_margin": -3.0, **parts, **changes})


def kept(household_id="H1", **changes):
    """A man fell ill since last season and cannot work; nobody goes to school."""
    illness = {"group": "illness", "feature": "own_payment_over_needs_12m", "value": 0.4, "median": 0.02}
    nothing = dict.fromkeys(FACTS_CHANGES, 0.0)
    return {
        "household_id": household_id,
        "line_a_year": 8700.0,
        "currency": "CNY",
        "resources_over_line": 1.5,
        "n_students": 0.0,
        "n_disabled_members": None,
        "n_able_to_work": 0.0,
        "evidence": [{**illness, "recorded": date(2025, 11, 3)}],
        "trials": [
            {"lever": "medical_aid", "risk": 0.25},
            {"lever": "public_post", "risk": 0.1},
            {"lever": "safe_water", "risk": risk_of(-0.8)},
        ],
        "previous_season": "2025Q3",
        "previous_risk": risk_of(-1.8),
        **nothing,
        "facts_change_illness": 0.7,
        "facts_change_income": 0.2,
        **changes,
    }


#: What changed between -1.8 and -0.8: facts 0.9, model 0.15, calibration -0.05.
CHANGED = {
    "change": "stayed",
    "why_entered": None,
    "facts_change": 0.9,
    "model_change": 0.15,
    "calibration_change": -0.05,
}


def released(tmp_path, listed, explained, others=(), hidden_under=None):
    """Publish a list; `hidden_under` is the id of the key that its ids are pseudonyms under."""
    watching = {
        "causes_named": 3,
        "facts_per_cause": 2,
        "least_multiplier": 1.05,
        "capacity": {"per": "township"},
    }

    def write(folder):
        overrides = {"rules": pl.List(pl.String()), "main_cause": pl.String()}
        frame = pl.DataFrame([*listed, *others], schema_overrides=overrides, infer_schema_length=None)
        write_parquet(folder / "watchlist.parquet", frame.head(len(listed)))
        names = [
            name
            for name in frame.columns
            if name not in ("rank", "listed_by", "rules", "change", "why_entered")
        ]
        write_parquet(
            folder / "scores.parquet", frame.select(names).select(pl.exclude("^.*_change$", "^points.*$"))
        )
        write_parquet(folder / "explanations.parquet", pl.DataFrame(explained, schema=EXPLAINED))
        return dict.fromkeys(("watchlist.parquet", "scores.parquet", "explanations.parquet"))

    parameters = {"source": {"kind": "folder"}, "label": LABEL, "watchlist": watching}
    publish(releases_in(tmp_path), "2025Q4", write, hidden({"parameters": parameters}, hidden_under))
    return open_release(releases_in(tmp_path), "2025Q4")
