"""Which causes weigh on a household at a month, heaviest first."""

import numpy as np

from simulator.story import Story
from simulator.timeline import Ints

#: Share of a year's needs below which a loss is no cause.
WEIGHS = 0.1
#: Slots of the form (DOMAIN 2.1).
SLOTS = 5
#: Months a breach stays the reason for what is recorded.
BREACH_LASTS = 3


def causes_at(story: Story, household: Ints, month: Ints) -> np.ndarray:
    """Rank the causes by what they took in the twelve months up to `month`.

    Parameters
    ----------
    story : Story
        What happened.
    household, month : arrays of int, shape (k,)
        Where and when to look.

    Returns
    -------
    array of str, shape (k, SLOTS)
        Causes, heaviest first, "none" where no more weighs a tenth of a year's needs; a
        breach of housing or water counts where nothing weighs more.
    """
    names = [*story.consequences.lost, "housing", "water", "none"]
    needs = story.needs[household, month]
    weights = np.zeros((len(household), len(names)))
    for place, lost in enumerate(story.consequences.lost.values()):
        total = np.hstack([np.zeros((len(lost), 1)), np.cumsum(lost, axis=1)])
        year = total[household, month + 1] - total[household, np.maximum(month - 11, 0)]
        weights[:, place] = year / needs
    for cause in ("housing", "water"):
        struck = np.zeros(story.needs.shape, dtype=bool)
        struck[story.strikes[cause].household, story.strikes[cause].month] = True
        recent = [struck[household, np.maximum(month - back, 0)] for back in range(BREACH_LASTS + 1)]
        weights[:, names.index(cause)] = np.any(recent, axis=0) * WEIGHS
    order = np.argsort(-weights, axis=1, kind="stable")[:, :SLOTS]
    ranked = np.array(names)[order]
    ranked[np.take_along_axis(weights, order, axis=1) < WEIGHS] = "none"
    return ranked
