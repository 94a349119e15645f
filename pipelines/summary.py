"""What a run ends with: where to look, and the five figures that matter."""

import json
from collections.abc import Mapping
from typing import Any

from pipelines.workspace import EVALUATION, RELEASES, WATCHLIST, load_params


def summary(season: str, kind: str) -> str:
    """Say in a few lines, Chinese and English, what was released.

    Parameters
    ----------
    season : str
        The released season.
    kind : str
        Kind of the source; simulated figures are marked as such.

    Returns
    -------
    str
        Where the release stands, and five figures with base rate and interval.
    """
    metrics = json.loads((EVALUATION / "metrics.json").read_text(encoding="utf-8"))
    listed = json.loads((WATCHLIST / "summary.json").read_text(encoding="utf-8"))
    folder = (RELEASES / season).resolve()
    marked = (
        "模拟数据：数字只说明程序可用。Simulated data: the figures show that the machinery works, no real place.\n"
        if kind == "simulator"
        else ""
    )
    return (
        f"\n发布 release {season}: {folder}\n"
        "  report.html  workbooks/<county>/<township>.xlsx  cards/<township>.html  scores.parquet\n\n"
        + "".join(f"  {line}\n" for line in five_figures(metrics, listed))
        + f"\n{marked}评分是走访的理由，不是决定。A score is a reason to visit, never a decision.\n"
    )


def five_figures(metrics: Mapping[str, Any], listed: Mapping[str, Any]) -> list[str]:
    """Write the five figures, each with what it must be read against."""
    return [
        f"名单 listed            {listed['listed']:,} of {listed['households']:,} households "
        f"({listed['listed_by_rule']:,} by must-visit rule)",
        f"基础比例 base rate      {_percent(metrics, 'base_rate')} of {metrics['n']:,} fell within the window, "
        "out-of-time seasons",
        f"区分度 AUC              {_number(metrics, 'auc')} [{_number(metrics, 'auc_low')}, "
        f"{_number(metrics, 'auc_high')}]; income alone {_number(metrics, 'auc_income_over_line')}, "
        f"logistic {_number(metrics, 'auc_logistic')}",
        f"前10%命中 precision@10% {_percent(metrics, 'precision_at_10')}; income alone "
        f"{_percent(metrics, 'precision_at_10_income_over_line')}, logistic "
        f"{_percent(metrics, 'precision_at_10_logistic')}",
        f"校准 calibration        bias {_number(metrics, 'bias')}, slope {_number(metrics, 'slope')} (aim 0 and 1)",
    ]


def _number(metrics: Mapping[str, Any], name: str) -> str:
    value = metrics.get(name)
    return "n/a" if value is None else f"{value:.3f}"


def _percent(metrics: Mapping[str, Any], name: str) -> str:
    value = metrics.get(name)
    return "n/a" if value is None else f"{value:.1%}"


def released() -> str:
    """Sum up the release of the parameters in force."""
    params = load_params()
    return summary(params["season"], params["source"]["kind"])
