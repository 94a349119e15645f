"""Ask the model about the listed households of a county: what changed, what help would change."""

from datetime import date

import pandas as pd
import polars as pl

from features.declaration import declared_features, feature_groups
from models.arrays import Floats
from models.attribution.attribute import attribute_change
from models.attribution.what_if import try_levers
from models.attribution.year_behind import a_year_behind
from models.keys import KEYS
from models.risk.model import RiskModel
from models.risk.training_set import feature_frame
from register.reference import levers
from register.reference.income_lines import YUAN
from register.seasons import season_end
from register.shard import IncomeLine, Shard
from watchlists.reasons.evidence_shape import SINCE
from watchlists.reasons.facts import County
from watchlists.reasons.reasons import Wording
from watchlists.reasons.release_evidence import explained, newest_records, since_last
from watchlists.visits.previous import Previous


def explained_county(
    watchlist: pl.DataFrame,
    built: pl.DataFrame,
    changes: pl.DataFrame,
    previous: Previous | None,
    model: RiskModel | None,
    shard: Shard,
    day: date,
    wording: Wording,
    line: IncomeLine | None,
    earlier: pl.DataFrame,
) -> pl.DataFrame:
    """Gather what explains the listed households of one county (`watchlists.reasons.release_evidence`).

    Where an order lists there is no model to ask: nothing is tried, and no change is split.
    """
    features = built.filter(pl.col("as_of_date") == day)
    county = County(features, declared_features(), line, earlier)
    ids = watchlist["household_id"]
    trials = _trials(model, built, ids, day, line) if model else {}
    since = _since(built, changes, previous, model, ids, day) if model else pl.DataFrame(schema=SINCE)
    newest = newest_records(shard, county, ids, day)
    return explained(watchlist, features, county, newest, trials, since, wording)


def facts_a_year_ago(rows: pl.DataFrame, built: pl.DataFrame, *, is_panel: bool) -> pl.DataFrame:
    """Give the features a year earlier (`models.attribution.year_behind`) by household."""
    names = [one.name for one in declared_features()]
    then = a_year_behind(rows, built, names, is_panel=is_panel)
    ids = rows["household_id"].gather(list(then.index))
    return pl.DataFrame(
        {"household_id": ids, **{name: then[name].to_numpy() for name in names}}, nan_to_null=True
    )


def _trials(
    model: RiskModel, built: pl.DataFrame, ids: pl.Series, day: date, line: IncomeLine | None
) -> dict[str, Floats]:
    """Ask the model what help would change, in the order of `ids`."""
    _, now = _frame(built, ids, day, model.feature_names)
    of_row = pd.Series(range(len(now)), index=now.index.get_level_values(0)).reindex(ids.to_list()).to_numpy()
    line_a_month = line.per_month if line and line.currency == YUAN else None  # levers count in yuan
    return try_levers(model, now.iloc[of_row], levers(), line_a_month)


def _since(
    built: pl.DataFrame,
    changes: pl.DataFrame,
    previous: Previous | None,
    model: RiskModel,
    household_ids: pl.Series,
    day: date,
) -> pl.DataFrame:
    """Compare the facts of those who are known at both dates, under today's model."""
    earlier = season_end(previous.season) if previous else day
    known_then = (
        built.filter(pl.col("as_of_date") == earlier)["household_id"] if previous else household_ids.clear()
    )
    both = household_ids.filter(household_ids.is_in(known_then.implode())).sort()
    names = model.feature_names
    (_, now), (_, then) = _frame(built, both, day, names), _frame(built, both, earlier, names)
    return since_last(changes, both, attribute_change(model, now, then, feature_groups()), household_ids)


def _frame(
    built: pl.DataFrame, household_ids: pl.Series, day: date, names: list[str]
) -> tuple[pl.DataFrame, pd.DataFrame]:
    chosen = built.filter(pl.col("as_of_date") == day, pl.col("household_id").is_in(household_ids.implode()))
    return feature_frame(chosen.select(KEYS), [chosen], names)
