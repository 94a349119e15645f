"""The section on past lists: promised, come true, and whether this season has drifted away."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from features.declaration import declared_features
from models.evaluation.disclosure import SMALL
from models.names import POOLED, SCORE
from watchlists.release.past_lists import Hindsight
from watchlists.report.cells import Section, of_row, parted
from watchlists.report.parameters import DriftParameters
from watchlists.report.published_evaluation import count, figure, percent

COLUMNS = (
    ("入列", "listed"),
    ("已不在登记册", "no longer in the register"),
    ("估计命中率", "estimated precision"),
    ("实际命中率", "precision"),
    ("估计误差，百分点", "error of the estimate, points"),
    ("召回率", "recall"),
    ("漏测率", "exclusion error"),
    ("发现 / 结果已知", "found / known"),
)
AGAINST = {
    "training": ("与训练所用各季相比", "against the seasons learned from"),
    "year_before": ("与一年前同季相比", "against the same quarter a year before"),
}
STEADY, SHIFTED, FAR = (
    ("稳定", "steady", "good"),
    ("略有变化", "shifted", "unsure"),
    ("明显变化", "far off", "bad"),
)


def hindsight_section(hindsight: Hindsight, thresholds: DriftParameters) -> Section:
    """Set what every list promised beside what happened, and say where the season drifted.

    Parameters
    ----------
    hindsight : Hindsight
        As the stage of that name left it.
    thresholds : DriftParameters
    """
    lists = {row["season"]: row for row in publishable(hindsight.tables["lists"]).iter_rows(named=True)}
    own, pooled = lists.pop(hindsight.facts.season), lists.pop(POOLED, None)
    closed = [row for row in lists.values() if row["is_closed"]]
    lines = [*lists.values(), own, *([pooled] if pooled and len(closed) > 1 else [])]
    return {
        "columns": COLUMNS,
        "rows": [{"name": _named(row["season"], own["season"]), "cells": _cells(row)} for row in lines],
        "is_first": not lists,
        "known_on": hindsight.facts.known_on,
        "estimated": percent({"value": own["estimated"], "low": None, "high": None}),
        "expected": count(own["expected"]),
        "error": _points(pooled) if pooled else "",
        "leans": _leans(pooled) if pooled else None,
        "drift": [_drift(hindsight.tables["drift"], name, thresholds) for name in AGAINST],
    }


def publishable(lists: pl.DataFrame) -> pl.DataFrame:
    """Take out what tells a count of `SMALL` or fewer of found, of false alarms, or of missed.

    The pooled line is taken out as well when a season is: the other seasons would tell it.
    """
    cells = (pl.col("found"), pl.col("known") - pl.col("found"), pl.col("fell") - pl.col("found"))
    is_small = pl.any_horizontal(one <= SMALL for one in cells).fill_null(value=False)
    hidden = is_small | ((pl.col("season") == POOLED) & is_small.any())
    judged = ("known", "found", "fell", "^(precision|recall|exclusion_error|error)(_low|_high)?$")
    return lists.with_columns(pl.when(~hidden).then(pl.col(*judged)))


def _named(season: str, own: str) -> tuple[str, str]:
    if season == POOLED:
        return "合并", "pooled"
    return (season, "本季名单 this list") if season == own else (season, "")


def _cells(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    judged = [parted(percent(of_row(row, name))) for name in ("precision", "recall", "exclusion_error")]
    known = "–" if row["known"] is None else f"{count(row['found'])} / {count(row['known'])}"
    return [
        (f"{row['listed']:,}",),
        (count(row["gone"]) if row["gone"] else "0",),
        (percent({"value": row["estimated"], "low": None, "high": None}),),
        judged[0] if row["is_closed"] else ("未到期", "window open"),
        parted(_points(row)),
        *judged[1:],
        (known,),
    ]


def _leans(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say to which side past estimates were off, where their interval leaves no doubt."""
    low, high = row["error_low"], row["error_high"]
    if low is None or low <= 0 <= high:
        return None
    return ("偏高", "too high") if low > 0 else ("偏低", "too low")


def _drift(table: pl.DataFrame, against: str, thresholds: DriftParameters) -> Section:
    """Name what drifted most against one set of earlier rows."""
    rows = table.filter(against=against).sort("psi", "feature", descending=[True, False])
    features = rows.filter(pl.col("feature") != SCORE)
    score = rows.filter(feature=SCORE)["psi"].to_list()
    small, large = thresholds.psi
    words = {one.name: (one.zh, one.en) for one in declared_features()}
    return {
        "name": AGAINST[against],
        "score": figure({"value": score[0]}) if score else "–",
        "verdict": _verdict(score[0], small, large) if score else None,
        "n_far": len(features.filter(pl.col("psi") >= large)),
        "n_features": len(features),
        "columns": [("PSI", ""), ("距离，标准差", "Wasserstein, s.d."), ("判断", "verdict")],
        "rows": [
            {"name": words[row["feature"]], "cells": _drift_cells(row, small, large)}
            for row in features.head(thresholds.named).iter_rows(named=True)
        ],
    }


def _drift_cells(row: Mapping[str, Any], small: float, large: float) -> list[tuple[str, ...]]:
    far = figure({"value": row["wasserstein"]}, 2)
    return [(figure({"value": row["psi"]}),), (far,), _verdict(row["psi"], small, large)[:2]]


def _verdict(psi: float, small: float, large: float) -> tuple[str, str, str]:
    return STEADY if psi < small else SHIFTED if psi < large else FAR


def _points(row: Mapping[str, Any]) -> str:
    points = percent(of_row(row, "error")).replace("%", "")
    return points if points.startswith(("−", "–")) else f"+{points}"
