"""What causes do to the risk: long-term and fresh parts on average, and how a part follows a fact."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from features.declaration import CAUSES, GROUPS, Feature, declared_features
from models.arrays import Floats
from models.evaluation.disclosure import SMALL
from watchlists.label_wording import Words
from watchlists.pages.cause_plots import Band
from watchlists.report.cause_counts import members, words
from watchlists.report.cells import Section
from watchlists.visits.groups import HARD_GROUPS

#: Households behind a point of a picture at least, and points at most.
LEAST_BEHIND, MOST_POINTS = 20, 10
#: Values a fact must take, and points it must give, for its picture to tell anything.
LEAST_VALUES = 3


def standing(group: str) -> pl.Expr:
    """Give the long-term part of a group; all of it where no year lies behind the household."""
    return pl.col(f"phi_{group}") - fresh(group)


def fresh(group: str) -> pl.Expr:
    """Give the part of the last year; none where no year lies behind the household."""
    return pl.col(f"fresh_{group}").fill_null(0.0)


def raised(rows: pl.DataFrame, groups: Sequence[str] = GROUPS) -> list[tuple[float, float]]:
    """Say by how much each group's long-term and fresh part raise the odds, over all households.

    Returns
    -------
    list of tuple of float
        Multiples: exp of the mean of what raises, households it does not raise counting as 0.

    Examples
    --------
    >>> rows = pl.DataFrame({"phi_water": [0.5, 0.1], "fresh_water": [0.2, None]})
    >>> [tuple(round(one, 2) for one in pair) for pair in raised(rows, ["water"])]
    [(1.22, 1.11)]
    """
    up = [part(group).clip(lower_bound=0).mean() for group in groups for part in (standing, fresh)]
    values = np.exp(np.nan_to_num(rows.select(pl.concat_list(up).alias("up"))["up"][0].to_numpy()))
    return [(float(one), float(other)) for one, other in values.reshape(-1, 2)]


def parts_by_place(rows: pl.DataFrame, place: str) -> Section:
    """Lay out places by cause: what the long-term and the fresh part do on average."""
    parts = sorted(rows.partition_by(place, as_dict=True).items())
    lines = [_line((str(name), ""), part) for (name,), part in parts if len(part) > SMALL]
    return {"columns": [words(cause) for cause in CAUSES], "rows": lines}


def parts_by_group(listed: pl.DataFrame) -> Section:
    """Lay out the hard groups of the list in the same way."""
    lines = [_line(("全部", "all"), listed)]
    lines += [_line((HARD_GROUPS[name].zh, HARD_GROUPS[name].en), rows) for name, rows in members(listed)]
    return {"columns": [words(cause) for cause in CAUSES], "rows": lines}


def dependences(listed: pl.DataFrame, explained: pl.DataFrame) -> list[tuple[Words, Words, Band]]:
    """Follow income, then each cause, over the fact of it that the list tells most often.

    Parameters
    ----------
    listed : DataFrame
        The list, ``phi_<group>``.
    explained : DataFrame
        What explains it (`watchlists.reasons.release_evidence`): ``resources_over_line``, ``evidence``.

    Returns
    -------
    list of tuple
        Name of the group, of the fact, and the points. A group without a fact that takes
        several values for enough households is left out.
    """
    facts = explained.select("household_id", "evidence").explode("evidence").unnest("evidence")
    beside = listed.select("household_id", "^phi_.*$")
    income = beside.join(explained.select("household_id", "resources_over_line"), on="household_id")
    pictures = [(words("income"), _LINE, _band(income["resources_over_line"], income["phi_income"]))]
    for cause in CAUSES:
        leading = _leading(facts.filter(pl.col("group") == cause))
        if leading:
            of_fact = facts.filter(pl.col("feature") == leading.name).join(beside, on="household_id")
            band = _band(of_fact["value"], of_fact[f"phi_{cause}"])
            pictures.append((words(cause), (leading.zh, leading.en), band))
    return [picture for picture in pictures if len(picture[2]) >= LEAST_VALUES]


_LINE: Words = ("收入是监测线的几倍", "income as a multiple of the line")


def _line(name: Words, rows: pl.DataFrame) -> dict[str, Any]:
    pairs = raised(rows, CAUSES)
    return {"name": name, "cells": [(f"×{long:.2f}", f"×{year:.2f}") for long, year in pairs]}


def _leading(facts: pl.DataFrame) -> Feature | None:
    counted = facts.group_by("feature").agg(pl.len(), pl.col("value").n_unique().alias("values"))
    chosen = counted.filter(pl.col("values") >= LEAST_VALUES).sort("len", "feature", descending=[True, False])
    known = {one.name: one for one in declared_features()}
    return known.get(chosen["feature"][0]) if len(chosen) else None


def _band(over: pl.Series, part: pl.Series) -> Band:
    """Cut the households into bins of equal size, equal values together: median, and the middle 80 %."""
    known = pl.DataFrame({"over": over, "part": part}).drop_nulls().sort("over", "part")
    values, times = known["over"].to_numpy(), np.exp(known["part"].to_numpy())
    points = min(MOST_POINTS, len(values) // LEAST_BEHIND)
    if points < 1:
        return []
    bins = np.searchsorted(values, values) * points // len(values)
    return [
        _point(values[at], times[at])
        for at in (bins == one for one in np.unique(bins))
        if at.sum() >= LEAST_BEHIND
    ]


def _point(values: Floats, times: Floats) -> tuple[float, float, float, float]:
    low, middle, high = np.quantile(times, [0.1, 0.5, 0.9])
    return float(np.median(values)), float(low), float(middle), float(high)
