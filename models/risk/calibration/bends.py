"""The maps that bend: Beta, isotonic steps, merged Venn-Abers bounds."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from models.arrays import Floats, Integers
from models.risk.calibration.bounds import RiskBounds
from models.risk.calibration.map import CalibrationMap


@dataclass(frozen=True)
class Beta(CalibrationMap):
    """Log-odds = a log(p) - b log(1 - p) + c, p the uncalibrated risk, a and b >= 0.

    References
    ----------
    Kull, Silva Filho and Flach (2017), Beta calibration, AISTATS 54. Its package (betacal)
    has had no release since 2021.
    """

    name: ClassVar[str] = "beta"

    a: float
    b: float
    c: float

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit by maximum likelihood."""
        from scipy.optimize import minimize  # slow to import, seldom fitted
        from scipy.special import expit

        sides = _sides(raw)

        def loss(point: Floats) -> tuple[float, Floats]:
            margin = sides @ point[:2] + point[2]
            pull = expit(margin) - label
            value = np.logaddexp(0, margin) - label * margin
            return float(value.mean()), np.r_[(sides * pull[:, None]).mean(axis=0), pull.mean()]

        fitted = minimize(loss, [1.0, 1.0, 0.0], jac=True, bounds=[(0, None), (0, None), (None, None)])
        return cls(*fitted.x.tolist())

    def margin(self, raw: Floats) -> Floats:
        """Give the log-odds on the curve."""
        return _sides(raw) @ np.array([self.a, self.b]) + self.c


@dataclass(frozen=True)
class Isotonic(CalibrationMap):
    """The best rising risks, joined by straight lines.

    Attributes
    ----------
    at, risk : tuple of float
        Raw margins and the risk there. Each is a household's: thin them out before a model
        that is handed on is calibrated so.
    """

    name: ClassVar[str] = "isotonic"

    at: tuple[float, ...]
    risk: tuple[float, ...]

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit, held off 0 and 1 by one household in n + 2: certainty has no price."""
        from sklearn.isotonic import IsotonicRegression  # slow to import, seldom fitted

        least = 1 / (len(raw) + 2)
        fitted = IsotonicRegression(y_min=least, y_max=1 - least, out_of_bounds="clip").fit(raw, label)
        return cls(tuple(fitted.X_thresholds_.tolist()), tuple(fitted.y_thresholds_.tolist()))

    def margin(self, raw: Floats) -> Floats:
        """Give the log-odds of the risk on the joined steps."""
        from scipy.special import logit  # slow to import, and pages read no risk

        return logit(np.interp(raw, self.at, self.risk))


@dataclass(frozen=True)
class MergedVennAbers(CalibrationMap):
    """Both Venn-Abers bounds as one risk: high / (1 - low + high).

    References
    ----------
    Vovk and Petej (2014), Venn-Abers predictors: the probability of least regret in log loss.
    """

    name: ClassVar[str] = "venn_abers"

    edges: tuple[float, ...]
    risk: tuple[float, ...]

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit the bounds and merge them, step by step."""
        bounds = RiskBounds.fit(raw, label)
        low, high = np.asarray(bounds.low), np.asarray(bounds.high)
        return cls(bounds.edges, tuple((high / (1 - low + high)).tolist()))

    def margin(self, raw: Floats) -> Floats:
        """Give the log-odds of the risk of each margin's step."""
        from scipy.special import logit

        return logit(np.asarray(self.risk)[np.searchsorted(np.asarray(self.edges), raw, side="right")])


def _sides(raw: Floats) -> Floats:
    """Give log(p) and -log(1 - p) of p = expit(raw)."""
    return np.column_stack([-np.logaddexp(0, -raw), np.logaddexp(0, raw)])
