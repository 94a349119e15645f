"""A figure as one sum over rows divided by another, so that drawing clusters again is cheap."""

from dataclasses import dataclass, replace

import numpy as np

from models.arrays import Floats


@dataclass(frozen=True)
class Figure:
    """``start + sum(part) / sum(whole)``, and the same under any weights of the rows.

    A share (precision, recall) is such a ratio itself. What is not (AUC, AP, slope) is
    given by `linear`.

    Attributes
    ----------
    part, whole : ndarray, shape (n_rows,)
        What a row adds above and below the line of the fraction.
    start : float
        Added to the ratio.
    is_linear : bool
        Whether it is given by `linear`, and so no share.
    """

    part: Floats
    whole: Floats
    start: float = 0.0
    is_linear: bool = False

    @property
    def value(self) -> float:
        """The figure of the sample; NaN where nothing stands below the line."""
        return float(ratio(self.part.sum(), self.whole.sum(), self.start))

    def weighed(self, weight: Floats) -> "Figure":
        """Give the same ratio with rows that count by a weight; what is given by `linear` is no ratio."""
        return replace(self, part=self.part * weight, whole=self.whole * weight)


def ratio(part: Floats, whole: Floats, start: float) -> Floats:
    """Give the figure of sums of parts and wholes, one or many; NaN where nothing stands below the line."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = start + np.asarray(part) / np.asarray(whole)
    return np.where(np.isfinite(value), value, np.nan)


Figures = dict[str, Figure]


def linear(value: float, influence: Floats) -> Figure:
    """Give a figure that moves by the mean influence of the rows drawn.

    Parameters
    ----------
    value : float
        The figure of the sample.
    influence : ndarray, shape (n_rows,)
        Derivative of the figure by a row's weight, times the number of rows; sums to zero.

    References
    ----------
    The infinitesimal jackknife (Efron 1982): first-order the same as working the figure
    out again for every draw, at the price of one sum. tests/models hold it against that.
    """
    return Figure(influence, np.ones(len(influence)), value, is_linear=True)
