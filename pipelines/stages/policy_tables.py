"""What visits find, for the watchlist stage: this season expected, past seasons as they came out."""

from collections.abc import Mapping, Sequence

import polars as pl

from features.storage import read_features
from models.resampling import Bootstrap
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.sections import WatchlistParameters
from pipelines.workspace.training_outputs import PLACES, origin_scores
from pipelines.workspace.workspace import Workspace, progress
from register.atomic import read_parquet, write_text
from register.reference import alert_rules
from register.seasons import season_end
from watchlists.visits.allocation import score
from watchlists.visits.capacity import Capacity
from watchlists.visits.cover_series import cover_series
from watchlists.visits.missed import missed_counts
from watchlists.visits.must_visits import must_visits
from watchlists.visits.policies import (
    Visiting,
    facts_needed,
    policies_that_speak,
    turns_under,
    visited_cohort,
)
from watchlists.visits.policy_evaluation import found_by_county, judged_policies


def write_visits(
    workspace: Workspace,
    params: Parameters,
    past: Mapping[str, pl.DataFrame],
    scores: pl.DataFrame,
    visiting: Visiting,
) -> None:
    """Write what visits find: ``found``, ``policies``, ``cover`` and ``missed``, each a CSV table."""
    season, settings = params.season, params.evaluate
    unknown = pl.lit(None, dtype=pl.Boolean()).alias("label")
    now = scores.select("household_id", *PLACES, "risk", score(), unknown)
    known = {
        one: cohort_to_visit(workspace, one, rows, visiting)
        for one, rows in progress(past.items(), "visits", "season")
    }
    listed = cohort_to_visit(workspace, season, now, visiting)
    policies = policies_that_speak([*known.values(), listed], visiting.capacity)
    turns = {one: _turns(cohort, visiting, policies) for one, cohort in known.items()}
    # a panel's last season may be judged and listed: its visits of now are told, its falls judged
    drawn = {**turns, season: _turns(listed, visiting, policies)}
    counts = [found_by_county(one, of_season, params.watchlist.multiples) for one, of_season in drawn.items()]
    judged = judged_policies(turns, settings.bootstrap, settings.seed)
    write_text(workspace.watchlist / "found.csv", pl.concat(counts).write_csv())
    write_text(workspace.watchlist / "policies.csv", judged.write_csv())
    bootstrap = Bootstrap(settings.bootstrap, settings.seed)
    series = cover_series(known, visiting, params.watchlist.covers_tried, bootstrap)
    write_text(workspace.watchlist / "cover.csv", series.write_csv())
    unlisted = missed_counts({one: turns[one]["list"] for one in turns})
    write_text(workspace.watchlist / "missed.csv", unlisted.write_csv())


def visiting_of(section: WatchlistParameters) -> Visiting:
    """Read the choices lists are made by."""
    return Visiting(Capacity.of(section.capacity), section.minimum_cover, section.must_visit)


def past_cohorts(workspace: Workspace) -> dict[str, pl.DataFrame]:
    """Give each judged season's cohort with the risk it was given out of time and what happened."""
    cohort, risk = read_parquet(workspace.cohort), pl.col("risk_model")
    cohort = cohort.select("household_id", "as_of_date", *PLACES, "label")
    return {
        season: rows.join(cohort, on=["household_id", "as_of_date"]).select(
            "household_id", *PLACES, risk.alias("risk"), risk.alias("score"), "label"
        )
        for season, rows in origin_scores(workspace).items()
    }


def cohort_to_visit(
    workspace: Workspace, season: str, rows: pl.DataFrame, visiting: Visiting
) -> pl.DataFrame:
    """Add to a season's cohort what the policies go by, as it was known at the season's end."""
    day, rules = season_end(season), alert_rules()
    parts = [
        visited_cohort(
            of_county,
            read_features(workspace.features / f"{county[0]}.parquet", [day], facts_needed(rules)),
            rules,
            must_visits(visiting.must_visit),
        )
        for county, of_county in sorted(rows.partition_by("county_id", as_dict=True).items())
    ]
    return pl.concat(parts)


def _turns(cohort: pl.DataFrame, visiting: Visiting, policies: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Order a season's cohort as every policy would visit it."""
    return {policy: turns_under(policy, cohort, visiting) for policy in policies}
