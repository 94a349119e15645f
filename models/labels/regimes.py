"""Whether a season's label window crosses a change of the rules of monitoring."""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from models.labels.label_rules import LabelRules
from register.reference import monitoring_regimes, regimes_between
from register.seasons import months_later, season_of


def regime_table(cohort: pl.DataFrame, rules: LabelRules) -> pl.DataFrame:
    """Set each season's label window beside the rules in force in it.

    Parameters
    ----------
    cohort : DataFrame
        ``as_of_date, label, censored`` as known at the register's end.
    rules : LabelRules
        How labels are read.

    Returns
    -------
    DataFrame
        ``season, window_opens, window_closes, regimes`` (codes, oldest first, joined by
        `` > ``), ``crosses`` (whether there are several), ``n, n_known, n_positive`` and
        ``n_older``: rows whose label is not used because it was read under rules that meant
        something else (models.labels.monitoring_labels); none of the default outcome, which no
        rule of monitoring defines.
    """
    older = pl.col("censored").eq_missing("older_regime").sum().cast(pl.Int64).alias("n_older")
    counts = cohort.group_by("as_of_date").agg(
        pl.len().cast(pl.Int64).alias("n"),
        pl.col("label").is_not_null().sum().cast(pl.Int64).alias("n_known"),
        pl.col("label").sum().cast(pl.Int64).alias("n_positive"),
        older,
    )
    windows = [_window(day, rules.months) for day in counts["as_of_date"].sort().to_list()]
    table = pl.DataFrame(windows, schema=_WINDOW).join(counts, on="as_of_date")
    return table.sort("season").drop("as_of_date")


_WINDOW = {
    "season": pl.String(),
    "as_of_date": pl.Date(),
    "window_opens": pl.Date(),
    "window_closes": pl.Date(),
    "regimes": pl.String(),
    "crosses": pl.Boolean(),
}


def _window(day: date, months: int) -> Mapping[str, object]:
    opens, closes = day + timedelta(days=1), months_later(day, months)
    inside = regimes_between(monitoring_regimes(), opens, closes)
    return {
        "season": season_of(day),
        "as_of_date": day,
        "window_opens": opens,
        "window_closes": closes,
        "regimes": " > ".join(one.code for one in inside),
        "crosses": len(inside) > 1,
    }
