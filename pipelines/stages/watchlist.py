"""Stage: list whom to visit, within capacity, with reasons and measures, and what visits find."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from features.storage import read_features
from models.arrays import Floats
from models.attribution.year_behind import year_up_to
from models.keys import KEYS
from models.ranking.ranking import Ranking
from models.risk.calibration.maps import map_from_dict
from models.risk.model import RiskModel
from models.risk.training_set import feature_frame
from pipelines.stages.evidence import explained_county, facts_a_year_ago
from pipelines.stages.known_of_season import KnownOfSeason, known_of_season
from pipelines.stages.policy_tables import past_cohorts, visiting_of, write_visits
from pipelines.workspace.champion import delivering_model
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.shards import map_shards
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import read_parquet, write_json, write_parquet
from register.errors import SeasonError
from register.reference import causes, checks, measures
from register.seasons import season_end
from register.shard import IncomeLine
from register.store import Register
from watchlists.assembly import SCORES, ListRules, allocated_county, watchlist_of
from watchlists.household.records import households
from watchlists.label_wording import wording_of
from watchlists.reasons.help import help_in_force
from watchlists.reasons.reasons import Wording
from watchlists.release.store import HIGH_OFF_LIST, open_release
from watchlists.report.rises import risks_by_rise
from watchlists.sheets.spreadsheet import write_csv
from watchlists.visits.allocation import must_visits_without_place
from watchlists.visits.boards import boards, sites
from watchlists.visits.change import RESCORED, compared, left
from watchlists.visits.must_visits import must_visits
from watchlists.visits.off_list import UNLISTED, high_off_list
from watchlists.visits.place_names import household_places
from watchlists.visits.policy_evaluation import came_out
from watchlists.visits.previous import Previous, previous_list, previous_release
from watchlists.visits.season_visits import DONE_WITH, VISITED


class Lists(NamedTuple):
    """What is made of one county."""

    cohort: pl.DataFrame
    watchlist: pl.DataFrame
    explained: pl.DataFrame
    changes: pl.DataFrame
    off_list: pl.DataFrame
    boards: pl.DataFrame
    villages: pl.DataFrame


def main(workspace: Workspace, params: Parameters) -> None:
    """Read explanations and features, list county by county; write scores, list, changes, boards, visits."""
    list_rules, season = list_rules_from(params), params.season
    delivering = delivering_model(workspace, params)
    model = None if isinstance(delivering, Ranking) else delivering
    before = previous_release(workspace.releases, season, params.source.kind, params.label.written())
    previous = previous_list(open_release(releases_of(workspace, params), before.name)) if before else None
    known = known_of_season(workspace, params)
    past = past_cohorts(workspace)
    shares = came_out(past.values())
    is_panel, high_risk = params.label.is_panel, params.watchlist.high_risk
    shared = _Shared(workspace, season, list_rules, previous, known, model, shares, is_panel, high_risk)
    counties = _counties(workspace)
    made, in_force = zip(*map_shards(_lists, counties, "watchlist", params.compute, shared), strict=True)
    lists, lines = Lists(*map(pl.concat, zip(*made, strict=True))), dict(zip(counties, in_force, strict=True))
    capacity, gone = list_rules.visiting.capacity, left(lists.changes)
    capacity.refuse_unknown(lists.villages, params.watchlist.capacity.table)
    scores = lists.cohort.select(SCORES).sort("county_id", "household_id")
    write_parquet(workspace.watchlist / "scores.parquet", scores)
    write_parquet(workspace.watchlist / "watchlist.parquet", lists.watchlist)
    write_csv(workspace.watchlist / "watchlist.csv", lists.watchlist.drop("points_zh", "points_en"))
    write_parquet(workspace.watchlist / "explanations.parquet", lists.explained)
    write_parquet(workspace.watchlist / "left.parquet", gone)
    write_parquet(workspace.watchlist / HIGH_OFF_LIST, lists.off_list)
    write_parquet(workspace.watchlist / "boards.parquet", lists.boards)
    write_visits(workspace, params, past, scores, list_rules.visiting)
    write_json(
        workspace.watchlist / "summary.json",
        summary_of(season, lists.cohort, lists.watchlist, gone)
        | {
            "high_off_list": len(lists.off_list),
            "came_out": shares,
            "lines": lines_of(lines),
            "line_rises": risks_by_rise(lists.cohort),
        },
    )


def list_rules_from(params: Parameters) -> ListRules:
    """Read how lists are made from the parameters and the reference data."""
    section = params.watchlist
    wording = Wording(
        causes=causes(),
        rules={rule.code: rule for rule in must_visits(section.must_visit)},
        most_causes=section.causes_named,
        most_facts=section.facts_per_cause,
        least_multiplier=section.least_multiplier,
        worded=wording_of(params.label.written()).worded,
    )
    return ListRules(visiting_of(section), wording, measures(), checks())


def summary_of(
    season: str, cohort: pl.DataFrame, watchlist: pl.DataFrame, gone: pl.DataFrame
) -> dict[str, Any]:
    """Count what a reader of the run wants to know."""
    changes, how = watchlist["change"].to_list(), watchlist["listed_by"].to_list()
    return {
        "season": season,
        "households": len(cohort),
        "listed": len(watchlist),
        "listed_by_rule": how.count("rule"),
        "listed_by_cover": how.count("cover"),
        "must_visits_without_place": must_visits_without_place(cohort),
        "townships": watchlist.select("county_id", "township_id").n_unique(),
        **{change: changes.count(change) for change in ("new", "entered", "stayed")},
        "left": len(gone),
        "visited": int(watchlist["visit_result"].is_in(VISITED).sum()),
        "left_by_visit": int(gone["why_left"].is_in(DONE_WITH).sum()),
        "left_unimproved": int(gone["is_unimproved"].sum()),
        "on_relief_only": int(watchlist["is_on_relief_only"].sum()),
        "lacks_follow_up": int(watchlist["lacks_follow_up"].sum()),
        "with_measures_ending": int((watchlist["measures_ending"].list.len() > 0).sum()),
    }


def _counties(workspace: Workspace) -> list[str]:
    counties = sorted(path.stem for path in workspace.explanations.glob("*.parquet"))
    if not counties:
        raise SeasonError(
            f"{workspace.explanations}: no explained county found; run the explain stage first (huitou run)"
        )
    return counties


class _Shared(NamedTuple):
    """What every county is listed by, and held against."""

    workspace: Workspace
    season: str
    list_rules: ListRules
    previous: Previous | None
    known: KnownOfSeason
    model: RiskModel | None
    shares: tuple[float, float]
    is_panel: bool
    high_risk: float


def _lists(county_id: str, shared: _Shared) -> tuple[Lists, IncomeLine | None]:
    """List one county, hold it against the last season, and say which line is in force there."""
    workspace, season, list_rules, previous, known, model, shares, is_panel, high_risk = shared
    day, shard = season_end(season), Register(workspace.register).shard(county_id)
    dates = {*year_up_to(day, is_panel=is_panel), *([season_end(previous.season)] if previous else [])}
    built = read_features(workspace.features / f"{county_id}.parquet", dates)
    features = built.filter(pl.col("as_of_date") == day).sort("household_id")
    villages = shard.view("villages", day)
    explained = read_parquet(workspace.explanations / f"{county_id}.parquet")
    allocated = allocated_county(explained, features, list_rules, known.visits).join(
        household_places(villages), on="village_id", how="left", maintain_order="left"
    )
    of_county = previous.of_county(county_id) if previous else None
    rescored = _rescored(of_county, allocated, built, model)
    since = compared(
        allocated, of_county, rescored, list_rules.visiting.capacity, list_rules.wording.least_multiplier
    )
    changes = known.changes(allocated, since, list_rules.visiting.capacity)
    assistance = help_in_force(shard, day)
    line = shard.line_on(day)
    listed = allocated.filter("is_listed")
    off_list = high_off_list(allocated, high_risk)
    earlier = facts_a_year_ago(pl.concat([listed, off_list]), built, is_panel=is_panel)
    currency = line.currency if line else ""
    wanted = pl.concat([listed["household_id"], off_list["household_id"]])
    homes = households(shard, day, features, wanted, currency, list_rules.ageing)
    watchlist = watchlist_of(allocated, features, assistance, changes, homes, list_rules, line, earlier)
    apart = off_list.with_columns(is_listed=pl.lit(value=True))
    unlisted = watchlist_of(apart, features, assistance, changes, homes, list_rules, line, earlier)
    explained = explained_county(
        watchlist, built, since, of_county, model, shard, day, list_rules.wording, line, earlier
    )
    at_sites = allocated.join(sites(shard, day), on="household_id", how="left")
    lists = Lists(
        allocated,
        watchlist,
        explained,
        changes,
        unlisted.sort("risk", "household_id", descending=[True, False]).with_columns(
            pl.col("change").fill_null(UNLISTED)
        ),
        boards(at_sites, villages, shares, high_risk),
        villages.select("village_id", "township_id", "county_id"),
    )
    return lists, line


def lines_of(in_force: Mapping[str, IncomeLine | None]) -> dict[str, dict[str, Any]]:
    """Write the line in force by county as a manifest keeps it; counties without one are left out."""
    return {
        county_id: {**asdict(line), "effective_from": line.effective_from.isoformat()}
        for county_id, line in in_force.items()
        if line
    }


def _rescored(
    previous: Previous | None, allocated: pl.DataFrame, built: pl.DataFrame, model: RiskModel | None
) -> pl.DataFrame:
    """Score the last season's facts of everybody who is or was listed with this season's model."""
    if previous is None or model is None:
        return pl.DataFrame(schema=RESCORED)
    concerned = pl.concat(
        [previous.listed["household_id"], allocated.filter("is_listed")["household_id"]]
    ).unique()
    then = built.filter(
        pl.col("as_of_date") == season_end(previous.season), pl.col("household_id").is_in(concerned.implode())
    )
    rows, frame = feature_frame(then.select(KEYS), [then], model.feature_names)
    margin, risk = model.margin(frame), model.predict_proba(frame)[:, 1]
    moved = _by_calibration(previous, margin, model.raw_margin(frame))
    return rows.select(
        "household_id",
        pl.Series("risk_then", risk),
        pl.Series("calibration_change", moved).fill_nan(None),
    )


def _by_calibration(previous: Previous, margin: Floats, raw: Floats) -> Floats:
    """Give what reading the raw margin as the earlier release did not adds; NaN where that is not known."""
    if not previous.calibration:
        return np.full(len(raw), np.nan)
    return margin - map_from_dict(previous.calibration).margin(raw)


if __name__ == "__main__":
    run_stage(main, HERE.watchlist)
