"""The delivered list on the first screen: its figures, and what it promised season by season."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.delivered_list import BY_RISK, DELIVERED
from models.evaluation.disclosure import SMALL
from models.evaluation.views import At
from models.names import POOLED
from watchlists.report.cells import Section, of_row, parted
from watchlists.report.published_evaluation import (
    PublishedEvaluation,
    bounds,
    count,
    figure,
    interval,
    percent,
)

COLUMNS = (
    ("走访", "visits"),
    ("承诺（平均风险）", "promised (mean risk)"),
    ("按实际上调的线应承诺", "promised for the line as it rose"),
    ("兑现（命中率）", "came true (precision)"),
    ("承诺减兑现，百分点", "promised less came true, points"),
    ("按实际的线，百分点", "for the line as it rose, points"),
    ("召回率", "recall"),
    ("发现 / 结果已知", "found / known"),
    ("只按风险：承诺", "by risk alone: promised"),
    ("只按风险：兑现", "by risk alone: came true"),
)
#: So many of them are of the list by risk alone.
BESIDE = 2
Row = Mapping[str, Any]


def published_lists(evaluation: PublishedEvaluation) -> pl.DataFrame:
    """Take out what tells a count of `SMALL` or fewer of found, of false alarms, or of missed.

    The pooled line of a list goes as well where a season's does: the other seasons would tell it.
    """
    lists = evaluation.tables["delivered"]
    cells = (pl.col("found"), pl.col("known") - pl.col("found"), pl.col("fell") - pl.col("found"))
    is_small = pl.any_horizontal(one <= SMALL for one in cells).fill_null(value=False)
    hidden = is_small | ((pl.col("origin") == POOLED) & is_small.any().over("list"))
    judged = [
        name
        for name in lists.columns
        if name not in ("origin", "list", "listed", "promised", "promised_came")
    ]
    return lists.with_columns(pl.when(~hidden).then(pl.col(judged)))


def first_screen(evaluation: PublishedEvaluation) -> list[dict[str, str]]:
    """Give the big figures: of the delivered list, each with that of risk alone under it.

    In a survey the time to a fall is that of the waves, and tells nothing of a list.

    Returns
    -------
    list of dict
        ``zh, en, value, of``, and ``beside``, the second line; empty where there is none.
    """
    lists = published_lists(evaluation)
    own, by_risk = (_pooled(lists, name) for name in (DELIVERED, BY_RISK))
    is_same = is_by_risk_alone(evaluation)
    n, fell = evaluation.counts() or (None, None)
    judged = f"{count(fell)} / {count(n)}"
    base, auc = (evaluation.row(At(name), MODEL) for name in ("base_rate", "auc"))
    missed = f"漏测 missed {percent(of_row(own, 'exclusion_error'))}"
    return [
        _card(At("base_rate").words, percent(base), judged),
        *(
            _card(words, write(of_row(own, name)), of, "" if is_same else write(of_row(by_risk, name)))
            for name, words, write, of in (
                ("precision", ("名单命中率", "precision of the list"), percent, _visits(own)),
                ("recall", ("名单召回率", "recall of the list"), percent, missed),
                ("lift", ("名单提升倍数", "lift of the list"), _times, _visits(own)),
                ("lead_months", ("提前月数", "lead time, months"), _months, "命中户平均 mean of hits"),
            )
            if not (name == "lead_months" and evaluation.wording.is_survey)
        ),
        _card(("风险排序能力 AUC", "ranking by risk, AUC"), interval(auc), judged),
    ]


def promises(evaluation: PublishedEvaluation) -> Section:
    """Set what every season's delivered list promised beside what came true, risk alone last."""
    lists = published_lists(evaluation)
    by_risk = {row["origin"]: row for row in lists.filter(list=BY_RISK).to_dicts()}
    n_columns = len(COLUMNS) - (BESIDE if is_by_risk_alone(evaluation) else 0)
    rows = [
        {
            "name": ("合并", "pooled") if row["origin"] == POOLED else (row["origin"], ""),
            "cells": _promise(row, by_risk[row["origin"]])[:n_columns],
        }
        for row in lists.filter(list=DELIVERED).to_dicts()
    ]
    return {"columns": COLUMNS[:n_columns], "rows": rows}


def is_by_risk_alone(evaluation: PublishedEvaluation) -> bool:
    """Say whether the delivered lists are those by risk alone: no duty and no reserved visit changed any."""
    lists = evaluation.tables["delivered"].sort("origin")
    own, by_risk = (lists.filter(list=name).drop("list") for name in (DELIVERED, BY_RISK))
    return own.equals(by_risk)


def of_list(evaluation: PublishedEvaluation, name: str) -> dict[str, float | None]:
    """Give a pooled figure of the delivered list (`models.evaluation.delivered_list`) with its interval."""
    return of_row(_pooled(published_lists(evaluation), DELIVERED), name)


def _promise(row: Row, by_risk: Row) -> list[tuple[str, ...]]:
    known = "–" if row["known"] is None else f"{count(row['found'])} / {count(row['known'])}"
    return [
        (f"{row['listed']:,}",),
        (_share(row["promised"]),),
        (_share(row["promised_came"]),),
        parted(percent(of_row(row, "precision"))),
        *(parted(percent(of_row(row, name)).replace("%", "")) for name in ("error", "error_came")),
        parted(percent(of_row(row, "recall"))),
        (known,),
        (_share(by_risk["promised"]),),
        parted(percent(of_row(by_risk, "precision"))),
    ]


def _pooled(lists: pl.DataFrame, name: str) -> dict[str, Any]:
    return lists.filter(origin=POOLED, list=name).row(0, named=True)


def _card(words: tuple[str, str], value: str, of: str, by_risk: str = "") -> dict[str, str]:
    beside = f"只按风险 by risk alone {by_risk}" if by_risk else ""
    return {"zh": words[0], "en": words[1], "value": value, "of": of, "beside": beside}


def _visits(row: Row) -> str:
    return f"走访 visited {row['listed']:,}"


def _times(row: Row) -> str:
    return f"×{figure(row, 1)} {bounds(row, 1)}".rstrip()


def _months(row: Row) -> str:
    return interval(row, 1)


def _share(value: float | None) -> str:
    return percent({"value": value, "low": None, "high": None})
