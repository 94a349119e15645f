"""For which rise of the line the risks are, and what they would be for others."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.labels.line_scenarios import CAME
from models.names import RISE


def risks_by_rise(cohort: pl.DataFrame) -> list[dict[str, Any]]:
    """Average the risks for every rise of the line that they are read for.

    Parameters
    ----------
    cohort : DataFrame
        ``risk, is_listed``, and a column `RISE` + share a rise; under a published order there is no
        risk and no such column.

    Returns
    -------
    list of dict
        ``rise`` (share, None as assumed), ``cohort`` and ``listed`` (mean risks), ascending from
        the assumed one on; empty under a published order.
    """
    stated = sorted(
        float(name.removeprefix(RISE))
        for name in cohort.columns
        if name.startswith(RISE) and name != f"{RISE}{CAME}"
    )
    columns = {None: "risk"} | {rise: f"{RISE}{rise}" for rise in stated}
    listed = cohort.filter("is_listed")
    return [
        {"rise": rise, "cohort": cohort[name].mean(), "listed": listed[name].mean()}
        for rise, name in columns.items()
        if cohort[name].count()
    ]


def rise_section(risks: Sequence[Mapping[str, Any]], line_changes: Sequence[float]) -> dict[str, Any]:
    """Give the values of a report's table of rises.

    Parameters
    ----------
    risks : sequence of mapping
        From `risks_by_rise`.
    line_changes : sequence of float
        New line over old that the risks assume, one a county where they differ; empty where
        labels are read as the line was.

    Returns
    -------
    dict
        ``rows`` (zh, en, and the mean risks of cohort and list); no rows where no other rise is read.
    """
    assumed = "、".join(f"{change - 1:+.1%}" for change in line_changes)
    rows = [(*_named(one["rise"], assumed), f"{one['cohort']:.1%}", f"{one['listed']:.1%}") for one in risks]
    return {"rows": rows if len(rows) > 1 else []}


def _named(rise: float | None, assumed: str) -> tuple[str, str]:
    if rise is None:
        return f"本名单按此（{assumed or '未变'}）", f"as this list assumes ({assumed or 'unchanged'})"
    return f"{rise:+.0%}", ""
