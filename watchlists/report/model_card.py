"""The model card: what the model is for, what it learned from, how well it did, where it fails."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.evaluation.views import headline_figures
from models.labels.parameters import ALSO_BELOW
from models.risk.parameters import SIZE_AND_AGE
from register.atomic import write_text
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import UNDER_HELP, LabelWording, label_seen_in, wording_of
from watchlists.report.answers import group_name, groups_behind
from watchlists.report.calibration import unsourced_lines
from watchlists.report.calibration_verdict import calibration_verdict
from watchlists.report.delivered_card import delivered_list
from watchlists.report.figure_words import MODELS, SUBGROUPS, words_of
from watchlists.report.list_section import Delivered
from watchlists.report.naming import Naming, about_causes
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import PublishedEvaluation, count, figure, interval

LIMITS = """\
- 模型归因不是已查明的原因，须入户核实。Attributions are the model's; a visit finds the cause.
- 未登记的收入、疾病和灾害模型看不见。What is not recorded is not seen; late records are seen late.
- 风险是{under_help}的风险：得到帮扶而没有{zh}的户算未{zh}，见 report.html“帮扶对结果的影响”。
  A risk is a risk {under_help_en}: help that works hides {nouns}; report.html tells how much.
- 突发困难事前难以预见。Sudden hardship is hard to foresee.
- 民族和性别从不作为特征。Ethnic group and sex are never features.
- 不得公示，不得据此拒绝或停止帮扶。Not for posting; never to refuse or end help.
"""
UNJUDGED = "没有评判：没有训练模型。Not judged: no model was trained.\n"


def write_model_card(
    target: Path, evaluation: PublishedEvaluation | None, delivered: Delivered, params: ReportParameters
) -> None:
    """Write ``model_card.md`` from parameters, counts and figures.

    Parameters
    ----------
    target : Path
        The card.
    evaluation : PublishedEvaluation or None
        What evaluate found; None where no season could be judged.
    delivered : Delivered
        The list: counts, which model made it, how often it names causes and is right.
    params : ReportParameters
        All parameters: the sections source, cohort, label, evaluate and promotion are told.
    """
    wording, summary = wording_of(params.label.written()), delivered.summary
    parts = [
        f"# 模型卡 Model card, {summary['season']}\n\n{NOTICE_ZH}\n{NOTICE_EN}\n",
        simulated_warning(params),
        _data(summary, params, wording),
        "## 结果 Figures\n",
        *(_judged(evaluation, params) if evaluation else [UNJUDGED]),
        _causes(delivered.naming),
        f"## 局限 Limits\n\n{_limits(wording)}",
    ]
    write_text(target, wording.worded("\n".join(part for part in parts if part)))


def _judged(evaluation: PublishedEvaluation, params: ReportParameters) -> list[str]:
    own = delivered_list(evaluation, params)
    figures = [_figures(evaluation, subgroup) for subgroup in SUBGROUPS if evaluation.counts(subgroup)]
    judged = "- 以下指标评价本季训练的模型。The figures below judge the model trained this season.\n"
    return [
        own,
        judged,
        *figures,
        _calibration(evaluation, params),
        _groups(evaluation, params.promotion.group_gap),
    ]


def _calibration(evaluation: PublishedEvaluation, params: ReportParameters) -> str:
    """Say whether risks can be taken at their word, and which lines that rests on."""
    (verdict_zh, verdict_en, _), (zh, en) = calibration_verdict(evaluation, params.promotion)
    lines = "".join(f"- {zh}\n  {en}\n" for zh, en in unsourced_lines(evaluation))
    unsure = f"\n没有文件依据的监测线 Lines no document states:\n\n{lines}" if lines else ""
    head = f"## 风险数字可信吗 Can the risks be taken at their word: {verdict_zh} {verdict_en}"
    return f"{head}\n\n{zh}\n{en}\n{_by_class(params)}{unsure}"


def _by_class(params: ReportParameters) -> str:
    """Say that classes of households are read by lines of their own, if they are."""
    section = params.model.class_lines
    is_read = section.by == SIZE_AND_AGE and section.part > 0
    return BY_CLASS.format(part=section.part) if is_read else ""


def simulated_warning(params: ReportParameters) -> str:
    """Warn that the data are made up, if they are."""
    if params.source.kind != "simulator":
        return ""
    return (
        "> **模拟数据 Simulated data.** 数字只说明程序能运行，不代表任何地方的情况。"
        "The figures show that the machinery works, not the state of any place.\n"
    )


#: Said where classes of households are read apart.
BY_CLASS = (
    "按家庭人口（1口、2至3口、4至5口、6口及以上）和全户老人分类校准，各类自己的线信{part:.0%}。\n"
    "Households of 1, 2 to 3, 4 to 5, 6 and more members and of elderly members only are read by lines of "
    "their own, believed {part:.0%}.\n"
)
#: Said where trees learn from more than the cohort.
BELOW = (
    "- 树另学 trees also learn from: 已在线下的户，不评分、不评判 households below the line already, "
    "which are never scored and never judged\n"
)


def _limits(wording: LabelWording) -> str:
    zh, en = UNDER_HELP
    return LIMITS.format(zh=wording.of.zh, nouns=wording.of.nouns, under_help=zh, under_help_en=en)


def _data(summary: Mapping[str, Any], params: ReportParameters, wording: LabelWording) -> str:
    label, cohort = params.label, params.cohort
    must_visits = summary["must_visits_without_place"]
    return (
        "## 数据与标签 Data and label\n\n"
        f"- 出名单的模型 model of this list: {summary['delivered_by']}\n"
        f"- 来源 source: {params.source.kind}\n"
        f"- 人群 cohort: {', '.join(cohort.categories)}; above the line and not under monitoring; "
        f"{count(summary['households'])} households in {summary['season']}\n"
        f"{BELOW if cohort.learns_from == ALSO_BELOW else ''}"
        f"- 标签 label: {wording.of.definition_zh} {wording.of.definition}, {' '.join(UNDER_HELP)}, "
        f"within {label.months} months ({label.reading}), "
        f"resources over {label.resources_months} month(s)\n"
        f"- {' '.join(label_seen_in(summary['label_seen_in']))}\n"
        f"- 名单 list: {summary['listed']} listed, {count(summary['listed_by_rule'])} of them by rule, "
        f"{count(must_visits) if must_visits else 0} must-visit households without a place\n"
    )


def _causes(naming: Naming | None) -> str:
    lines = "\n".join(f"- {zh}\n  {en}" for zh, en in about_causes(naming))
    return f"## 写明的原因 Causes named\n\n{lines}\n"


def _figures(evaluation: PublishedEvaluation, subgroup: str) -> str:
    n, fell = evaluation.counts(subgroup) or (None, None)
    zh, en = SUBGROUPS[subgroup]
    figures = headline_figures()
    columns = ["", *(" ".join(one.words) for one in figures)]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for model in evaluation.models:
        cells = [interval(evaluation.row(one, model, subgroup)) for one in figures]
        lines.append(f"| {' '.join(words_of(MODELS, model))} | {' | '.join(cells)} |")
    head = f"### {zh} {en}: {count(n)} household-seasons, {count(fell)} {evaluation.wording.of.past_full}"
    return f"{head}\n\n{chr(10).join(lines)}\n"


def _groups(evaluation: PublishedEvaluation, gap: float) -> str:
    """Name the groups the list finds too few of; the report has them all."""
    groups = evaluation.tables.get("groups")
    if groups is None or not len(groups):
        return ""
    behind = groups_behind(groups, gap)
    lines = [f"- {' '.join(group_name(row))}: {figure({'value': row['recall_gap']}, 1)}" for row in behind]
    head = (
        "## 漏得更多的类别 Groups missed more often\n\n"
        f"召回率低于其余户超过 {100 * gap:g} 个百分点；全部类别和办法见 report.html。"
        f"Recall more than {100 * gap:g} points below all others; report.html has all groups and remedies.\n"
    )
    return f"{head}\n{chr(10).join(lines) or '- 无 none'}\n"
