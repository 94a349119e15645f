"""How far risks lie from what happened, smoothed over risks as wide as that distance itself."""

from functools import cached_property

import numpy as np

from models.arrays import Floats

#: Cells that [0, 1] is parted into, each a tenth or less of the errors that are told apart (from .001 on).
CELLS = 2**13


class SmoothCalibration:
    """Residuals smoothed by the reflected Gaussian kernel, at the width that equals their size.

    Reflected at 0 and 1, the kernel damps the residuals' cosine transform, so that a smoothing
    costs one fast transform of `CELLS` values, however many rows there are.

    Parameters
    ----------
    risk : ndarray, shape (n_rows,)
        Predicted risks, within [0, 1].
    label : ndarray, shape (n_rows,)
        1 fell, 0 did not.

    References
    ----------
    Błasiok and Nakkiran 2023, Smooth ECE: principled reliability diagrams via kernel smoothing,
    arXiv 2309.12236: the error at a width is the integral of the absolute smoothed residual; the
    width is the one that equals the error, which needs no bins and no choice.

    Examples
    --------
    >>> risk, label = np.full(4, 0.5), np.array([1.0, 0.0, 0.0, 0.0])
    >>> round(SmoothCalibration(risk, label).error, 6)
    0.25
    """

    def __init__(self, risk: Floats, label: Floats) -> None:
        place = risk * CELLS - 0.5
        self._cell = np.clip(np.floor(place).astype(np.int64), 0, CELLS - 2)
        self._share = np.clip(place - self._cell, 0, 1)
        self._residual = label - risk

    @cached_property
    def error(self) -> float:
        """The smooth calibration error (smECE), within [0, 1]; 0 where residuals cancel at every risk."""
        from scipy.optimize import brentq  # slow to import, and pages work no figure out

        # Not up to 1: where everybody is wholly wrong, rounding may put the error a hair above it.
        return min(1.0, float(brentq(lambda width: self.at(width) - width, 0, 2, xtol=1e-9)))

    def at(self, width: float) -> float:
        """Give the error smoothed at a width, which no wider one exceeds."""
        return float(np.abs(_smoothed(self._terms * self._damping(width))).sum())

    @cached_property
    def influence(self) -> Floats:
        """Derivative of the error by a row's weight, times the number of rows, shape (n_rows,).

        The width moves with the error: the more the error falls where it is smoothed wider, the
        less of what a row adds is left.
        """
        damping = self._damping(self.error)
        sign = np.sign(_smoothed(self._terms * damping))
        narrowing = -(self._waves**2) * self.error
        falls = float(sign @ _smoothed(self._terms * damping * narrowing))
        pull = _smoothed(_cosines(sign) * damping)
        of_row = self._residual * ((1 - self._share) * pull[self._cell] + self._share * pull[self._cell + 1])
        return np.asarray((of_row - of_row.mean()) / (1 - falls), dtype=np.float64)

    @cached_property
    def _terms(self) -> Floats:
        """Parts of the mean residual by cell, as cosines."""
        below, above = (self._residual * share for share in (1 - self._share, self._share))
        cells = np.bincount(self._cell, below, CELLS) + np.bincount(self._cell + 1, above, CELLS)
        return _cosines(cells / len(self._residual))

    @cached_property
    def _waves(self) -> Floats:
        return np.asarray(np.pi * np.arange(CELLS), dtype=np.float64)

    def _damping(self, width: float) -> Floats:
        damping: Floats = np.exp(-((self._waves * width) ** 2) / 2)
        return damping


def _cosines(values: Floats) -> Floats:
    from scipy.fft import dct

    terms: Floats = dct(values, norm="ortho")
    return terms


def _smoothed(terms: Floats) -> Floats:
    from scipy.fft import idct

    values: Floats = idct(terms, norm="ortho")
    return values
