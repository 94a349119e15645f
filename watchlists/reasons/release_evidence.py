"""What a release keeps of its listed households so that they can be explained later, without the data."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import CIRCUMSTANCES, GROUPS
from models.arrays import Floats
from register.shard import Shard
from register.tables import TABLES
from watchlists.reasons.evidence_shape import EXPLAINED
from watchlists.reasons.facts import County, Fact
from watchlists.reasons.reasons import Wording
from watchlists.reasons.row_shape import worst_circumstance


def explained(
    watchlist: pl.DataFrame,
    features: pl.DataFrame,
    county: County,
    newest: Mapping[str, Mapping[str, date]],
    trials: Mapping[str, Floats],
    since: pl.DataFrame,
    wording: Wording,
) -> pl.DataFrame:
    """Gather what explains the listed households of one county.

    Parameters
    ----------
    watchlist : DataFrame
        The listed households.
    features : DataFrame
        Feature frame of the county and season.
    county : County
        Medians the values are held against, and what was a year ago.
    newest : mapping of str to mapping
        From `newest_records`.
    trials : mapping of str to ndarray
        Risk by lever (`models.attribution.what_if`), in the order of `watchlist`.
    since : DataFrame
        ``household_id, previous_season, previous_risk`` and `FACTS_CHANGES`; no row where
        there is nothing to compare with.
    wording : Wording
        How many facts, and from which effect on a group is worth telling.

    Returns
    -------
    DataFrame
        `EXPLAINED` columns, in the order of `watchlist`.
    """
    rows = watchlist.join(features, on="household_id", how="left", suffix="_feature", maintain_order="left")
    entries = [
        {
            **row,
            "line_a_year": county.line_a_year,
            "currency": county.currency,
            "evidence": _evidence(row, county, newest, wording),
            "trials": _trials(number, trials),
        }
        for number, row in enumerate(rows.iter_rows(named=True))
    ]
    own = [name for name in EXPLAINED if name not in since.columns or name == "household_id"]
    kept = pl.DataFrame(
        [{name: row[name] for name in own} for row in entries], schema={n: EXPLAINED[n] for n in own}
    )
    return kept.join(since, on="household_id", how="left", maintain_order="left").select(list(EXPLAINED))


def newest_records(
    shard: Shard, county: County, household_ids: pl.Series, day: date
) -> dict[str, dict[str, date]]:
    """Find the newest record of each household in every table that features look at, as known at a date.

    Returns
    -------
    dict of str to dict
        By table, then by household; nothing where the table holds none.
    """
    tables = sorted({one.over for one in county.features.values()} & TABLES.keys())
    return {name: _newest(shard.view(name, day), TABLES[name].event, household_ids, day) for name in tables}


def since_last(
    changes: pl.DataFrame, compared: pl.Series, facts: pd.DataFrame, household_ids: pl.Series
) -> pl.DataFrame:
    """Put together what changed since the last season.

    Parameters
    ----------
    changes : DataFrame
        Against last season's list (watchlists.visits.change).
    compared : Series
        Households whose facts could be compared.
    facts : pandas.DataFrame, shape (n_compared, n_groups)
        What their changed facts did (`models.attribution.attribute.attribute_change`).
    household_ids : Series
        The listed ones.
    """
    wide = pl.DataFrame(
        {"household_id": compared, **{f"facts_change_{g}": facts[g].to_numpy() for g in GROUPS}}
    )
    before = changes.filter(
        pl.col("previous_risk").is_not_null(), pl.col("household_id").is_in(household_ids.implode())
    )
    return before.select("household_id", "previous_season", "previous_risk").join(
        wide, on="household_id", how="inner"
    )


def _newest(view: pl.DataFrame, event: str, household_ids: pl.Series, day: date) -> dict[str, date]:
    """Take the last day anything began or ended by then."""
    if "household_id" not in view.columns:
        return {}
    ended = pl.col("ended_on" if "ended_on" in view.columns else event)
    last = pl.max_horizontal(event, pl.when(ended <= pl.lit(day)).then(ended))
    of_listed = view.filter(pl.col("household_id").is_in(household_ids.implode()))
    return dict(of_listed.group_by("household_id").agg(last.max()).drop_nulls().iter_rows())


def _evidence(
    row: Mapping[str, Any], county: County, newest: Mapping[str, Mapping[str, date]], wording: Wording
) -> list[dict[str, Any]]:
    """List what stands behind every group that is named, stands or raises the risk, causes first."""
    least = math.log(wording.least_multiplier)
    fresh = {group: row[f"fresh_{group}"] for group in CIRCUMSTANCES}
    worse = worst_circumstance(fresh, least)
    spoken = {*row["events"], *row["named_causes"], *row["vulnerability"], *worse}
    return [
        {
            "group": group,
            "feature": fact.feature.name,
            "value": fact.value,
            "median": fact.median,
            "a_year_ago": fact.a_year_ago,
            "is_fresh": fact.is_fresh,
            "recorded": newest.get(fact.feature.over, {}).get(row["household_id"]),
        }
        for group in GROUPS
        if group in spoken or row[f"phi_{group}"] >= least
        for fact in _facts(row, group, county, wording.most_facts)
    ]


def _facts(row: Mapping[str, Any], group: str, county: County, most: int) -> list[Fact]:
    """Give what happened within the year, then what stands out besides."""
    fresh = county.happened(row, group, most)
    return [*fresh, *county.standing_out(row, group, most, {one.feature.name for one in fresh})]


def _trials(number: int, trials: Mapping[str, Floats]) -> list[dict[str, Any]]:
    return [
        {"lever": code, "risk": float(risk[number])}
        for code, risk in trials.items()
        if not np.isnan(risk[number])
    ]
