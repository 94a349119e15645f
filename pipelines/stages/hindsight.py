"""Stage: past lists in hindsight, what visits to them found, and whether this season has drifted."""

from datetime import date

import polars as pl

from features.storage import read_features
from models.evaluation.past_lists import in_hindsight
from models.evaluation.season_drift import DRIFT, season_drift
from models.ranking.ranking import Ranking
from models.resampling import Bootstrap
from pipelines.stages.evaluation_rows import CLUSTERS
from pipelines.stages.past_outcomes import with_outcomes
from pipelines.stages.shadows import judged_shadows
from pipelines.workspace.champion import delivering_model, delivery_of
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.stage import run_stage
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import read_parquet, sha256
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore, latest
from register.seasons import months_later, season_end
from watchlists.release.past_lists import Hindsight, HindsightFacts, listed_of
from watchlists.release.store import LISTED, SCORES, Release, open_release
from watchlists.report.lookback_figures import lookback_figures, off_list
from watchlists.visits.previous import earlier_releases


def main(workspace: Workspace, params: Parameters) -> None:
    """Open the earlier releases, judge them as far as is known, and look at this season's drift."""
    season, evaluation = params.season, params.evaluate
    bootstrap, cluster = Bootstrap(evaluation.bootstrap, evaluation.seed), CLUSTERS[evaluation.cluster]
    lists = [*_earlier(workspace, params), _in_the_making(workspace, params)]
    known_on = training_facts(workspace)["register_end"]
    cohorts = with_outcomes(workspace, lists, cluster, date.fromisoformat(known_on), params.compute)
    listed = pl.concat(listed_of(one, cluster) for one in lists)
    visits = _visits(workspace, params)
    tables = {
        "lists": in_hindsight(cohorts, bootstrap),
        **lookback_figures(listed, visits, params.hindsight.bands.written(), bootstrap),
        "drift": _drift(workspace, params),
    }
    tables["shadows"] = judged_shadows(workspace, params, tables["visits"], date.fromisoformat(known_on))
    Hindsight(tables, HindsightFacts(season, known_on, off_list(listed, visits))).write(workspace.hindsight)


def _in_the_making(workspace: Workspace, params: Parameters) -> Release:
    """Take this season's list for what it will be once it is published."""
    files = {name: {"sha256": sha256(workspace.watchlist / name)} for name in (LISTED, SCORES)}
    return Release(
        workspace.watchlist, {"season": params.season, "parameters": params.written(), "files": files}
    )


def _earlier(workspace: Workspace, params: Parameters) -> list[Release]:
    """Open the lists of earlier seasons from this kind of source, each verified."""
    folders = earlier_releases(workspace.releases, params.season, params.source.kind, params.label.written())
    return [open_release(releases_of(workspace, params), path.name) for path in folders]


def _visits(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """Read what visits to lists of this source found, up to this season's; of each the version that holds."""
    records = LookbackStore(workspace.lookbacks, seal_key_file(params.privacy)).records()
    holds = records.filter(latest(records), pl.col("source_kind") == params.source.kind)
    ends = {one: season_end(one) for one in holds["season"].unique().to_list()}
    known = [one for one, end in ends.items() if end <= season_end(params.season)]
    return holds.filter(pl.col("season").is_in(known))


def _drift(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """Compare this season with the rows the delivering model could learn from, and with a year before."""
    model = delivering_model(workspace, params)
    if isinstance(model, Ranking):  # an order has learned from nothing
        return pl.DataFrame(schema=DRIFT)
    day, champion = season_end(params.season), delivery_of(workspace, params).champion
    learned_by = season_end(champion["season"]) if champion else day
    cohort = read_parquet(workspace.cohort)
    earlier = {
        "training": cohort.filter(pl.col("label_known_on") <= learned_by),
        "year_before": cohort.filter(pl.col("as_of_date") == months_later(day, -12)),
    }
    now = cohort.filter(pl.col("as_of_date") == day)
    names, paths = model.feature_names, sorted(workspace.features.glob("*.parquet"))
    counties = (read_features(path, columns=names) for path in paths)
    drift, bins = params.hindsight.drift, params.feature_report.bins
    return season_drift(model, now, earlier, counties, drift.rows, bins)


if __name__ == "__main__":
    run_stage(main, HERE.hindsight)
