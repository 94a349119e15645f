"""Who is proposed for monitoring, and for which of the three groups."""

from collections.abc import Sequence

import polars as pl

from register.reference.proposed_groups import ProposedGroup
from watchlists.ledger.visits import HOUSEHOLD
from watchlists.monthly.visits import CONFIRMED

#: Proposed, and for no group: kind of household or income is not on record.
UNDECIDED = "undecided"
#: What is on record of a household: where it lives, its kind and size, its income a person as a multiple
#: of the line, and whether it is monitored now.
HOMES = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "village_name": pl.String(),
    "category": pl.String(),
    "people": pl.Int64(),
    "over_line": pl.Float64(),
    "is_monitored": pl.Boolean(),
}


def group_proposed(rules: Sequence[ProposedGroup]) -> pl.Expr:
    """Name the group that is proposed for a household; missing where none is.

    Reads ``result`` and `HOMES`. Proposed is whose risk was confirmed and who is not
    monitored now; `UNDECIDED` where no rule speaks, since kind or income is unknown.
    """
    is_below = pl.col("over_line").fill_nan(None) < 1
    spoken = [
        pl.when((is_below == rule.is_below_line) & _is_of(rule)).then(pl.lit(rule.group)) for rule in rules
    ]
    is_proposed = (pl.col("result") == CONFIRMED) & ~pl.col("is_monitored").fill_null(value=False)
    return pl.when(is_proposed).then(pl.coalesce(*spoken, pl.lit(UNDECIDED))).alias("group_proposed")


def _is_of(rule: ProposedGroup) -> pl.Expr:
    """Say whether a household is of the rule's kind."""
    if rule.category is None:
        return pl.lit(value=True)
    return (pl.col("category") == rule.category).fill_null(value=False)
