"""How often each cause is named, by place and by group of the list: counts as they may be published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from features.declaration import CAUSES
from models.arrays import Flags, Integers
from models.evaluation.disclosure import SMALL, hidden_cells
from register.reference import causes
from watchlists.label_wording import Words
from watchlists.reasons.cause_sentences import NONE_NAMED
from watchlists.report.cells import Section
from watchlists.report.naming import share
from watchlists.report.published_evaluation import count
from watchlists.visits.groups import HARD_GROUPS

NONE = "none"
KINDS = (*CAUSES, NONE)
WHERE: dict[str, Words] = {"county_id": ("县", "county"), "township_id": ("乡镇", "township")}
#: Of each population: named first, named at all, with an event on record, long lasting.
HOW: Sequence[Words] = (
    ("主要原因", "main cause"),
    ("写明（含其次）", "named, also second"),
    ("近一年有记录", "on record this year"),
    ("长期处境", "long-term"),
)


def words(kind: str) -> Words:
    """Name a cause, a circumstance, or that there is none."""
    return NONE_NAMED if kind == NONE else (causes()[kind].zh, causes()[kind].en)


def overview(scores: pl.DataFrame, listed_ids: pl.Series) -> Section:
    """Count by cause who has it as main cause, named, on record and in the long term: list and cohort.

    Parameters
    ----------
    scores : DataFrame
        The cohort: ``main_cause, named_causes, events, vulnerability``.
    listed_ids : Series
        Households of the list.
    """
    on_list = pl.col("household_id").is_in(listed_ids.implode())
    listed, others = scores.filter(on_list), scores.filter(~on_list)
    first = np.stack([_first(rows) for rows in (listed, others)])
    hidden = hidden_cells(first)
    rows = []
    for place, kind in enumerate(KINDS):
        of_list = None if hidden[0, place] else int(first[0, place])
        cells = [_cell(of_list, len(listed)), *_further(listed, kind)]
        cells += [_cell(int(first[:, place].sum()), len(scores)), *_further(scores, kind)]
        rows.append({"name": words(kind), "cells": cells})
    columns = [(f"{zh}{of_zh}", f"{of}: {en}") for of_zh, of in _OF for zh, en in HOW]
    return {"columns": columns, "rows": rows}


_OF: Sequence[Words] = (("（名单）", "list"), ("（全体）", "cohort"))


def by_place(rows: pl.DataFrame, place: str, within: str | None = None) -> Section:
    """Lay out places by main cause, as shares of their households.

    Parameters
    ----------
    rows : DataFrame
        A list or a cohort.
    place : str
        Column of the place, of `WHERE`.
    within : str, optional
        Column of the place whose own line is told as well: what is hidden there is hidden in
        every part of it. Without it all rows are one whole.
    """
    wholes = (
        [part for _, part in sorted(rows.partition_by(within, as_dict=True).items())] if within else [rows]
    )
    above = hidden_cells(np.stack([_first(whole) for whole in wholes]))
    lines = []
    for whole, hidden_above in zip(wholes, above, strict=True):
        parts = sorted(whole.partition_by(place, as_dict=True).items())
        counted = np.stack([_first(part) for _, part in parts])
        hidden = hidden_cells(counted, hidden_above if within else None)
        lines += [
            _line((str(name), ""), line, cells)
            for ((name,), _), line, cells in zip(parts, counted, hidden, strict=True)
        ]
    return {"columns": _COLUMNS, "rows": lines}


def by_group(listed: pl.DataFrame) -> Section:
    """Lay out the hard groups of the list by main cause; a household may be of several.

    What a group lacks to the whole list is hidden as well as what it holds, where it is small.
    """
    every = _first(listed)
    lines = [_line(("全部", "all"), every, _small(every, every))]
    for name, rows in members(listed):
        own = _first(rows)
        lines.append(_line((HARD_GROUPS[name].zh, HARD_GROUPS[name].en), own, _small(own, every)))
    return {"columns": _COLUMNS, "rows": lines}


def members(listed: pl.DataFrame) -> Iterable[tuple[str, pl.DataFrame]]:
    """Walk the groups that are on the list in a number that may be shown."""
    parts = ((name, listed.filter(pl.col("groups").list.contains(name))) for name in HARD_GROUPS)
    return ((name, rows) for name, rows in parts if len(rows) > SMALL)


_COLUMNS = (("户数", "households"), *(words(kind) for kind in KINDS))


def _first(rows: pl.DataFrame) -> Integers:
    """Count the main causes, and those without one."""
    counted: Mapping[str, int] = dict(rows.group_by(pl.col("main_cause").fill_null(NONE)).len().iter_rows())
    return np.array([counted.get(kind, 0) for kind in KINDS], dtype=np.int64)


def _small(own: Integers, every: Integers) -> Flags:
    """Hide small counts, what would tell them, and what the rest of the list holds a small count of."""
    rest = every - own
    return hidden_cells(own[np.newaxis])[0] | ((rest > 0) & (rest <= SMALL))


def _line(name: Words, counts: Integers, hidden: Flags) -> dict[str, Any]:
    whole = int(counts.sum())
    shares = ["–" if gone else share(int(n), whole) for n, gone in zip(counts, hidden, strict=True)]
    return {"name": name, "cells": [(count(whole),), *((one,) for one in shares)]}


def _cell(number: int | None, whole: int) -> tuple[str, str]:
    return ("–", "") if number is None else (count(number), share(number, whole))


def _further(rows: pl.DataFrame, kind: str) -> list[tuple[str, ...]]:
    """Count who has a cause in the other lists of `HOW`; of none there is nothing to count."""
    if kind == NONE:
        return [("",)] * (len(HOW) - 1)
    lists = ("named_causes", "events", "vulnerability")
    numbers = [int(rows[name].list.contains(kind).sum()) for name in lists]
    return [_cell(number, len(rows)) for number in numbers]
