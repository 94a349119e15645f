"""How far the latest closed year is believed: its line, and the one of all years, meet part of the way."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from models.arrays import Flags, Floats, Integers
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.line import Line

#: Log-odds within which a level is looked for; beyond lie shares of one in a million.
FARTHEST = 40.0


def level(raw: Floats, slope: float, share: float) -> float:
    """Give the intercept at which risks on ``slope x raw + intercept`` are `share` on average.

    Parameters
    ----------
    raw : ndarray, shape (n,)
        Margins.
    slope : float
    share : float
        Between 0 and 1, both excluded.

    Examples
    --------
    >>> round(level(np.zeros(5), 1.0, 0.25), 4)
    -1.0986
    """
    return float(
        brentq(lambda at: float(expit(slope * raw + at).mean()) - share, -FARTHEST, FARTHEST, xtol=1e-12)
    )


def pooled_with_all_years(
    latest: Calibration, unseen: Floats, trained: Integers, stated: Integers, weight: float
) -> Calibration:
    """Pool the line of the latest closed year with that of all years trained on.

    The year's line has the slope found on it, and the level at which the delivered members are
    right on it: those `latest` was fitted for were trained a year less and stand lower or higher.
    The line of all years takes the members at their word, but for what is known to differ: that
    labels ripen, and the rise of the line that is asked for.

    Parameters
    ----------
    latest : Calibration
        Fitted on the latest closed year, for members trained before it; one that is no line is
        given back as it is.
    unseen : ndarray, shape (n,)
        Margins of that year's rows by delivered members that had not seen the household; NaN where
        all had.
    trained, stated : ndarray of int, shape (n,)
        Outcomes: as trained on, and as they will be read for the rise that is asked for.
    weight : float
        Of the latest year, between 0 and 1.

    Returns
    -------
    Calibration
        A line.

    References
    ----------
    A level learned from one year carries a crisis into the recovery; partial pooling of seasons:
    Gelman and Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical Models, 12.
    """
    of_year, kept = latest.map, np.isfinite(unseen)
    if not isinstance(of_year, Line) or not _has_both(trained, kept) or not _has_both(stated, kept):
        return latest
    raw, was, will_be = unseen[kept], float(trained[kept].mean()), float(stated[kept].mean())
    of_all = level(raw, 1.0, will_be) - level(raw, 1.0, was)
    slope = weight * of_year.slope + 1 - weight
    intercept = weight * level(raw, of_year.slope, will_be) + (1 - weight) * of_all
    return Calibration(Line(slope, intercept), latest.n_rows, latest.n_positive)


def _has_both(label: Integers, kept: Flags) -> bool:
    """Tell whether some of the rows came to the outcome and some did not."""
    return bool(0 < label[kept].sum() < kept.sum())
