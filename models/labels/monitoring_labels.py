"""Labels read from monitoring: whether a household was identified inside the window, under today's rules."""

from datetime import date, timedelta

import polars as pl

from models.labels.label_rules import LabelRules
from models.labels.monitored import identified_in, monitored_at
from register.reference import comparable_since, monitoring_regimes
from register.seasons import months_later
from register.shard import Shard


def monitoring_read(
    shard: Shard, rows: pl.DataFrame, rules: LabelRules, day: date, known_on: date
) -> pl.DataFrame:
    """Tell who of a date's cohort was identified in the window, and of whom nothing can be told.

    Only what was recorded by `known_on` is seen. A window that opened before the rules last
    changed their meaning (`register.reference.comparable_since`) tells nothing under the
    rules in force at `known_on`: a quota left out households that met the criteria.

    Parameters
    ----------
    shard : Shard
        One county.
    rows : DataFrame
        ``household_id`` of the cohort at `day`.
    rules : LabelRules
        With an administrative outcome; of `relapse` the cohort itself has been eliminated
        before (models.labels.cohort), so that every identification is one again.
    day : date
        As-of date; its window has closed.
    known_on : date

    Returns
    -------
    DataFrame
        `rows` with ``identified`` (bool) and ``censored``, missing where the label is known.

    References
    ----------
    DESIGN 5; DOMAIN 1.1 and 7.1.
    """
    end = months_later(day, rules.months)
    same_rules = day + timedelta(days=1) >= comparable_since(monitoring_regimes(), known_on)
    marked = rows
    for name, households in {
        "identified": identified_in(shard, day, end, known_on),
        "already": monitored_at(shard, day, known_on),
        "stayed": shard.view("households", end, known_on),
    }.items():
        flag = households.select("household_id").unique().with_columns(pl.lit(value=True).alias(name))
        marked = marked.join(flag, on="household_id", how="left").with_columns(
            pl.col(name).fill_null(value=False)
        )
    reason = (
        pl.when(not same_rules)
        .then(pl.lit("older_regime"))
        .when("already")
        .then(pl.lit("already_monitored"))
        .when(~pl.col("identified") & ~pl.col("stayed"))
        .then(pl.lit("left_register"))
    )
    return marked.with_columns(reason.alias("censored"))
