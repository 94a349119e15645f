"""What a reading changes about the visits that are known: new ones, corrected ones, withdrawn ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from register.lookback_store import RECORDS
from register.quarantine import without_rows
from watchlists.lookbacks.contradictions import sorted_out
from watchlists.lookbacks.remarks import remarks_of
from watchlists.lookbacks.replacements import replacements
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.versions import ROW, VISIT
from watchlists.lookbacks.withdrawals import withdrawals, withdrawing


@dataclass(frozen=True)
class Changes:
    """What a reading changes.

    Attributes
    ----------
    visits : DataFrame
        Rows that are new visits or new versions (`watchlists.lookbacks.rows.JUDGED`).
    withdrawals : DataFrame
        Rows that take a visit back, as the version that does so.
    replaced : DataFrame
        Versions that take back what a corrected day or household makes void.
    duplicates : DataFrame
        ``file, row`` of those that say nothing new.
    reasons, remarks : DataFrame
        `register.quarantine.REASONS` against rows, and about rows that were taken.
    """

    visits: pl.DataFrame
    withdrawals: pl.DataFrame
    replaced: pl.DataFrame
    duplicates: pl.DataFrame
    reasons: pl.DataFrame
    remarks: pl.DataFrame

    @property
    def versions(self) -> pl.DataFrame:
        """All that is to be kept, what takes a visit back after the visit."""
        return pl.concat([self.visits, self.replaced, self.withdrawals])


def changes_of(
    sound: pl.DataFrame, blank: pl.DataFrame, stored: pl.DataFrame, sheets: Sequence[Filled]
) -> Changes:
    """Hold the rows of a reading against one another and against what is stored.

    Parameters
    ----------
    sound : DataFrame
        Filled rows without a fault of their own (`watchlists.lookbacks.rows.JUDGED`).
    blank : DataFrame
        Rows that are not filled in (`watchlists.lookbacks.rows.BLANK`).
    stored : DataFrame
        What earlier readings left.
    sheets : sequence of Filled
        The workbooks they are of.
    """
    written = sound.filter(~withdrawing(sound))
    accepted, repeated, contrary = sorted_out(written, stored, sheets)
    replaced, moved, unclear = replacements(accepted, written, blank, stored)
    visits = without_rows(accepted, unclear)
    known = pl.concat([one.select(list(RECORDS)) for one in (stored, visits, replaced)])
    withdrawn, again, unmeant = withdrawals(sound.filter(withdrawing(sound)), known)
    gone = pl.concat([one.select(VISIT) for one in (replaced, withdrawn)])
    remarks = pl.concat([moved, remarks_of(visits, written, blank, stored, gone)])
    return Changes(
        visits,
        withdrawn,
        replaced,
        pl.concat([repeated, again]),
        pl.concat([contrary, unclear, unmeant]),
        remarks.sort(ROW, maintain_order=True),
    )
