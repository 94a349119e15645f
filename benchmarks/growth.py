"""A cost by the number of households, as a straight line through what was measured."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Growth(NamedTuple):
    """A cost by households: what is there without any, and what each adds."""

    fixed: float
    each: float

    def at(self, households: float) -> float:
        """Give the cost of so many."""
        return self.fixed + self.each * households

    def reached(self, limit: float) -> float | None:
        """Say with how many households a limit is reached; None where it is not."""
        return max(0.0, limit - self.fixed) / self.each if self.each > 0 else None


def growth(households: Sequence[float], costs: Sequence[float]) -> Growth:
    """Fit a straight line that does not begin below zero; through zero where one size was measured.

    Examples
    --------
    >>> growth([40_000], [80.0]).each
    0.002
    >>> line = growth([1, 2, 3], [3.0, 5.0, 7.0])
    >>> round(line.fixed, 6), round(line.each, 6)
    (1.0, 2.0)
    """
    sizes, spent = np.asarray(households, float), np.asarray(costs, float)
    if len(set(households)) > 1:
        each, fixed = np.polyfit(sizes, spent, 1)
        if fixed >= 0 and each >= 0:
            return Growth(float(fixed), float(each))
    return Growth(0.0, float(sizes @ spent / (sizes @ sizes)))
