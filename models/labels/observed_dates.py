"""At which dates something new was observed: a date that only reads an old reading again is none."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from register.shard import Shard


def observed_dates(shard: Shard, dates: Sequence[date]) -> list[date]:
    """Keep the dates since the one before which income was entered, and the last.

    Where income is exported once a year, or asked for in waves, the quarters between read the
    same income again: they repeat a row under another date, and of the next observation they
    ask what the row before them asked.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : sequence of date
        Season ends, ascending; the last is the one that is delivered, and always kept.

    Examples
    --------
    >>> from tests.households import household, village_of
    >>> yearly = household("lin", income=100, first="2024-12", last="2024-12")
    >>> quarters = [date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]
    >>> observed_dates(village_of(yearly), quarters)
    [datetime.date(2024, 12, 31), datetime.date(2025, 6, 30)]
    """
    entered = shard.tables["income"]["occurred_on"].unique().drop_nulls().to_list()
    since = pairwise([date.min, *dates])
    new = [day for before, day in since if any(before < one <= day for one in entered)]
    return sorted({*new, *dates[-1:]})
