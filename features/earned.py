"""What the household earned, by window: sums that several features rest on (`parts`)."""

import polars as pl

from features.expressions import between, current, total, within
from register.tables.income import EARNED

FROM_EARNED = pl.col("source").is_in(EARNED)

#: In the resources window, as a share of its needs.
NOW = {"earned_now": total("amount_needs", current() & FROM_EARNED)}
#: In the last 12 months, and in each quarter of them, the latest first; shares of a year's needs.
YEAR = {"earned_12m": total("amount_of_year", within(12) & FROM_EARNED)}
QUARTERS = {
    f"earned_quarter_{number}": total("amount_of_year", between(months, months + 3) & FROM_EARNED)
    for number, months in enumerate((0, 3, 6, 9), 1)
}
