"""The table of metrics, made from their declarations."""

from models.evaluation.declaration import Metric, declared_metrics

_HEAD = """# 指标 / Metrics

由声明自动生成，请勿手改。Generated from the declarations; do not edit.
[怎样新增](../models/evaluation/README.md)。[How to add one](../models/evaluation/README.md).

名单：`capacity` 实际走访名额，`own_length` 规则点名的全部户，数字为全部户的百分比；有多个名单的，在
`metrics.json` 中写作 `precision_at_capacity`。Lists: `capacity` the real visits of every place and season,
`own_length` all that a rule names, numbers percent of the cohort; a metric of several is called
`precision_at_capacity` in `metrics.json`. 并列 ties: drawn by lot (`mean`); `±` also `worst` (those who did
not fall first) and `best`. 目标 aim: ↑ higher, ↓ lower is better, a number is the right value.
公布条件：这些数以及“发生”“未发生”的户数都大于7。Shown where each of these counts is above 7, and so are those
who fell and those who held.

| 名称 name | 中文 | English | 定义 definition | 对象 of | 目标 aim | 公布条件 shown by | 依据 source |
|---|---|---|---|---|---|---|---|
"""
_ARROWS = {"higher": "↑", "lower": "↓", None: ""}


def metric_table() -> str:
    """Write the table of every declared metric as Markdown in both languages."""
    return _HEAD + "".join(_row(one) for one in declared_metrics())


def _row(one: Metric) -> str:
    lists = f" {', '.join(one.lists)}{' ±' if one.ties else ''}" if one.lists else ""
    aim = _ARROWS[one.aim] if one.aim is None or isinstance(one.aim, str) else f"{one.aim:g}"
    counts = ", ".join(one.disclosed_by) or "never"
    cells = (f"`{one.name}`", one.zh, one.en, one.definition, f"{one.of}{lists}", aim, counts, one.citation)
    return f"| {' | '.join(cells)} |\n"
