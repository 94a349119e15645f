"""The household with the highest risk, drawn: how its risk comes about, side by side."""

import math
from typing import Any

import polars as pl

from features.declaration import GROUPS
from watchlists.pages.cause_plots import names_of, side_by_side
from watchlists.pages.pages import drawing
from watchlists.report.cause_counts import words
from watchlists.report.cause_parts import fresh, standing

#: A part that changes the odds by less is not drawn.
LEAST = math.log(1.05)


def highest_risk(scores: pl.DataFrame) -> dict[str, Any]:
    """Draw the household with the highest risk, the largest parts first.

    Returns
    -------
    dict
        ``household_id, risk``, ``base`` (the starting point as a risk) and ``drawn``.
    """
    row = scores.sort("risk", "household_id", descending=[True, False]).head(1)
    parts = [row.select(long=standing(one), year=fresh(one)).row(0) for one in GROUPS]
    worth = [at for at, pair in enumerate(parts) if max(map(abs, pair)) >= LEAST]
    order = sorted(worth, key=lambda at: (-sum(parts[at]), at))
    multiples = [(math.exp(parts[at][0]), math.exp(parts[at][1])) for at in order]
    picture = side_by_side(names_of([words(GROUPS[at]) for at in order]), multiples or [(1.0, 1.0)])
    return {
        "household_id": row["household_id"][0],
        "risk": row["risk"][0],
        "base": 1 / (1 + math.exp(-row["base_margin"][0])),
        "drawn": drawing(picture),
    }
