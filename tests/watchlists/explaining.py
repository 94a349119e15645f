"""A release whose households can be explained: parts that add up, one story each."""

import math
from datetime import date

import polars as pl

from features.declaration import GROUPS
from register.atomic import write_parquet
from register.reference import levers
from tests.watchlists.handed_out import hidden, releases_in
from tests.watchlists.lists import KINDS, LABEL, listed_row, reference_names
from watchlists.reasons.evidence_shape import EXPLAINED, FACTS_CHANGES
from watchlists.reasons.explanation import Reference, explanation
from watchlists.reasons.explanation_words import sections
from watchlists.reasons.help import HELP
from watchlists.reasons.measures import NEED_FEATURES
from watchlists.release.publication import publish
from watchlists.release.store import open_release

PARTS = {"illness": 0.8, "employment": 0.3, "income": 1.4, "reporting": -0.3}


def risk_of(log_odds):
    return 1 / (1 + math.exp(-log_odds))


def scored(household_id="H1", **changes):
    """A household whose parts add up to its risk: base -3, parts +2.2; illness is of this year."""
    parts = {f"phi_{group}": PARTS.get(group, 0.0) for group in GROUPS}
    weak = {"vulnerability": ["income", "employment"]}
    return listed_row(
        household_id, **{"risk": risk_of(-0.8), "base_margin": -3.0, **parts, **weak, **changes}
    )


def kept(household_id="H1", **changes):
    """A man fell ill since last season and cannot work; nobody goes to school."""
    illness = {"group": "illness", "feature": "own_payment_over_needs_12m", "value": 0.4, "median": 0.02}
    poor = {"group": "income", "feature": "n_past_falls", "value": 3.0, "median": 0.0, "a_year_ago": 3.0}
    nothing = dict.fromkeys(FACTS_CHANGES, 0.0)
    return {
        "household_id": household_id,
        "line_a_year": 8700.0,
        "currency": "CNY",
        "resources_over_line": 1.5,
        **dict.fromkeys(NEED_FEATURES, 0.0),
        "n_disabled_members": None,
        "evidence": [
            {**illness, "a_year_ago": 0.0, "is_fresh": True, "recorded": date(2025, 11, 3)},
            {**poor, "is_fresh": False, "recorded": None},
        ],
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


def as_it_was(frame):
    """Take from a frame what releases did not keep before they split parts in standing and fresh."""
    today = (
        "fresh_",
        "forecast_",
        "named_causes",
        "events",
        "vulnerability",
        "main_cause_",
        "is_relocated",
        "has_",
    )
    kept_then = frame.select([name for name in frame.columns if not name.startswith(today)])
    if "evidence" not in frame.columns:
        return kept_then
    fields = [pl.element().struct.field(name) for name in ("group", "feature", "value", "median", "recorded")]
    return kept_then.with_columns(pl.col("evidence").list.eval(pl.struct(fields)))


def released(
    tmp_path,
    listed,
    explained,
    others=(),
    hidden_under=None,
    shaped=lambda frame: frame,
    facts=None,
    season="2025Q4",
):
    """Publish a list; `hidden_under` is the id of the key that its ids are pseudonyms under.

    `shaped` makes another release's shape of its frames; `facts` are more of its manifest.
    """
    watching = {
        "causes_named": 3,
        "facts_per_cause": 2,
        "least_multiplier": 1.05,
        "capacity": {"per": "township"},
    }
    of_list = ("rank", "listed_by", "rules", "change", "why_entered", "^.*_change$", "^points.*$", *HELP)
    overrides = {"rules": pl.List(pl.String()), **KINDS}
    frame = pl.DataFrame([*listed, *others], schema_overrides=overrides, infer_schema_length=None)
    frames = {
        "watchlist.parquet": frame.head(len(listed)),
        "scores.parquet": frame.select(pl.exclude(of_list)),
        "explanations.parquet": pl.DataFrame(explained, schema=EXPLAINED),
    }

    def write(folder):
        for name, one in frames.items():
            write_parquet(folder / name, shaped(one))
        return dict.fromkeys(frames)

    parameters = {"source": {"kind": "folder"}, "label": LABEL, "watchlist": watching}
    publish(
        releases_in(tmp_path),
        season,
        write,
        hidden({"parameters": parameters, **(facts or {})}, hidden_under),
    )
    return open_release(releases_in(tmp_path), season)


#: What explanations are told with.
REFERENCE = Reference(reference_names(), levers())


def document_of(*released_as, household_id="H1", **how):
    """Explain a household of a release that is published for it (`released`)."""
    return explanation(released(*released_as, **how), household_id, REFERENCE)


def words(document):
    """Give every sentence of an explanation, in both languages."""
    return [sentence for section in sections(document) for pair in section.sentences for sentence in pair]
