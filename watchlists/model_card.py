"""The model card: what the model is for, what it learned from, how well it did, where it fails."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.atomic import write_text
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.judgement import METRICS, MODELS, SUBGROUPS, Judgement, interval

LIMITS = """\
- 模型归因不是已查明的原因，须入户核实。Attributions are the model's; a visit finds the cause.
- 未登记的收入、疾病和灾害模型看不见。What is not recorded is not seen; late records are seen late.
- 得到帮扶的户不再返贫，因此标签受帮扶影响。Help that works hides risk: labels are censored by help.
- 民族和性别从不作为特征。Ethnic group and sex are never features.
- 不得公示，不得据此拒绝或停止帮扶。Not for posting; never to refuse or end help.
"""


def write_model_card(
    target: Path, judgement: Judgement, summary: Mapping[str, Any], params: Mapping[str, Any]
) -> None:
    """Write ``model_card.md`` from parameters, counts and figures.

    Parameters
    ----------
    target : Path
        The card.
    judgement : Judgement
        What evaluate found.
    summary : mapping
        Counts of the watchlist, and ``delivered_by``: which model made it.
    params : mapping
        All parameters: the sections source, cohort and label are told.
    """
    simulated = params["source"]["kind"] == "simulator"
    parts = [
        f"# 模型卡 Model card, {summary['season']}\n\n{NOTICE_ZH}\n{NOTICE_EN}\n",
        _warning() if simulated else "",
        _data(summary, params),
        "## 结果 Figures\n",
        *(_figures(judgement, subgroup) for subgroup in SUBGROUPS if judgement.pooled("auc", subgroup)),
        f"## 局限 Limits\n\n{LIMITS}",
    ]
    write_text(target, "\n".join(part for part in parts if part))


def _warning() -> str:
    return (
        "> **模拟数据 Simulated data.** 数字只说明程序能运行，不代表任何地方的情况。"
        "The figures show that the machinery works, not the state of any place.\n"
    )


def _data(summary: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    label, cohort = params["label"], params["cohort"]
    return (
        "## 数据与标签 Data and label\n\n"
        f"- 出名单的模型 model of this list: {summary['delivered_by']}\n"
        "- 以下指标评价本季训练的模型。The figures below judge the model trained this season.\n"
        f"- 来源 source: {params['source']['kind']}\n"
        f"- 人群 cohort: {', '.join(cohort['categories'])}; above the line and not under monitoring; "
        f"{summary['households']} households in {summary['season']}\n"
        f"- 标签 label: falls below the line within {label['months']} months ({label['reading']}), "
        f"resources over {label['resources_months']} month(s)\n"
        f"- 名单 list: {summary['listed']} listed, {summary['listed_by_rule']} of them by rule, "
        f"{summary['must_visits_without_place']} must-visit households without a place\n"
    )


def _figures(judgement: Judgement, subgroup: str) -> str:
    counts = judgement.pooled("auc", subgroup)[0]
    head = (
        f"### {SUBGROUPS[subgroup][0]} {SUBGROUPS[subgroup][1]}: {counts['n']} household-seasons, "
        f"{counts['n_positive']} fell below the line\n\n"
    )
    shown = [
        name for name in MODELS if any(row["model"] == name for row in judgement.pooled("auc", subgroup))
    ]
    lines = ["| | " + " | ".join(MODELS[name][1] for name in shown) + " |", "|---" * (len(shown) + 1) + "|"]
    for metric, (_, en) in METRICS.items():
        by_model = {row["model"]: interval(row) for row in judgement.pooled(metric, subgroup)}
        lines.append(f"| {en} | " + " | ".join(by_model.get(name, "–") for name in shown) + " |")
    return f"{head}{chr(10).join(lines)}\n"
