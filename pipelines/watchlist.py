"""Stage: list whom to visit, within capacity, with reasons and measures."""

from typing import Any

import polars as pl

from pipelines.stage import run_stage
from pipelines.workspace import EXPLANATIONS, FEATURES, RELEASES, WATCHLIST, load_params, shards
from register.atomic import read_parquet, write_json, write_parquet
from register.errors import SeasonError
from register.reference import causes, measures, must_visit_rules
from register.seals import seal_key_file
from register.seasons import season_end
from watchlists.allocation import Capacity, must_visits_without_place
from watchlists.change import left, previous_list, previous_release
from watchlists.reasons import Wording
from watchlists.release import verify
from watchlists.spreadsheet import write_csv
from watchlists.table import SCORES, Listing, allocated_county, watchlist_of


def main() -> None:
    """Read explanations and features, list county by county, write scores, list and changes."""
    params = load_params()
    listing, season = listing_from(params["watchlist"]), params["season"]
    before = previous_release(RELEASES, season, params["source"]["kind"])
    if before:
        verify(before, seal_key_file(params["privacy"]))
    previous = previous_list(before)
    ranked, listed = [], []
    for county_id in shards(_counties(), "watchlist"):
        features = _season_rows(county_id, season)
        allocated = allocated_county(read_parquet(EXPLANATIONS / f"{county_id}.parquet"), features, listing)
        ranked.append(allocated)
        listed.append(watchlist_of(allocated, features, previous, listing))
    cohort, watchlist = pl.concat(ranked), pl.concat(listed)
    gone = left(cohort, previous)
    write_parquet(WATCHLIST / "scores.parquet", cohort.select(SCORES).sort("county_id", "household_id"))
    write_parquet(WATCHLIST / "watchlist.parquet", watchlist)
    write_csv(WATCHLIST / "watchlist.csv", watchlist)
    write_parquet(WATCHLIST / "left.parquet", gone)
    write_json(WATCHLIST / "summary.json", summary_of(season, cohort, watchlist, gone))


def listing_from(params: dict[str, Any]) -> Listing:
    """Read how lists are made from the parameters and the reference data."""
    rules = {rule.code: rule for rule in must_visit_rules()}
    limits = (params["causes_named"], params["facts_per_cause"], params["least_multiplier"])
    wording = Wording(causes(), rules, *limits)
    capacity = Capacity(params["capacity"]["per"], params["capacity"]["visits"])
    return Listing(capacity, wording, measures())


def summary_of(
    season: str, cohort: pl.DataFrame, watchlist: pl.DataFrame, gone: pl.DataFrame
) -> dict[str, Any]:
    """Count what a reader of the run wants to know."""
    changes = watchlist["change"].to_list()
    return {
        "season": season,
        "households": len(cohort),
        "listed": len(watchlist),
        "listed_by_rule": watchlist["listed_by"].to_list().count("rule"),
        "must_visits_without_place": must_visits_without_place(cohort),
        "townships": watchlist["township_id"].n_unique(),
        **{change: changes.count(change) for change in ("new", "entered", "stayed")},
        "left": len(gone),
    }


def _counties() -> list[str]:
    found = sorted(path.stem for path in EXPLANATIONS.glob("*.parquet"))
    if not found:
        raise SeasonError(
            f"{EXPLANATIONS}: no explained county found; run the explain stage first (huitou run)"
        )
    return found


def _season_rows(county_id: str, season: str) -> pl.DataFrame:
    rows = read_parquet(FEATURES / f"{county_id}.parquet").filter(pl.col("as_of_date") == season_end(season))
    return rows.sort("household_id")


if __name__ == "__main__":
    run_stage(main)
