"""Boosted members, and for households poor before a second set of them that learned from such alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import lightgbm as lgb

from models.arrays import Flags
from models.risk.boosters import Rows, fit_boosters
from models.risk.grafting import grafted

#: Above zero where a household was below the line at an earlier observation.
POOR_BEFORE = "n_past_falls"


def fit_members(
    rows: Rows,
    below: Flags,
    names: Sequence[str],
    parameters: Mapping[str, Any],
    members: int,
    rounds: int,
    second_set: Mapping[str, float] | None,
) -> tuple[list[lgb.Booster], int]:
    """Train the members, each mixed with one of a second set where there is enough to learn it from.

    Parameters
    ----------
    rows : Rows
        What the members are trained on.
    below : ndarray of bool, shape (n,)
        Rows of households below the line now.
    names : sequence of str
        Of the columns; without `POOR_BEFORE` among them there is no second set.
    parameters, members, rounds
        Of `models.risk.boosters.fit_boosters`, for both sets alike: a member and its second leave out
        the same households.
    second_set : mapping, optional
        ``part`` of the margin of those poor before that is the second set's, and ``least`` rows of
        each class, of households below the line before or now, to learn it from.

    Returns
    -------
    tuple of (list of Booster, int)
        Read back from the text that is stored; and how many rows taught the second set, 0 without one.
    """
    of_all = fit_boosters(rows, names, parameters, members, rounds)
    if not second_set or not second_set["part"] or POOR_BEFORE not in names:
        return of_all, 0
    switch = list(names).index(POOR_BEFORE)
    before = rows.matrix[:, switch] > 0
    poor = rows.where(before | below)
    if min((poor.label == 1).sum(), (poor.label == 0).sum()) < second_set["least"]:
        return of_all, 0
    own = fit_boosters(poor, names, parameters, members, rounds)
    share = float(before.mean())
    mixed = [
        grafted(one.model_to_string(), other.model_to_string(), switch, second_set["part"], share)
        for one, other in zip(of_all, own, strict=True)
    ]
    return [lgb.Booster(model_str=text) for text in mixed], len(poor.label)
