"""What a run ends with: where to look, and the five figures that matter."""

import json
from typing import Any

from pipelines.workspace import EVALUATION, RELEASES, WATCHLIST, load_params


def summary(season: str) -> str:
    """Say in a few lines, Chinese and English, what was released.

    Parameters
    ----------
    season : str
        The released season.

    Returns
    -------
    str
        Where the release stands and five figures with base rate and interval.
    """
    metrics = json.loads((EVALUATION / "metrics.json").read_text(encoding="utf-8"))
    listed = json.loads((WATCHLIST / "summary.json").read_text(encoding="utf-8"))
    simulated = load_params()["source"]["kind"] == "simulator"
    warning = "模拟数据 simulated data: figures show that the machinery works, not the state of any place\n"
    return (
        f"\nrelease {season}: {(RELEASES / season).resolve()}\n"
        "  report.html, workbooks/<county>/<township>.xlsx, cards/<township>.html, scores.parquet\n"
        f"{_figures(metrics, listed)}"
        f"{warning if simulated else ''}"
        "评分是走访的理由，不是决定。A score is a reason to visit, never a decision.\n"
    )


def _figures(metrics: dict[str, Any], listed: dict[str, Any]) -> str:
    return json.dumps({"metrics": metrics, "listed": listed}, ensure_ascii=False, indent=1) + "\n"
