"""The columns of what explains listed households (`watchlists.reasons.release_evidence`)."""

from typing import Any

import polars as pl

from features.declaration import GROUPS
from watchlists.reasons.measures import NEED_FEATURES

#: A piece of evidence, and a trial inside the model.
EVIDENCE_FIELDS = {
    "group": pl.String(),
    "feature": pl.String(),
    "value": pl.Float64(),
    "median": pl.Float64(),
    "a_year_ago": pl.Float64(),
    "is_fresh": pl.Boolean(),
    "recorded": pl.Date(),
}
TRIAL_FIELDS = {"lever": pl.String(), "risk": pl.Float64()}
EVIDENCE, TRIALS = pl.List(pl.Struct(EVIDENCE_FIELDS)), pl.List(pl.Struct(TRIAL_FIELDS))
FACTS_CHANGES = tuple(f"facts_change_{group}" for group in GROUPS)
EXPLAINED: dict[str, Any] = {
    "household_id": pl.String(),
    "line_a_year": pl.Float64(),
    "currency": pl.String(),
    "resources_over_line": pl.Float64(),
    **dict.fromkeys(NEED_FEATURES, pl.Float64()),
    "evidence": EVIDENCE,
    "trials": TRIALS,
    "previous_season": pl.String(),
    "previous_risk": pl.Float64(),
    **dict.fromkeys(FACTS_CHANGES, pl.Float64()),
}

#: What `since_last` gives.
SINCE = {
    name: EXPLAINED[name] for name in ("household_id", "previous_season", "previous_risk", *FACTS_CHANGES)
}
