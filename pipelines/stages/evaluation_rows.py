"""What evaluate judges: the scored households of the origins, with all that is known of them by now."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from features.storage import read_features
from models.evaluation.audit_attributes import ATTRIBUTES, FEATURES_AUDITED, attributes
from models.evaluation.board import CAME
from models.evaluation.groups import FALLEN_AS
from models.evaluation.help_bias import HELP, with_help
from models.evaluation.untrained_baselines import RulesInForce, features_scored, untrained_scores
from models.keys import KEYS
from models.labels.help_given import help_begun
from models.labels.label_rules import LabelRules
from models.labels.outcomes import outcomes
from models.places import whole
from models.survey_weights import WEIGHT, survey_weights
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.training_outputs import PLACES, origin_scores, training_facts
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet
from register.errors import SeasonError
from register.reference import alert_rules, priority_visits
from register.seasons import months_later
from register.shard import Shard
from register.store import Register
from watchlists.visits.capacity import Capacity, CapacityParameters

#: What a household is drawn again with (evaluate.cluster).
CLUSTERS = {"village": "village_id", "household": "household_id"}
#: Columns of `judged_rows` that no leaderboard takes: who the household is and stands for, what help it had.
AUDITED = (*ATTRIBUTES, FALLEN_AS, HELP, WEIGHT)


def judged_rows(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """Join the origins' scores with outcomes, attributes, untrained scores and visits.

    Returns
    -------
    DataFrame
        One row a scored household and origin, as `models.evaluation.leaderboard.leaderboard` and
        `models.evaluation.groups.audit` want them.

    Raises
    ------
    SeasonError
        When scored households have no features, or no risk read for the rise of the line that came:
        the stages are out of step.
    """
    evaluation, capacity = params.evaluate, params.watchlist.capacity
    counts_as = params.model.rule_counts_as
    rules = RulesInForce(alert_rules(), priority_visits(), evaluation.near_line, counts_as)
    known_on = date.fromisoformat(training_facts(workspace)["register_end"])
    register, scored = Register(workspace.register), _scored(workspace, capacity)
    shared = _Shared(workspace, register, rules, params.label, known_on)
    of_county = parts(scored, register.counties)
    judged = pl.concat(map_shards(_judged, of_county, "outcomes and rules in force", params.compute, shared))
    if len(judged) != len(scored):
        raise SeasonError(
            f"features: found rows for {len(judged)} of {len(scored)} scored households; "
            "run the features and train stages again (dvc repro train)"
        )
    return judged.with_columns(whole(CLUSTERS[evaluation.cluster]).alias("cluster")).drop(PLACES).sort(KEYS)


class _Shared(NamedTuple):
    """What a county's scored households are held against."""

    workspace: Workspace
    register: Register
    rules: RulesInForce
    label_rules: LabelRules
    known_on: date


def _judged(part: Part, shared: _Shared) -> pl.DataFrame:
    shard, label_rules = shared.register.shard(part.county_id), shared.label_rules
    path = shared.workspace.features / f"{part.county_id}.parquet"
    beside = _beside(part.rows, shard, path, shared.rules)
    households = beside.with_columns((pl.col("category") == "lifted_out").alias("is_lifted_out"))
    labelled = outcomes(shard, households, label_rules, shared.known_on)
    days = labelled["as_of_date"].unique().sort().to_list()
    begun = help_begun(shard, days, label_rules.months, shared.known_on)
    return with_help(beside.join(labelled, on=list(KEYS)), begun)


def _scored(workspace: Workspace, section: CapacityParameters) -> pl.DataFrame:
    """Join the origins' scores with places, visits and the labels known at the register's end."""
    capacity = Capacity.of(section)
    cohort = read_parquet(workspace.cohort).select(*KEYS, *PLACES, "is_return", "label", "under_help")
    read = origin_scores(workspace)
    unread = [season for season, rows in read.items() if CAME not in rows.columns]
    if unread:
        raise SeasonError(
            f"scores of {', '.join(unread)}: lack {CAME}, the risk read for the rise of the line that came; "
            "run the train stage again (dvc repro -f train)"
        )
    scored = (rows.with_columns(origin=pl.lit(season)) for season, rows in read.items())
    return (
        pl.concat(scored)
        .join(cohort, on=list(KEYS))
        .with_columns(whole(capacity.place).alias("place"), capacity.expression().alias("visits"))
    )


def _beside(rows: pl.DataFrame, shard: Shard, path: Path, rules: RulesInForce) -> pl.DataFrame:
    """Add the untrained baselines' scores, the attributes to audit by and survey weights."""
    days = rows["as_of_date"].unique().sort().to_list()
    read = {*days, *(months_later(day, -12) for day in days)}
    features = read_features(path, read, [*features_scored(rules), *FEATURES_AUDITED])
    scores = [untrained_scores(features, day, rules) for day in days]
    audited = [attributes(shard, features, day) for day in days]
    if not days:
        return rows
    joined = rows.join(pl.concat(scores), on=list(KEYS)).join(pl.concat(audited), on=list(KEYS))
    return joined.join(survey_weights(shard, days), on=list(KEYS), how="left", validate="1:1")
