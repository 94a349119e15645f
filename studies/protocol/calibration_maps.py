"""Ways to read a raw margin as a risk, beside the line in use: fitted alike, compared on past seasons."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression

from models.risk.calibration import fit_line, venn_abers

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Reader = Callable[[Floats], Floats]

#: The map in use (`models.risk.calibration.Calibration`), against which the others are held.
IN_USE = "line"


def identity(raw: Floats, label: Integers) -> Reader:  # noqa: ARG001 - maps are fitted alike
    """Read the margin as the log-odds it claims to be."""
    return expit


def line(raw: Floats, label: Integers) -> Reader:
    """Fit slope and intercept on the log-odds scale (Cox 1958); the identity where it runs backwards."""
    slope, intercept = fit_line(raw, label, np.ones(len(raw)))
    return expit if slope <= 0 else lambda asked: expit(slope * asked + intercept)


def beta(raw: Floats, label: Integers) -> Reader:
    """Fit a, b >= 0 and c of logit(risk) = a log(p) - b log(1 - p) + c, p the uncalibrated risk.

    References
    ----------
    Kull, Silva Filho and Flach (2017), Beta calibration, AISTATS 54. Its package (betacal)
    has had no release since 2021.
    """

    def loss(point: Floats) -> tuple[float, Floats]:
        sides = _sides(raw)
        margin = sides @ point[:2] + point[2]
        pull = expit(margin) - label
        value = np.logaddexp(0, margin) - label * margin
        return float(value.mean()), np.r_[(sides * pull[:, None]).mean(axis=0), pull.mean()]

    found = minimize(loss, [1.0, 1.0, 0.0], jac=True, bounds=[(0, None), (0, None), (None, None)])
    return lambda asked: expit(_sides(asked) @ found.x[:2] + found.x[2])


def isotonic(raw: Floats, label: Integers) -> Reader:
    """Fit the best rising steps, held off 0 and 1 by one household in n + 2: certainty has no price."""
    least = 1 / (len(raw) + 2)
    return IsotonicRegression(y_min=least, y_max=1 - least, out_of_bounds="clip").fit(raw, label).predict


def venn_abers_merged(raw: Floats, label: Integers) -> Reader:
    """Merge the Venn-Abers bounds into one risk: high / (1 - low + high).

    References
    ----------
    Vovk and Petej (2014), Venn-Abers predictors: the probability of least regret in log loss.
    """
    edges, low, high = (np.asarray(one) for one in venn_abers(raw, label))
    merged = high / (1 - low + high)
    return lambda asked: merged[np.searchsorted(edges, asked, side="right")]


MAPS: Mapping[str, Callable[[Floats, Integers], Reader]] = {
    "identity": identity,
    "line": line,
    "beta": beta,
    "isotonic": isotonic,
    "venn_abers": venn_abers_merged,
}


def _sides(raw: Floats) -> Floats:
    """Give log(p) and -log(1 - p) of p = expit(raw)."""
    return np.column_stack([-np.logaddexp(0, -raw), np.logaddexp(0, raw)])
