"""Invented lists in hindsight, really worked out: whom they named, what happened, what visits found."""

from datetime import date, timedelta

import polars as pl

from models.evaluation.past_lists import in_hindsight
from models.resampling import Bootstrap
from register.seasons import season_end
from tests.parameters import parameters
from watchlists.release.past_lists import SHADOWS, Hindsight, HindsightFacts
from watchlists.report.lookback_figures import VISITED, lookback_figures
from watchlists.report.off_list_figures import off_list_figures

FEW = Bootstrap(20, 1)
EDGES = {"risk": [0.2, 0.4], "rank": [4, 8]}
THRESHOLDS = parameters({"hindsight.drift.named": 2}).hindsight.drift
DRIFT = {"risk": 0.02, "n_disabled_members": 0.3, "n_chronic_members": 0.12, "is_relocated": 0.01}
NO_VISIT = {**dict.fromkeys(VISITED, pl.String()), "visited_on": pl.Date()}


def cohort(season, *, n=200, listed=100, found=40, missed=10, is_open=False, gone=0):
    """`found` of the listed fell and `missed` of the others; the risk of the listed is 0.3."""
    rows = []
    for place in range(n):
        on_list = place < listed
        fell = place < found or listed <= place < listed + missed
        rows.append(
            {
                "season": season,
                "household_id": f"H{place}",
                "as_of_date": season_end(season),
                "cluster": f"V{place % 9}",
                "risk": 0.3 if on_list else 0.02,
                "is_listed": on_list,
                "is_gone": place < gone,
                "label": None if is_open else fell,
                "censored": "window_open" if is_open else None,
                "rank": place % 12 + 1,
                "main_cause": "illness" if place % 2 else "employment",
            }
        )
    return pl.DataFrame(rows, schema_overrides={"label": pl.Boolean(), "censored": pl.String()})


def visits(season, *results):
    """One visit a household in the order of the list, twenty days after it: result and cause found."""
    day = season_end(season) + timedelta(days=20)
    rows = [
        (season, f"H{place}", day, result, cause, "health" if cause else None)
        for place, (result, cause) in enumerate(results)
    ]
    return pl.DataFrame(rows, schema=NO_VISIT, orient="row")


def drift(**psi):
    rows = [("training", name, value, 0.5) for name, value in {**DRIFT, **psi}.items()]
    return pl.DataFrame(rows, schema=["against", "feature", "psi", "wasserstein"], orient="row")


def visits_off(season, *results, first=100):
    """One visit a household beyond the list of `cohort`, from H100 on unless `first` says otherwise."""
    done = visits(season, *results)
    return done.with_columns(household_id="H" + (pl.int_range(pl.len()) + first).cast(pl.String))


def _everybody(cohorts):
    """Households by turns in two counties."""
    return cohorts.with_columns(county_id=_county())


def _counted(visits):
    return visits.with_columns(county_id=_county())


def _county():
    return "C" + (pl.col("household_id").str.slice(1).cast(pl.Int64) % 2 + 1).cast(pl.String)


def hindsight(*cohorts, visited=(), unlisted=(), drifted=None, season="2025Q4", off_list=0, shadows=None):
    every = pl.concat([*cohorts, cohort(season, is_open=True)])
    listed = every.filter("is_listed").select(pl.exclude("label", "censored"))
    done, off = (pl.concat([pl.DataFrame(schema=NO_VISIT), *some]) for some in (visited, unlisted))
    tables = {
        "lists": in_hindsight(every, FEW),
        **lookback_figures(listed, done, EDGES, FEW),
        "off_list": off_list_figures(_everybody(every), _counted(done), _counted(off), FEW),
        "drift": drift() if drifted is None else drifted,
        "shadows": pl.DataFrame(schema=SHADOWS) if shadows is None else shadows,
    }
    return Hindsight(tables, HindsightFacts(season, date(2025, 12, 31).isoformat(), off_list))
