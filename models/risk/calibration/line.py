"""The maps that keep contributions exact: the line on the log-odds scale, and the margin as it is."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from models.arrays import Floats, Integers
from models.risk.calibration.map import CalibrationMap


@dataclass(frozen=True)
class Identity(CalibrationMap):
    """Read the margin as the log-odds it claims to be."""

    name: ClassVar[str] = "identity"
    is_linear: ClassVar[bool] = True

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:  # noqa: ARG003 - maps are fitted alike
        """Learn nothing."""
        return cls()

    def margin(self, raw: Floats) -> Floats:
        """Give the raw margin."""
        return raw

    def split(self, base: Floats, parts: Floats) -> tuple[Floats, Floats]:
        """Give base and parts as they are."""
        return base, parts


@dataclass(frozen=True)
class Line(CalibrationMap):
    """Calibrated log-odds = slope x raw margin + intercept."""

    name: ClassVar[str] = "line"
    is_linear: ClassVar[bool] = True

    slope: float
    intercept: float

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit by maximum likelihood (`fit_line`)."""
        return cls(*fit_line(raw, label, np.ones(len(raw))))

    def margin(self, raw: Floats) -> Floats:
        """Give the log-odds on the line."""
        return self.slope * raw + self.intercept

    def split(self, base: Floats, parts: Floats) -> tuple[Floats, Floats]:
        """Give the base on the line, and the parts times its slope."""
        return self.margin(base), self.slope * parts


def fit_line(margin: Floats, label: Integers, weight: Floats) -> tuple[float, float]:
    """Fit label ~ slope x margin + intercept by maximum likelihood (Newton's method).

    Returns
    -------
    tuple of float
        Slope and intercept.

    References
    ----------
    The logistic recalibration of Cox (1958). Plain sums instead of scikit-learn's solver:
    they give the same bits whatever the number of BLAS threads.
    """
    from scipy.special import expit  # slow to import, and pages fit no line

    slope, intercept = 1.0, 0.0
    for _ in range(50):
        risk = expit(slope * margin + intercept)
        pull, curve = weight * (label - risk), weight * risk * (1 - risk)
        g1, g0 = float((pull * margin).sum()), float(pull.sum())
        h11, h10, h00 = (float((curve * margin**power).sum()) for power in (2, 1, 0))
        determinant = h11 * h00 - h10 * h10
        if determinant <= 1e-12 * max(h11 * h00, 1e-300):
            break
        step = ((h00 * g1 - h10 * g0) / determinant, (h11 * g0 - h10 * g1) / determinant)
        slope, intercept = slope + float(np.clip(step[0], -2, 2)), intercept + float(np.clip(step[1], -2, 2))
        if max(abs(step[0]), abs(step[1])) < 1e-12:
            break
    return slope, intercept
