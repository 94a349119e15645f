"""How likely a household is listed under the model's own doubt: chances that add up to the visits."""

import numpy as np

from models.arrays import Floats, Integers

#: Members that agree to the last digit leave a doubt too small to see, not none.
LEAST_DOUBT = 1e-9
#: Halvings of the span a cutoff is searched in: beyond double precision.
HALVINGS = 60


def chances(margin: Floats, doubt: Floats, contest: Integers, places: Integers) -> Floats:
    """Give each household its chance of getting one of the places it competes for.

    Parameters
    ----------
    margin : ndarray of float, shape (n_households,), log-odds
        What the model says.
    doubt : ndarray of float, shape (n_households,), log-odds
        Spread between its members.
    contest : ndarray of int, shape (n_households,)
        Which contest a household takes part in: 0, 1, ...
    places : ndarray of int, shape (n_contests,)
        Places of each contest; at least one, fewer than take part.

    Returns
    -------
    ndarray of float, shape (n_households,)
        Φ((margin - cutoff) / doubt). The cutoff of a contest is the one at which its
        chances add up to its places, so that it moves with the doubt of the others.

    Examples
    --------
    >>> none = np.zeros(3)
    >>> chances(np.array([1.0, 0.0, 0.0]), none, np.zeros(3, dtype=int), np.array([2])).round(2).tolist()
    [1.0, 0.5, 0.5]
    """
    from scipy.special import ndtr  # slow to import, and pages that show chances draw none

    spread = np.maximum(doubt, LEAST_DOUBT)
    span = 10 * spread.max(initial=LEAST_DOUBT)
    low = np.full(len(places), margin.min(initial=0.0) - span)
    high = np.full(len(places), margin.max(initial=0.0) + span)
    for _ in range(HALVINGS):
        cutoff = (low + high) / 2
        listed = np.bincount(contest, ndtr((margin - cutoff[contest]) / spread), len(places))
        low, high = np.where(listed > places, cutoff, low), np.where(listed > places, high, cutoff)
    return np.asarray(ndtr((margin - high[contest]) / spread))
