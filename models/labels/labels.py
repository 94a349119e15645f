"""What became of a household within the window: it came to the outcome, it did not, or is not known."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from models.labels.label_rules import LabelRules
from models.labels.line_changes import as_if_changed
from models.labels.monitoring_labels import monitoring_read
from register.breaches import breaches, in_breach
from register.readings import readings
from register.seasons import months_later
from register.shard import Shard

#: Columns of a label, in order.
LABELS = ("household_id", "as_of_date", "label", "label_known_on", "censored")

_READ = {"household_id": pl.String(), "seen_on": pl.Date(), "resources_over_line": pl.Float64()}
_SCHEMA = {
    "household_id": pl.String(),
    "as_of_date": pl.Date(),
    "label": pl.Boolean(),
    "label_known_on": pl.Date(),
    "censored": pl.String(),
}


def labels(
    shard: Shard, cohort: pl.DataFrame, rules: LabelRules, known_on: date, line_change: float | None = None
) -> pl.DataFrame:
    """Read what became of each row of the cohort, as known at `known_on`.

    Parameters
    ----------
    shard : Shard
        The county the cohort lives in.
    cohort : DataFrame
        ``household_id, as_of_date``.
    rules : LabelRules
        How to read.
    known_on : date
        A season end; nothing recorded later is seen and no label known later is given.
    line_change : float, optional
        Read as if the line had changed by this ratio, new over old, whenever it changed
        inside a window (reading ``window``); by default as it did.

    Returns
    -------
    DataFrame
        `LABELS` columns, one row a cohort row, sorted by household and date. `label` and
        `label_known_on` are missing where `censored` says why.
    """
    return labels_by_change(shard, cohort, rules, known_on, [line_change])[0]


def labels_by_change(
    shard: Shard,
    cohort: pl.DataFrame,
    rules: LabelRules,
    known_on: date,
    line_changes: Sequence[float | None],
) -> list[pl.DataFrame]:
    """Read `labels` once for every change of the line that is stated; the register is read once for all."""
    rows = cohort.select("household_id", "as_of_date")
    if rules.is_administrative:
        return [_from_monitoring(shard, rows, rules, known_on)] * len(line_changes)
    days = [day for day in rows["as_of_date"].unique().sort().to_list() if day < known_on]
    read_at = window_readings(shard, days, rules, known_on)
    breached = breaches(shard, known_on) if rules.reading == "window" else None
    later = _open(rows.filter(pl.col("as_of_date") >= known_on))
    by_day = {day: rows.filter(pl.col("as_of_date") == day) for day in days}
    inside = {day: _inside(read_at, day, rules) for day in days}

    def read(change: float | None) -> pl.DataFrame:
        """Read every day's rows as if the line had changed so."""
        parts = [pl.DataFrame(schema=_SCHEMA)]
        for day, at_day in by_day.items():
            outcomes = _outcomes(shard, inside[day], day, change)
            if breached is None:
                parts.append(_next_observation(at_day, outcomes, rules, day, known_on))
            else:
                already = in_breach(breached, day)
                parts.append(_window(at_day, outcomes, breached, already, rules, day, known_on))
        return pl.concat([*parts, later]).sort("household_id", "as_of_date")

    return [read(change) for change in line_changes]


def _inside(read_at: pl.DataFrame, day: date, rules: LabelRules) -> pl.DataFrame:
    """Keep what was seen in the window of a day."""
    return read_at.filter(pl.col("seen_on") > day, pl.col("seen_on") <= months_later(day, rules.months))


def _outcomes(shard: Shard, read_at: pl.DataFrame, day: date, change: float | None) -> pl.DataFrame:
    below = pl.col("resources_over_line") < 1
    if change is not None:
        factors = as_if_changed(shard, day, read_at["seen_on"].unique().sort().to_list(), change)
        read_at = read_at.join(factors, on="seen_on", how="left", maintain_order="left")
        below = pl.col("resources_over_line") * pl.col("factor") < 1
    return read_at.select("household_id", "seen_on", below.alias("below"))


def _from_monitoring(shard: Shard, rows: pl.DataFrame, rules: LabelRules, known_on: date) -> pl.DataFrame:
    """Label by what was recorded of monitoring, once the window has closed and its records arrived."""
    read = [pl.DataFrame(schema=_SCHEMA)]
    for (day,), at_day in rows.group_by("as_of_date", maintain_order=True):
        known = months_later(day, rules.months + rules.settle_months)
        if known > known_on:
            read.append(_open(at_day))
        else:
            monitored = monitoring_read(shard, at_day, rules, day, known_on)
            read.append(_labelled(monitored, pl.col("identified"), pl.lit(known)))
    return pl.concat(read).sort("household_id", "as_of_date")


def count_censored(rows: pl.DataFrame, reasons: Sequence[str]) -> dict[str, int]:
    """Count the rows without a label, by reason; every one of `reasons` is named."""
    return {kind: int((rows["censored"] == kind).sum()) for kind in reasons}


def window_readings(shard: Shard, days: Sequence[date], rules: LabelRules, known_on: date) -> pl.DataFrame:
    """Read every household at the season ends that lie in some window after `days`.

    Returns
    -------
    DataFrame
        ``household_id, seen_on, resources_over_line`` (missing where not observed); ends after
        `known_on` are not seen yet.
    """
    ends = sorted({months_later(day, step) for day in days for step in range(3, rules.months + 1, 3)})
    recorded = [end for end in ends if end <= known_on]
    if not recorded:
        return pl.DataFrame(schema=_READ)
    read = readings(shard, recorded, rules.resources_months, known_on)
    return read.select("household_id", pl.col("as_of_date").alias("seen_on"), "resources_over_line")


def _window(
    rows: pl.DataFrame,
    inside: pl.DataFrame,
    breached: pl.DataFrame,
    already: pl.Series,
    rules: LabelRules,
    day: date,
    known_on: date,
) -> pl.DataFrame:
    end, known = months_later(day, rules.months), months_later(day, rules.months + rules.settle_months)
    if known > known_on:
        return _open(rows)
    fell = inside.group_by("household_id").agg(pl.col("below").any().alias("below"), _observed())
    begun = breached.filter(pl.col("began_on") > day, pl.col("began_on") <= end)
    unsafe = begun.select("household_id", unsafe=pl.lit(value=True)).unique()
    stayed = inside.filter(pl.col("seen_on") == end).select("household_id", stayed=pl.lit(value=True))
    joined = (
        rows.join(fell, on="household_id", how="left")
        .join(unsafe, on="household_id", how="left")
        .join(stayed, on="household_id", how="left")
    )
    positive = pl.col("below").fill_null(value=False) | pl.col("unsafe").fill_null(value=False)
    reason = (
        pl.when(pl.col("household_id").is_in(already.implode()))
        .then(pl.lit("in_breach"))
        .when(positive)
        .then(None)
        .when(pl.col("stayed").is_null())
        .then(pl.lit("left_register"))
        .when(~pl.col("observed"))
        .then(pl.lit("not_observed"))
    )
    return _labelled(joined.with_columns(reason.alias("censored")), positive, pl.lit(known))


def _next_observation(
    rows: pl.DataFrame, outcomes: pl.DataFrame, rules: LabelRules, day: date, known_on: date
) -> pl.DataFrame:
    end = months_later(day, rules.months)
    inside = outcomes.drop_nulls("below").sort("household_id", "seen_on")
    joined = rows.join(
        inside.unique("household_id", keep="first", maintain_order=True), on="household_id", how="left"
    )
    unseen = "window_open" if end > known_on else "not_observed"
    reason = pl.when(pl.col("below").is_null()).then(pl.lit(unseen))
    return _labelled(joined.with_columns(reason.alias("censored")), pl.col("below"), pl.col("seen_on"))


def _observed() -> pl.Expr:
    return pl.col("below").is_not_null().any().alias("observed")


def _labelled(joined: pl.DataFrame, positive: pl.Expr, known: pl.Expr) -> pl.DataFrame:
    counted = pl.col("censored").is_null()
    return joined.with_columns(
        pl.when(counted).then(positive).alias("label"),
        pl.when(counted).then(known).cast(pl.Date).alias("label_known_on"),
        pl.col("censored").cast(pl.String),
    ).select(LABELS)


def _open(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        pl.lit(None, dtype=pl.Boolean).alias("label"),
        pl.lit(None, dtype=pl.Date).alias("label_known_on"),
        pl.lit("window_open").alias("censored"),
    ).select(LABELS)
