"""For which rises of the line a margin is read as a risk: the next line is a decision, not a fact."""

from collections.abc import Sequence
from datetime import date

from models.labels.label_rules import CARRIED, LabelRules
from models.labels.line_changes import change_within, last_change
from register.seasons import months_later
from register.shard import Shard

#: The rise that came, known once a window has closed; of the others the name says the rise.
CAME = "came"


def assumed_change(shard: Shard, day: date, rules: LabelRules) -> float | None:
    """Give the new line over the old one that risks made at `day` assume.

    Parameters
    ----------
    shard : Shard
        The county, with its lines.
    day : date
        As-of date; a later change of the line is not looked at.
    rules : LabelRules
        ``line_rise``: the last change known, or a stated one.

    Returns
    -------
    float or None
        None where labels are read as the line was, and where it never changed.
    """
    if not rules.is_stated:
        return None
    return last_change(shard, day) if rules.line_rise == CARRIED else 1 + float(rules.line_rise)


def line_scenarios(
    shard: Shard, day: date, rules: LabelRules, rises: Sequence[float], end: date
) -> dict[str, float]:
    """Name the other changes of the line that the margin of `day` is read for.

    Parameters
    ----------
    shard, day, rules
        As in `assumed_change`.
    rises : sequence of float
        Stated ones, as shares: each is named by itself.
    end : date
        Where the register ends: a window still open then has no rise that came.

    Returns
    -------
    dict of str to float
        New line over old, `CAME` first; empty where labels are read as the line was.
    """
    if not rules.is_stated:
        return {}
    closes = months_later(day, rules.months)
    came = {CAME: change_within(shard, day, closes)} if closes <= end else {}
    return came | {str(rise): 1 + rise for rise in rises}
