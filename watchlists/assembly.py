"""Assemble scores and watchlist of one county."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import CAUSES, GROUPS, declared_features
from register.reference import Check, Measure
from register.shard import IncomeLine
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.household.page import PAGE, with_pages
from watchlists.household.records import Household
from watchlists.reasons.facts import County
from watchlists.reasons.help import HELP, with_help
from watchlists.reasons.measures import fitting_measures
from watchlists.reasons.reasons import Wording, reasons, served_causes
from watchlists.visits.allocation import allocate
from watchlists.visits.groups import groups_of
from watchlists.visits.place_names import NAMES
from watchlists.visits.policies import Visiting
from watchlists.visits.rules import triggered_rules
from watchlists.visits.season_visits import KNOWN, SEASON_VISITS, is_done_with, is_visited

SCORES = (
    "household_id",
    "county_id",
    "township_id",
    "village_id",
    "as_of_date",
    "risk",
    "base_margin",
    *(f"phi_{group}" for group in GROUPS),
    *(f"fresh_{group}" for group in GROUPS),
    "events",
    "named_causes",
    "main_cause",
    "main_cause_confidence",
    "vulnerability",
    *(f"forecast_{cause}" for cause in CAUSES),
    "rank_in_county",
)
CHANGES = ("change", "why_entered", "facts_change", "model_change", "calibration_change")
TEXTS = ("reasons_zh", "reasons_en", "points_zh", "points_en", "measures")
LISTED = (
    *SCORES,
    *NAMES,
    "rank",
    "listed_by",
    "rules",
    "groups",
    "chance_listed",
    *TEXTS,
    *HELP,
    *CHANGES,
    *PAGE,
    *KNOWN,
)


@dataclass(frozen=True)
class ListRules:
    """How lists are made: capacity, duties and reserved visits, words, measures, what visits check."""

    visiting: Visiting
    wording: Wording
    measures: Mapping[str, Measure]
    checks: Sequence[Check]

    @property
    def ageing(self) -> list[str]:
        """The tables whose newest records are asked for when they grow old."""
        return sorted({one.table for one in self.checks if one.table})


def allocated_county(
    explanations: pl.DataFrame,
    features: pl.DataFrame,
    list_rules: ListRules,
    visits: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Rank the cohort of one county: rules, reserved visits, then risk, within capacity.

    Parameters
    ----------
    explanations, features : DataFrame
        The cohort of the season, and its facts.
    list_rules : ListRules
        How lists are made.
    visits : DataFrame, optional
        What visits of the season have found (`watchlists.visits.season_visits`). Who was visited keeps
        the place; who moved away or was helped already comes last, without a rank, and leaves
        the visit to the next in order. No score knows of it.
    """
    spoken = triggered_rules(features, tuple(list_rules.wording.rules.values()))
    flagged = explanations.join(spoken, on="household_id", how="left", validate="1:1")
    grouped = flagged.join(groups_of(features), on="household_id", how="left", validate="1:1")
    visiting, known = list_rules.visiting, pl.DataFrame(schema=SEASON_VISITS) if visits is None else visits
    met = grouped.join(known.select("household_id", *KNOWN), on="household_id", how="left", validate="1:1")
    open_to_visits = met.filter(~is_done_with())
    listed = allocate(open_to_visits, visiting.capacity, visiting.cover, visiting.beside, is_visited())
    done_with = met.filter(is_done_with()).with_columns(is_listed=pl.lit(value=False))
    return pl.concat([listed, done_with], how="diagonal")


def watchlist_of(
    allocated: pl.DataFrame,
    features: pl.DataFrame,
    assistance: pl.DataFrame,
    changes: pl.DataFrame,
    homes: Mapping[str, Household],
    list_rules: ListRules,
    line: IncomeLine | None = None,
    earlier: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Write the list of one county.

    Parameters
    ----------
    allocated : DataFrame
        From `allocated_county`.
    features : DataFrame
        Feature frame of the county and season, cohort or not: the medians come from it.
    assistance : DataFrame
        Help in force (watchlists.reasons.help).
    changes : DataFrame
        Against last season's list (watchlists.visits.change).
    homes : mapping of str to Household
        The records of every listed household.
    list_rules : ListRules
        How lists are made.
    line : IncomeLine, optional
        The line in force.
    earlier : DataFrame, optional
        The households' features a year earlier: what has changed within the year is told from them.

    Returns
    -------
    DataFrame
        `LISTED` columns, by county, township, rank and household.
    """
    listed = allocated.filter("is_listed").sort("county_id", "township_id", "rank", "household_id")
    county = County(features, declared_features(), line, earlier)
    rows = listed.join(features, on="household_id", how="left", suffix="_feature", maintain_order="left")
    by_household = [_texts(row, county, list_rules) for row in rows.iter_rows(named=True)]
    texts, lists = pl.String(), pl.List(pl.String())
    words = pl.DataFrame(
        by_household, schema=dict(zip(TEXTS, (texts, texts, lists, lists, lists), strict=True)), orient="row"
    )
    helped = with_help(listed.hstack(words), assistance, features, list_rules.measures)
    since = changes.select("household_id", *CHANGES)
    changed = helped.join(since, on="household_id", how="left", maintain_order="left")
    paged = with_pages(
        changed, homes, line, county.earlier, list_rules.wording, list_rules.measures, list_rules.checks
    )
    return paged.select(LISTED)


def _texts(
    row: Mapping[str, Any], county: County, list_rules: ListRules
) -> tuple[str, str, list[str], list[str], list[str]]:
    zh, en = reasons(row, county, list_rules.wording)
    fitting = fitting_measures(served_causes(row, list_rules.wording), row, list_rules.measures)
    return "".join([*zh, NOTICE_ZH]), " ".join([*en, NOTICE_EN]), zh, en, fitting
