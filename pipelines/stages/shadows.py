"""Shadows judged by what became of their lists, for the stage hindsight."""

from datetime import date
from typing import NamedTuple

import polars as pl

from features.storage import read_features
from models.evaluation.audit_attributes import FEATURES_AUDITED, attributes
from models.evaluation.shadow import confirmed, held_against, measured
from models.places import whole
from models.resampling import Bootstrap
from pipelines.stages.evaluation_rows import CLUSTERS
from pipelines.stages.past_outcomes import with_outcomes
from pipelines.stages.policy_tables import cohort_to_visit
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.shadows import REMEDY, shadow_path, standing_shadows
from pipelines.workspace.shards import map_shards
from pipelines.workspace.training_outputs import PLACES
from pipelines.workspace.workspace import Workspace
from register.atomic import sha256
from register.errors import StoreError
from register.seasons import season_end
from register.store import Register
from watchlists.release.past_lists import SHADOWS
from watchlists.release.shadow import Shadow
from watchlists.release.store import MANIFEST, Release, open_release
from watchlists.visits.allocation import score
from watchlists.visits.capacity import Capacity
from watchlists.visits.policies import Visiting, turns_under, visited


def judged_shadows(
    workspace: Workspace, params: Parameters, visits: pl.DataFrame, known_on: date
) -> pl.DataFrame:
    """Hold every shadow up to the season against what became of the list it was written for.

    Parameters
    ----------
    workspace : Workspace
        Its register and features are read.
    params : Parameters
    visits : DataFrame
        What visits found, by season (`watchlists.report.lookback_figures`).
    known_on : date
        Outcomes are told as known then.

    Returns
    -------
    DataFrame
        One row a shadow and line, `watchlists.release.past_lists.SHADOWS`.

    Raises
    ------
    StoreError
        When a shadow is damaged, or its release.
    """
    last = season_end(params.season)
    standing = [one for one in standing_shadows(workspace, params) if season_end(one.season) <= last]
    judged = [_judged(workspace, params, one, visits, known_on) for one in standing]
    return pl.concat([pl.DataFrame(schema=SHADOWS), *judged])


def _judged(
    workspace: Workspace, params: Parameters, shadow: Shadow, visits: pl.DataFrame, known_on: date
) -> pl.DataFrame:
    release, evaluation = _release(workspace, params, shadow), params.evaluate
    cluster = CLUSTERS[evaluation.cluster]
    rows = with_outcomes(workspace, [release], cluster, known_on, params.compute)
    is_open = rows.select(pl.col("censored").eq_missing("window_open").any()).item()
    figures = {}
    if not is_open:
        bootstrap = Bootstrap(evaluation.bootstrap, evaluation.seed)
        figures = measured(_beside(workspace, params, release, rows), shadow.min_group_positives, bootstrap)
        figures |= confirmed(next(visits.filter(season=shadow.season).iter_rows(named=True), None))
    judged = held_against(shadow.limits, figures, is_open=is_open)
    facts = shadow.written() | {f"promised_{name}": value for name, value in shadow.promised.items()}
    of_shadow = {name: facts[name] for name in SHADOWS if name in facts}
    return judged.with_columns(pl.lit(value).alias(name) for name, value in of_shadow.items()).cast(
        {name: kind for name, kind in SHADOWS.items() if name in of_shadow}
    )[list(SHADOWS)]


def _release(workspace: Workspace, params: Parameters, shadow: Shadow) -> Release:
    """Open the very release a shadow was written for."""
    release = open_release(releases_of(workspace, params), shadow.release)
    if sha256(release.folder / MANIFEST) != shadow.manifest_sha256:
        path = shadow_path(workspace, shadow.season)
        raise StoreError(f"{path}: not of the release that stands in {release.folder}; {REMEDY}")
    return release


def _beside(workspace: Workspace, params: Parameters, release: Release, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the attributes to audit by, and whom the department alerts would have visited."""
    shared = _Shared(workspace, Register(workspace.register), season_end(release.season))
    counties = sorted(set(rows["county_id"]) & set(shared.register.counties))
    audited = map_shards(_attributes, counties, "shadows", params.compute, shared)
    alerted = _alerted(workspace, release, counties)
    return rows.join(pl.concat(audited).drop("as_of_date"), on="household_id", how="left").with_columns(
        is_alerted=pl.col("household_id").is_in(alerted.implode())
    )


class _Shared(NamedTuple):
    """Where a county's households are read, and as of when."""

    workspace: Workspace
    register: Register
    day: date


def _attributes(county: str, shared: _Shared) -> pl.DataFrame:
    path = shared.workspace.features / f"{county}.parquet"
    features = read_features(path, [shared.day], FEATURES_AUDITED)
    return attributes(shared.register.shard(county), features, shared.day)


def _alerted(workspace: Workspace, release: Release, counties: list[str]) -> pl.Series:
    """Spend as many visits in every place as the list did on those over a department alert, poorest first."""
    per = release.manifest["parameters"]["watchlist"]["capacity"]["per"]
    used = release.list.group_by(whole(f"{per}_id").alias("place")).len()
    capacity = Capacity(per, 0, dict(used.iter_rows()))
    unknown = pl.lit(None, dtype=pl.Boolean()).alias("label")
    scores = release.scores.filter(pl.col("county_id").is_in(counties))
    rows = scores.select("household_id", *PLACES, "risk", score(), unknown)
    visiting = Visiting(capacity, cover={})
    turns = turns_under("alerts", cohort_to_visit(workspace, release.season, rows, visiting), visiting)
    return turns.filter(visited())["household_id"]
