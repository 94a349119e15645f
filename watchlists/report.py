"""The evaluation report: one page with figures, intervals, denominators and pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import Markup

from register.atomic import write_text
from watchlists import plots
from watchlists.change import WHY_LEFT
from watchlists.judgement import METRICS, MODELS, SUBGROUPS, Judgement, bounds, figure, interval
from watchlists.pages import drawing, page
from watchlists.policies import POLICIES


def write_report(
    target: Path,
    judgement: Judgement,
    summary: Mapping[str, Any],
    gone: pl.DataFrame,
    visits: Mapping[str, pl.DataFrame],
    *,
    simulated: bool,
) -> None:
    """Write ``report.html``.

    Parameters
    ----------
    target : Path
        The page.
    judgement : Judgement
        What evaluate found.
    summary : mapping
        Counts of the watchlist.
    gone : DataFrame
        Who left the list and why.
    visits : mapping of str to DataFrame
        ``found`` and ``policies`` (watchlists.found).
    simulated : bool
        Whether the page must warn that the data are simulated.
    """
    groups = [name for name in SUBGROUPS if judgement.pooled("auc", name)]
    values = {
        "summary": summary,
        "simulated": simulated,
        "metrics": METRICS,
        "groups": [_group(judgement, name) for name in groups],
        "differences": _differences(judgement),
        "calibration": _calibration(judgement),
        "seasons": _table(judgement.tables.get("seasons")),
        "why_left": _why_left(gone),
        "visits": drawing(plots.found(visits["found"], summary["season"])),
        "legend": plots.policy_legend(),
        "policies": _policies(visits["policies"]),
        "complete": _table(_complete(judgement)),
    }
    write_text(target, page("report.html", values))


def _group(judgement: Judgement, subgroup: str) -> dict[str, Any]:
    """Figures and pictures of one subgroup, all origins pooled."""
    auc = judgement.pooled("auc", subgroup)
    at_share = judgement.tables.get("precision_at_share")
    return {
        "zh": SUBGROUPS[subgroup][0],
        "en": SUBGROUPS[subgroup][1],
        "n": auc[0]["n"],
        "n_positive": auc[0]["n_positive"],
        "rows": [_model(judgement, subgroup, name) for name in MODELS],
        "ranking": drawing(plots.ranking(auc, "AUC, 95 % interval")),
        "precision": drawing(plots.precision(at_share, subgroup)) if at_share is not None else None,
    }


def _model(judgement: Judgement, subgroup: str, model: str) -> dict[str, Any]:
    found = {
        row["metric"]: (figure(row), bounds(row))
        for metric in METRICS
        for row in judgement.pooled(metric, subgroup)
        if row["model"] == model
    }
    return {
        "zh": MODELS[model][0],
        "en": MODELS[model][1],
        "figures": [found.get(metric, ("–", "")) for metric in METRICS],
    }


def _differences(judgement: Judgement) -> list[dict[str, str]]:
    rows = judgement.board.filter(
        pl.col("origin") == "pooled", pl.col("metric").is_in(["auc_difference", "precision_at_10_difference"])
    ).to_dicts()
    return [
        {
            "subgroup": SUBGROUPS.get(row["subgroup"], (row["subgroup"],))[-1],
            "pair": row["model"].replace("-minus-", " − ").replace("_", " "),
            "metric": row["metric"].removesuffix("_difference").replace("_", " "),
            "figure": interval(row),
        }
        for row in rows
    ]


def _calibration(judgement: Judgement) -> Markup | None:
    table = judgement.tables.get("reliability")
    if table is None or not {"mean_risk", "observed"} <= set(table.columns) or not len(table):
        return None
    return drawing(plots.reliability(table))


def _why_left(gone: pl.DataFrame) -> list[tuple[str, str, int, int]]:
    """Count by reason who left, and who of them although no fact improved."""
    reasons, unimproved = gone["why_left"].to_list(), gone.filter("is_unimproved")["why_left"].to_list()
    return [
        (zh, en, reasons.count(reason), unimproved.count(reason))
        for reason, (zh, en) in WHY_LEFT.items()
        if reason in reasons
    ]


def _policies(judged: pl.DataFrame) -> list[dict[str, Any]]:
    """Set every way to spend the visits beside the list, each season and pooled."""
    return [
        {
            **row,
            "zh": POLICIES[row["policy"]][0],
            "en": POLICIES[row["policy"]][1],
            "precision": _bounded(row, "precision", 1, 100),
            "recall": _bounded(row, "recall", 1, 100),
            "more_found": "" if row["policy"] == "list" else _bounded(row, "more_found", 0, 1),
        }
        for row in judged.iter_rows(named=True)
    ]


def _bounded(row: Mapping[str, Any], name: str, digits: int, times: int) -> str:
    values = [row[name], row[f"{name}_low"], row[f"{name}_high"]]
    if any(value is None for value in values):
        return "–"
    value, low, high = (f"{times * one:.{digits}f}".replace("-", "−") for one in values)
    return f"{value} [{low}, {high}]"


def _complete(judgement: Judgement) -> pl.DataFrame:
    """Every origin and subgroup, not the best one (EVALUATION.md 2)."""
    return judgement.board.filter(
        pl.col("metric").is_in(list(METRICS)),
        pl.col("model").is_in(list(MODELS)),
        pl.col("value").is_not_null(),
    )


def _table(table: pl.DataFrame | None) -> dict[str, Any] | None:
    if table is None:
        return None
    rows = [[_cell(value) for value in row] for row in table.iter_rows()]
    return {"columns": [name.replace("_", " ") for name in table.columns], "rows": rows}


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
