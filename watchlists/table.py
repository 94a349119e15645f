"""Assemble scores and watchlist of one county."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import GROUPS, declared_features
from register.reference import Measure
from watchlists.allocation import Capacity, allocate
from watchlists.change import changed
from watchlists.facts import County
from watchlists.measures import fitting_measures
from watchlists.reasons import Wording, main_causes, reasons
from watchlists.rules import triggered_rules

SCORES = (
    "household_id",
    "county_id",
    "township_id",
    "village_id",
    "as_of_date",
    "risk",
    "risk_low",
    "risk_high",
    "base_margin",
    *(f"phi_{group}" for group in GROUPS),
    "main_cause",
    "rank_in_county",
)
LISTED = (
    *SCORES,
    "rank",
    "listed_by",
    "rules",
    "chance_listed",
    "reasons_zh",
    "reasons_en",
    "measures",
    "change",
)


@dataclass(frozen=True)
class Listing:
    """How lists are made: capacity, words, measures."""

    capacity: Capacity
    wording: Wording
    measures: Mapping[str, Measure]


def allocated_county(explanations: pl.DataFrame, features: pl.DataFrame, listing: Listing) -> pl.DataFrame:
    """Rank the cohort of one county: rules, then risk, within capacity."""
    spoken = triggered_rules(features, tuple(listing.wording.rules.values()))
    return allocate(
        explanations.join(spoken, on="household_id", how="left", validate="1:1"), listing.capacity
    )


def watchlist_of(
    allocated: pl.DataFrame, features: pl.DataFrame, previous: pl.DataFrame | None, listing: Listing
) -> pl.DataFrame:
    """Write the list of one county.

    Parameters
    ----------
    allocated : DataFrame
        From `allocated_county`.
    features : DataFrame
        Feature frame of the county and season, cohort or not: the medians come from it.
    previous : DataFrame or None
        Last season's list, to tell who entered.
    listing : Listing
        How lists are made.

    Returns
    -------
    DataFrame
        `LISTED` columns, by county, township, rank and household.
    """
    listed = allocated.filter("is_listed").sort("county_id", "township_id", "rank", "household_id")
    county = County(features, declared_features())
    rows = listed.join(features, on="household_id", how="left", suffix="_feature", maintain_order="left")
    told = [_told(row, county, listing) for row in rows.iter_rows(named=True)]
    schema = {"reasons_zh": pl.String(), "reasons_en": pl.String(), "measures": pl.List(pl.String())}
    words = pl.DataFrame(told, schema=schema, orient="row")
    return listed.hstack(words).with_columns(changed(listed, previous)).select(LISTED)


def _told(row: Mapping[str, Any], county: County, listing: Listing) -> tuple[str, str, list[str]]:
    causes = main_causes(row, listing.wording)
    return (*reasons(row, county, listing.wording), fitting_measures(causes, row, listing.measures))
