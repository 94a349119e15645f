"""The section of the evaluation report on changes of the rules of monitoring."""

from typing import Any

import polars as pl

from register.reference import monitoring_regimes
from watchlists.label_wording import LabelWording, Words
from watchlists.report.cells import counted
from watchlists.report.published_evaluation import PublishedEvaluation, count

UNTOUCHED: Words = (
    "各季的标签窗口都没有跨越监测规则的变化。",
    "No season's label window crosses a change of the rules of monitoring.",
)


def regime_section(evaluation: PublishedEvaluation) -> dict[str, Any] | None:
    """Say which seasons' label windows cross a change of the rules, and what that means for the label.

    Returns
    -------
    dict or None
        A table, what is said above it, whether it ``warns`` (of labels read from monitoring
        alone: no rule of monitoring defines a fall), and the rules named in it; None without
        the table.
    """
    table, wording = evaluation.tables.get("regimes"), evaluation.wording
    if table is None:
        return None
    kept = table if table["n_older"].sum() else table.drop("n_older")
    sentences = [
        _crossing(table, wording),
        *(_older(table) + _new(table) if wording.is_administrative else []),
    ]
    return {
        **(counted(kept, ("n",), wording) or {}),
        "said": sentences,
        "warns": wording.is_administrative and sentences != [UNTOUCHED],
        "known": [one for one in monitoring_regimes() if one.code in _codes(table)],
    }


def _crossing(table: pl.DataFrame, wording: LabelWording) -> Words:
    crossing = table.filter("crosses")
    n = count(int(crossing["n"].sum()))
    if not len(crossing):
        return UNTOUCHED
    zh = f"{len(crossing)} 个季度的标签窗口跨越监测规则的变化（{n} 户次）"
    en = f"Seasons whose label window crosses a change of the rules of monitoring: {len(crossing)}"
    en = f"{en} ({n} household-seasons)"
    if wording.is_administrative:
        return (
            f"{zh}，“{wording.of.zh}”的含义可能随之变化。",
            f"{en}, which may change what is counted.",
        )
    return f"{zh}；“{wording.of.zh}”不由这些规则决定。", f"{en}; they do not define a {wording.of.noun}."


def _older(table: pl.DataFrame) -> list[Words]:
    n = int(table["n_older"].sum())
    if not n:
        return []
    zh = f"按含义不同的旧规则识别的 {count(n)} 户次不用于训练和评判。"
    en = f"{count(n)} household-seasons under older rules of another meaning are neither trained on nor"
    return [(zh, f"{en} judged.")]


def _new(table: pl.DataFrame) -> list[Words]:
    """Warn where the list is of a time under whose rules no outcome is known yet."""
    codes = _codes(table[-1]) - _codes(table.filter(pl.col("n_known") > 0))
    new = [one for one in monitoring_regimes() if one.code in codes]
    if not new:
        return []
    zh, en = "、".join(one.zh for one in new), "; ".join(one.en for one in new)
    zh = f"本季名单的窗口适用新规则（{zh}），模型只学过此前的规则：请把风险当作排序，不作概率。"
    en = f"The window of this list lies under new rules ({en}), of which no outcome is known yet"
    return [(zh, f"{en}: take its risks as an order, not as probabilities.")]


def _codes(table: pl.DataFrame) -> set[str]:
    return set(" > ".join(table["regimes"].drop_nulls()).split(" > "))
