"""What risks are worth: for one weighting or for many at once."""

from functools import cached_property

import numpy as np

from models.arrays import Floats, Integers
from models.evaluation.declaration import NO_LIST, OUTCOMES, metric
from models.figures import Figure, linear
from models.risk.calibration.line import fit_line


class Risks:
    """Risks to be compared with what happened.

    Parameters
    ----------
    risk : ndarray
        Predicted risks.
    label : ndarray of int
        1 fell below the line.
    weight : ndarray, optional
        How much each row counts in `slope`, one on average; other figures are weighed as ratios.
    """

    def __init__(self, risk: Floats, label: Integers, weight: Floats | None = None) -> None:
        self.weight = np.ones(len(label)) if weight is None else weight
        self.risk, self.label = np.clip(risk, 1e-12, 1 - 1e-12), label.astype(np.float64)
        self.margin = np.log(self.risk / (1 - self.risk))

    def metrics(self, weights: Floats) -> dict[str, Floats]:
        """Measure the risks under each row of `weights`.

        Returns
        -------
        dict of str to ndarray
            ``base_rate``, ``bias`` (mean risk - base rate), ``brier_skill`` against the
            base rate judged on, ``log_loss``, ``slope`` (1 is right, below 1 too bold).

        References
        ----------
        EVALUATION 2. The slope of a resample is one Newton step from the whole
        sample's, which has the same first-order distribution and costs three sums.
        """
        n_rows = weights.sum(axis=1)
        base = _mean(weights, self.label, n_rows)
        brier = _mean(weights, (self.risk - self.label) ** 2, n_rows)
        with np.errstate(divide="ignore", invalid="ignore"):
            skill = 1 - brier / (base * (1 - base))
        both = (base > 0) & (base < 1)
        return {
            "base_rate": base,
            "bias": _mean(weights, self.risk, n_rows) - base,
            "brier_skill": np.where(both, skill, np.nan),
            "log_loss": _mean(weights, self.log_losses, n_rows),
            "slope": np.where(both, self._slope(weights), np.nan),
        }

    @cached_property
    def values(self) -> dict[str, float]:
        """The figures of the sample."""
        return {name: float(one[0]) for name, one in self.metrics(self.ones[None]).items()}

    @cached_property
    def ones(self) -> Floats:
        """Every row once."""
        return np.ones(len(self.label))

    @cached_property
    def log_losses(self) -> Floats:
        """Log loss of every row."""
        loss: Floats = -(self.label * np.log(self.risk) + (1 - self.label) * np.log1p(-self.risk))
        return loss

    @property
    def has_slope(self) -> bool:
        """Whether risks differ, and outcomes do."""
        fell = (self.weight * self.label).sum()
        return bool(np.ptp(self.margin) > 0 and 0 < fell < self.weight.sum())

    @cached_property
    def pull_and_curve(self) -> tuple[Floats, Floats]:
        """What every row adds to the first and the second derivative of the line's likelihood."""
        slope, intercept = self.line
        from scipy.special import expit  # slow to import, and pages work no figure out

        risk = expit(slope * self.margin + intercept)
        return self.weight * (self.label - risk), self.weight * risk * (1 - risk)

    @cached_property
    def line(self) -> tuple[float, float]:
        """Slope and intercept that fit best."""
        return fit_line(self.margin, self.label.astype(np.int64), self.weight)

    def _slope(self, weights: Floats) -> Floats:
        if not self.has_slope:
            return np.full(len(weights), np.nan)
        slope, _ = self.line
        pull, curve = self.pull_and_curve
        g1, g0 = _sum(weights, pull * self.margin), _sum(weights, pull)
        h11, h10, h00 = (_sum(weights, curve * self.margin**power) for power in (2, 1, 0))
        with np.errstate(divide="ignore", invalid="ignore"):  # classes that do not overlap
            return slope + (h00 * g1 - h10 * g0) / (h11 * h00 - h10 * h10)


@metric(
    zh="基础比例",
    en="base rate",
    of="risk",
    disclosed_by=OUTCOMES,
    headline=NO_LIST,
    citation="EVALUATION 2",
)
def base_rate(risks: Risks) -> Figure:
    """Share of the households that fell."""
    return Figure(risks.label, risks.ones)


@metric(zh="平均风险", en="mean risk", of="risk", disclosed_by=OUTCOMES, citation="EVALUATION 2")
def mean_risk(risks: Risks) -> Figure:
    """Mean of the risks."""
    return Figure(risks.risk, risks.ones)


@metric(
    zh="预测偏差",
    en="bias",
    of="risk",
    disclosed_by=OUTCOMES,
    aim=0,
    citation="EVALUATION 2",
)
def bias(risks: Risks) -> Figure:
    """Mean risk less base rate."""
    return Figure(risks.risk - risks.label, risks.ones)


@metric(
    zh="相对偏差",
    en="relative bias",
    of="risk",
    disclosed_by=OUTCOMES,
    aim=0,
    headline=NO_LIST,
    citation="EVALUATION 2",
)
def relative_bias(risks: Risks) -> Figure:
    """Mean risk over base rate, less one: 0.1 is a tenth too high."""
    return Figure(risks.risk, risks.label, start=-1.0)


@metric(
    zh="Brier 技巧分",
    en="Brier skill",
    of="risk",
    disclosed_by=OUTCOMES,
    aim="higher",
    headline=NO_LIST,
    citation="Brier 1950; EVALUATION 2",
)
def brier_skill(risks: Risks) -> Figure:
    """Share of the squared error of the base rate judged on that the risks take away."""
    value, base = risks.values["brier_skill"], risks.values["base_rate"]
    if not 0 < base < 1:
        return linear(value, 0 * risks.ones)
    error, spread = (risks.risk - risks.label) ** 2, base * (1 - base)
    moved = (1 - 2 * base) * (risks.label - base) / spread
    return linear(value, (error.mean() * (1 + moved) - error) / spread)


@metric(
    zh="对数损失",
    en="log loss",
    of="risk",
    disclosed_by=OUTCOMES,
    aim="lower",
    citation="EVALUATION 2",
)
def log_loss(risks: Risks) -> Figure:
    """Mean of minus the log of the chance given to what happened."""
    return Figure(risks.log_losses, risks.ones)


@metric(
    zh="校准斜率",
    en="slope",
    of="risk",
    disclosed_by=OUTCOMES,
    aim=1,
    headline=NO_LIST,
    citation="Cox 1958; EVALUATION 2",
)
def slope(risks: Risks) -> Figure:
    """Slope of the line through the log-odds that fits what happened; below 1 the risks are too bold."""
    if not risks.has_slope:
        return linear(risks.values["slope"], 0 * risks.ones)
    pull, curve = risks.pull_and_curve
    h11, h10, h00 = ((curve * risks.margin**power).sum() for power in (2, 1, 0))
    with np.errstate(divide="ignore", invalid="ignore"):  # classes that do not overlap
        moved = pull * (h00 * risks.margin - h10) / (h11 * h00 - h10 * h10)
    return linear(risks.values["slope"], len(moved) * (moved - moved.mean()))


def _sum(weights: Floats, values: Floats) -> Floats:
    # Not a matrix product: BLAS gives other bits on another number of threads.
    return np.einsum("kn,n->k", weights, values)


def _mean(weights: Floats, values: Floats, n_rows: Floats) -> Floats:
    return _sum(weights, values) / n_rows
