"""What lines of classes change: the list by risk alone beside the one that a single line would have made."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from models.evaluation.capacity_lists import capacity_list
from models.evaluation.equal_risk import equal_risk_gap, risk_bands
from models.evaluation.parameters import EvaluateParameters
from models.figures import Figure
from models.resampling import Resampling, interval
from models.risk.storage import model_facts
from pipelines.workspace.workspace import Workspace
from studies.fairness.cohort import BY_RISK, TOLD_RISK
from studies.fairness.study import POINTS, Group, groups_of, members

#: The margin that no class's line has read, and how much of a row a list by it holds.
UNREAD, BY_ONE_LINE = "unread", "by_one_line"
PRECISION: Group = ("precision", "")


def with_one_line(workspace: Workspace, rows: pl.DataFrame) -> pl.DataFrame | None:
    """Add the list that as many visits make by margins no class's line has read.

    Parameters
    ----------
    workspace : Workspace
        With the models of the judged seasons.
    rows : DataFrame
        From `studies.fairness.cohort.judged_with_truth`, with the log-odds of every kind of model.

    Returns
    -------
    DataFrame or None
        With `BY_ONE_LINE`; None where no season has lines of classes.
    """
    seasons = rows["origin"].unique().sort().to_list()
    facts = {season: model_facts(workspace.origins / season) for season in seasons}
    if not any(one.get("class_lines") for one in facts.values()):
        return None
    return listed_by_kind(rows, {season: str(one["kind"]) for season, one in facts.items()})


def listed_by_kind(rows: pl.DataFrame, kinds: Mapping[str, str]) -> pl.DataFrame:
    """List by the log-odds of the kind that each season chose: one line keeps their order."""
    own = pl.coalesce(
        pl.when(pl.col("origin") == season).then(pl.col(kind)) for season, kind in kinds.items()
    )
    unread = rows.with_columns(own.alias(UNREAD))
    return unread.with_columns(pl.Series(BY_ONE_LINE, capacity_list(unread, UNREAD).now.mean))


def change_by_classes(rows: pl.DataFrame, evaluation: EvaluateParameters) -> pl.DataFrame:
    """Compare both lists, paired: precision at capacity, and every group's gap at equal true risk.

    Parameters
    ----------
    rows : DataFrame
        From `with_one_line`.
    evaluation : EvaluateParameters
        Bands, draws and seed.

    Returns
    -------
    DataFrame
        ``group, value, one_line, by_class, change, change_low, change_high``, in points; `PRECISION` first.
    """
    known = rows.drop_nulls("label")
    drawn = Resampling(known["cluster"], evaluation.bootstrap, evaluation.seed)
    label, risk = known["label"].cast(pl.Float64).to_numpy(), known[TOLD_RISK].to_numpy()
    band, lists = risk_bands(risk, evaluation.risk_bands), (BY_ONE_LINE, BY_RISK)
    listed = {name: known[name].to_numpy() for name in lists}
    lines = [_line(PRECISION, {name: Figure(one * label, one) for name, one in listed.items()}, drawn)]
    for group in groups_of(known):
        own = members(known, (group,))
        gaps = {name: equal_risk_gap(one, risk, band, own, ~own) for name, one in listed.items()}
        lines.append(_line(group, gaps, drawn))
    return pl.DataFrame(lines)


def _line(group: Group, figures: Mapping[str, Figure], drawn: Resampling) -> dict[str, object]:
    before, after = (POINTS * figures[name].value for name in (BY_ONE_LINE, BY_RISK))
    spread = drawn.spread(figures)
    low, high = interval(POINTS * (np.asarray(spread[BY_RISK]) - np.asarray(spread[BY_ONE_LINE])))
    return {
        **dict(zip(("group", "value"), group, strict=True)),
        "one_line": before,
        "by_class": after,
        "change": after - before,
        "change_low": low,
        "change_high": high,
    }
