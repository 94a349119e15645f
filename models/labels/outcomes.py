"""How soon and how deep households came to the outcome, and as which group: to judge by, not to train on."""

from datetime import date

import polars as pl

from models.keys import KEYS
from models.labels.label_rules import LabelRules
from models.labels.labels import window_readings
from models.labels.monitored import identified_in
from register.breaches import breaches
from register.seasons import months_later
from register.shard import Shard

#: The three groups of the mechanism (三类户, DOMAIN 1.1).
UNSTABLE, MARGINAL, SUDDEN = "unstable", "marginal", "sudden"
OUTCOMES = (*KEYS, "gap", "lead_months", "fallen_as", "seen_on")


def outcomes(shard: Shard, cohort: pl.DataFrame, rules: LabelRules, known_on: date) -> pl.DataFrame:
    """Look up what was seen of each household in the label window.

    Parameters
    ----------
    shard : Shard
        The county the cohort lives in.
    cohort : DataFrame
        ``household_id, as_of_date``, and ``is_lifted_out`` (bool) at the date.
    rules : LabelRules
        How labels are read.
    known_on : date
        Nothing recorded later is seen: the date the labels are known at.

    Returns
    -------
    DataFrame
        `OUTCOMES`, one row a cohort row, sorted. ``gap``: how far below the line resources
        were seen, at the deepest, as a share of the line; 0 where they were not below.
        ``lead_months``: calendar months from the as-of date to the first sight of a fall,
        below the line or the beginning of a breach of the three guarantees. ``fallen_as``: the group under
        which the household was identified in the window; where it fell and was not, the one
        the definitions give: below the line unstable if lifted out and marginal if not, a
        breach alone sudden. ``seen_on``: the day of that first sight. The last three are
        missing where none was. Where the outcome is read from monitoring, first sight is
        the identification, and the group the one recorded then.

    References
    ----------
    DESIGN 5; DOMAIN 1.1.
    """
    days = cohort["as_of_date"].unique().sort().to_list()
    read = window_readings(shard, days, rules, known_on).drop_nulls("resources_over_line")
    parts = [_of_day(shard, cohort, read, rules, day, known_on) for day in days]
    schema = {name: cohort.schema[name] for name in KEYS}
    none = pl.DataFrame(
        schema={
            **schema,
            "gap": pl.Float64(),
            "lead_months": pl.Float64(),
            "fallen_as": pl.String(),
            "seen_on": pl.Date(),
        }
    )
    return pl.concat([none, *parts]).sort(KEYS)


def _of_day(
    shard: Shard, cohort: pl.DataFrame, read: pl.DataFrame, rules: LabelRules, day: date, known_on: date
) -> pl.DataFrame:
    rows, end = cohort.filter(pl.col("as_of_date") == day), months_later(day, rules.months)
    inside = read.filter(pl.col("seen_on") > day, pl.col("seen_on") <= end).sort("household_id", "seen_on")
    if rules.is_panel:
        inside = inside.unique("household_id", keep="first", maintain_order=True)
    gap = 1 - pl.col("resources_over_line")
    deepest, first_seen = gap.max().alias("gap"), pl.col("seen_on").min()
    below = inside.filter(gap > 0).group_by("household_id").agg(deepest, first_seen)
    identified = identified_in(shard, day, end, known_on)
    for events in (below, _breached(shard, rules, day, end, known_on), identified):
        rows = rows.join(events, on="household_id", how="left")
    first = pl.min_horizontal("seen_on", "breached_on")
    if rules.is_administrative:
        first = pl.col("identified_on")
    months = (first.dt.year() - day.year) * 12 + first.dt.month().cast(pl.Int32) - day.month
    by_definition = pl.when(pl.col("gap").is_null()).then(pl.lit(SUDDEN)).when("is_lifted_out")
    defined = by_definition.then(pl.lit(UNSTABLE)).otherwise(pl.lit(MARGINAL))
    return rows.select(
        *KEYS,
        pl.col("gap").fill_null(0.0),
        months.cast(pl.Float64).alias("lead_months"),
        pl.when(first.is_not_null()).then(pl.coalesce("group", defined)).alias("fallen_as"),
        first.alias("seen_on"),
    )


def _breached(shard: Shard, rules: LabelRules, day: date, end: date, known_on: date) -> pl.DataFrame:
    """Find the first breach that began in the window; a survey has none (models.labels.labels)."""
    inside = breaches(shard, known_on).filter(pl.col("began_on") > day, pl.col("began_on") <= end)
    counted = inside if rules.reading == "window" else inside.clear()
    return counted.group_by("household_id").agg(pl.col("began_on").min().alias("breached_on"))
