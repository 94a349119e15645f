"""Labels ripen: records that arrive late turn some of the falls first read into none.

A register that is back-filled every autumn shows too little income until then, so a window
that has only just closed shows too many falls. How many is known from a year ago: the same
season's labels as they were read then, beside the same labels as they are read now.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.arrays import Integers
from models.keys import KEYS
from models.risk.sampling import household_lot


@dataclass(frozen=True)
class Maturity:
    """What became of the labels that were new a year ago.

    Attributes
    ----------
    holds : float
        Share of those that said "fell" and still say so.
    turns : float
        Share of those that said "did not" and now say "fell".
    n_rows, n_positive : int
        Labels compared, and how many of them said "fell" at first; 0 when there are none.
    """

    holds: float = 1.0
    turns: float = 0.0
    n_rows: int = 0
    n_positive: int = 0

    def ripened(self, label: Integers, household_ids: pl.Series) -> Integers:
        """Draw what new labels will say a year on: right in number, not household by household.

        Parameters
        ----------
        label : ndarray of int
            1 fell, as read now.
        household_ids : Series
            Of each row; the draw is a household's own and the same in every run.
        """
        lot = household_lot(household_ids, "maturity")
        return np.where(label == 1, lot < self.holds, lot < self.turns).astype(np.int64)


def maturity(then: pl.DataFrame, now: pl.DataFrame, min_positives: int) -> Maturity:
    """Compare labels as first read with the same labels as read later.

    Parameters
    ----------
    then, now : DataFrame
        `KEYS` and ``label``, none missing.
    min_positives : int
        Fewer that fell at first leave labels as they are.
    """
    both = then.select(*KEYS, then="label").join(now.select(*KEYS, now="label"), on=KEYS, how="inner")
    fell, held = both.filter("then")["now"], both.filter(~pl.col("then"))["now"]
    if len(fell) < min_positives or not len(held):
        return Maturity()
    return Maturity(int(fell.sum()) / len(fell), int(held.sum()) / len(held), len(both), len(fell))
