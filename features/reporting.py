"""Reporting: how fresh, how late, how often corrected and how complete the records are."""

import polars as pl

from features.declaration import feature
from features.expressions import count, entered_months_ago, mean, months_since, ratio, total, within

#: A feature of each table that knows something of every household it has a record of.
ONE_A_TABLE = (
    "n_earners",
    "n_workers",
    "n_chronic_members",
    "is_relocated",
    "months_since_house_check",
    "n_unsafe_water_24m",
    "n_active_measures",
)

#: Months after which a look at the house is old; counted on, those of a house looked at when the
#: register was made would be a clock.
STALE = 12


@feature(
    over="income",
    zh="距最近一次录入收入的月数",
    en="months since income was last entered",
    unit="months",
    source="DOMAIN 1.6: quarterly income statistics [S42]; staleness",
)
def months_since_income_entry() -> pl.Expr:
    return entered_months_ago().min()


@feature(
    over="income",
    zh="近12个月收入从发生到录入的平均天数",
    en="mean days from income to its entry, in 12 months",
    unit="days",
    source="DESIGN 2: the register is back-filled every autumn",
    bounds=(None, None),
)
def mean_entry_lag_12m() -> pl.Expr:
    lag = (pl.col("recorded_on") - pl.col("occurred_on")).dt.total_days()
    return mean(lag, within(12))


@feature(
    over="income",
    zh="近12个月收入记录的更正次数",
    en="corrections of income records of 12 months",
    unit="corrections",
    source="DOMAIN 3.6: records are corrected after checks [C1]",
)
def n_corrections_12m() -> pl.Expr:
    return total("version", within(12))


@feature(
    over="income",
    zh="近12个月收入每录入月份的记录数",
    en="records an entry month, of the income of 12 months: bunching",
    unit="records",
    source="DESIGN 2: the register is back-filled every autumn",
    parts={
        "records_12m": count(within(12)),
        "entry_months_12m": entered_months_ago().filter(within(12)).n_unique(),
    },
)
def records_per_entry_month_12m() -> pl.Expr:
    return ratio("records_12m", "entry_months_12m")


@feature(
    over="housing",
    zh="距最近一次住房核查的月数（至多12）",
    en="months since the house was last looked at, 12 at most",
    unit="months",
    source="DOMAIN 3.5: grades [S50]; staleness",
)
def months_since_house_check() -> pl.Expr:
    return months_since(pl.lit(value=True)).clip(upper_bound=STALE)


@feature(
    over="household",
    zh="没有任何记录的登记表数",
    en="tables without any record of the household",
    unit="tables",
    source="DOMAIN 3: tables a form fills; missingness",
    bounds=(0, len(ONE_A_TABLE)),
)
def n_silent_tables() -> pl.Expr:
    return pl.sum_horizontal(pl.col(name).is_null().cast(pl.Float64) for name in ONE_A_TABLE)
