"""The answer in one screen: is the list better than what is in use, how sure is that, and for whom."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.declaration import CAPACITY
from models.evaluation.views import At
from models.names import POOLED
from watchlists.label_wording import LabelWording, OutcomeWords
from watchlists.report.calibration_verdict import NO, UNSURE, YES, calibration_verdict
from watchlists.report.delivered import of_list
from watchlists.report.figure_words import GROUPS, MODELS, VALUES, words_of
from watchlists.report.naming import Naming
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import (
    PublishedEvaluation,
    bounds,
    figure,
    interval,
    percent,
)

#: Whom the list is held against, with what a reader asks.
RIVALS = {
    "alerts": ("只按风险，比部门预警更准吗？", "By risk alone: better than the department alerts?"),
    "income_over_line": ("比只看当前收入更准吗？", "Better than income alone?"),
    "logistic": ("比逻辑回归更准吗？", "Better than logistic regression?"),
}

#: Named causes are mostly true where more than this share of those that visits found agrees.
HALF = 0.5

Answer = dict[str, Any]


def answers(
    evaluation: PublishedEvaluation,
    policies: pl.DataFrame,
    naming: Naming | None,
    params: ReportParameters,
    *,
    simulated: bool,
) -> list[Answer]:
    """Answer an evaluator's questions with the figures behind each.

    Parameters
    ----------
    evaluation : PublishedEvaluation
        What evaluate found.
    policies : DataFrame
        Ways to spend the visits, judged (watchlists.visits.policy_evaluation).
    naming : Naming or None
        How often causes are named and true; None under a published order.
    params : ReportParameters
        Bias, slope and gap between groups as the gates of promotion allow them, and omission.
    simulated : bool
        Whether the data are made up.

    Returns
    -------
    list of dict
        ``question_zh, question_en, answer`` (zh, en and a class of the page), ``zh``, ``en``.
    """
    rivals = [_against(evaluation, rival) for rival in RIVALS if rival in evaluation.models]
    data = ("模拟数据" if simulated else "真实登记数据", "simulated data" if simulated else "a real register")
    return [
        *_the_list(policies, evaluation.wording.of),
        *rivals,
        *_causes(naming, evaluation.wording, simulated=simulated),
        _calibrated(evaluation, params),
        _missed(evaluation, params),
        _fair(evaluation, params),
        _answer(("是真实数据吗？", "Are the data real?"), NO if simulated else YES, *data),
    ]


def groups_behind(groups: pl.DataFrame, gap: float) -> list[dict[str, Any]]:
    """List the groups the list finds too few of: recall more than `gap` below all others.

    Households that merely lack a trait are no group: where they are behind, those who have
    it are ahead.
    """
    behind = groups.filter(pl.col("recall_gap") < -100 * gap, pl.col("value") != "no")
    return behind.sort("recall_gap", "group", "value").to_dicts()


def group_name(row: Mapping[str, Any]) -> tuple[str, str]:
    """Name a group and its value in both languages."""
    group, value = words_of(GROUPS, row["group"]), words_of(VALUES, str(row["value"]))
    return f"{group[0]}：{value[0]}", f"{group[1]}: {value[1]}"


def _the_list(policies: pl.DataFrame, of: OutcomeWords) -> list[Answer]:
    """Hold the list as delivered, must-visit households first, against the department alerts."""
    pooled = {row["policy"]: row for row in policies.filter(pl.col("season") == POOLED).to_dicts()}
    if not {"list", "alerts"} <= pooled.keys() or pooled["alerts"]["more_found_low"] is None:
        return []
    own, alerts = (_share_of(pooled[name]) for name in ("list", "alerts"))
    more = {name: pooled["alerts"][f"more_found{tail}"] for name, tail in _ENDS.items()}
    verdict = YES if more["low"] > 0 else NO if more["high"] < 0 else UNSURE
    surplus = f"{figure(more, 0)} {bounds(more, 0)}"
    return [
        _answer(
            ("名单比部门预警多发现吗？", "Does the list find more than the alerts?"),
            verdict,
            f"名单（先必访，再按风险）命中率 {percent(own)}；同样走访户数按部门预警、收入低的在先 "
            f"{percent(alerts)}；各季合计多发现 {surplus} 户。",
            f"The list (must-visit first, then risk) is right for {percent(own)}, alerts, poorest first, for "
            f"{percent(alerts)} at the same visits; over the seasons it finds {surplus} {of.nouns} more.",
        )
    ]


_ENDS = {"value": "", "low": "_low", "high": "_high"}


def _share_of(row: Mapping[str, Any]) -> dict[str, float | None]:
    return {name: row[f"precision{tail}"] for name, tail in _ENDS.items()}


def _against(evaluation: PublishedEvaluation, rival: str) -> Answer:
    precision = At("precision", CAPACITY)
    own, theirs = (evaluation.row(precision, name) for name in (MODEL, rival))
    difference, auc = (evaluation.row(one, MODEL, compared_with=rival) for one in (precision, At("auc")))
    low, high = difference["low"], difference["high"]
    verdict = UNSURE if low is None or low <= 0 <= high else YES if low > 0 else NO
    zh = (
        f"同样走访户数，命中率 {percent(own)}，{MODELS[rival][0]} {percent(theirs)}；"
        f"配对差 {_points(difference)} 个百分点，AUC 差 {interval(auc)}。"
    )
    en = (
        f"At the same visits precision {percent(own)} against {percent(theirs)}; paired difference "
        f"{_points(difference)} points, of AUC {interval(auc)}."
    )
    return _answer(RIVALS[rival], verdict, zh, en)


def _causes(naming: Naming | None, wording: LabelWording, *, simulated: bool) -> list[Answer]:
    """Ask visits whether names are true more often than not; of a simulated list, else its truth.

    A survey that asks of no events names no cause.
    """
    if naming is None or (wording.is_survey and not naming.cohort_named):
        return []
    low, high = _true_between(naming, simulated=simulated)
    verdict = UNSURE if low <= HALF <= high else YES if low > HALF else NO
    zh, en = "".join(one for one, _ in naming.in_short), " ".join(one for _, one in naming.in_short)
    return [_answer(("写明的原因多半对吗？", "Are the causes named mostly true?"), verdict, zh, en)]


def _true_between(naming: Naming, *, simulated: bool) -> tuple[float, float]:
    visits, truth = naming.agreement, naming.truth
    if visits and visits["low"] is not None and visits["high"] is not None:
        return visits["low"], visits["high"]
    return (truth.right.low, truth.right.high) if simulated and truth else (0.0, 1.0)


def _calibrated(evaluation: PublishedEvaluation, params: ReportParameters) -> Answer:
    verdict, (zh, en) = calibration_verdict(evaluation, params.promotion)
    return _answer(("风险数字可信吗？", "Can the risks be taken at their word?"), verdict, zh, en)


def _missed(evaluation: PublishedEvaluation, params: ReportParameters) -> Answer:
    omission, missed, listed = (
        of_list(evaluation, name) for name in ("omission_rate", "exclusion_error", "share")
    )
    share, base = listed["value"], evaluation.row(At("base_rate"), MODEL)["value"]
    least = max(0.0, 1 - share / base) if share is not None and base else None
    floor = "–" if least is None else f"{100 * least:.0f}%"
    known = omission["value"] is not None
    few = (omission["value"] or 0) < params.evaluate.omission
    verdict = (YES if few else NO) if known else UNSURE
    allowed, of = f"{100 * params.evaluate.omission:g}%", evaluation.wording.of
    return _answer(
        ("漏得够少吗？", "Are few enough missed?"),
        verdict,
        f"未列户中有 {percent(omission)} {of.zh}（验收口径低于 {allowed}）；漏测率 {percent(missed)}。"
        f"按现有名额，再准的名单也至少漏 {floor}，要少漏须增加走访。",
        f"Of the unlisted {percent(omission)} {of.past} (evaluators allow less than {allowed}); exclusion "
        f"error {percent(missed)}. With these visits even a perfect list misses {floor}: visit more to miss "
        "fewer.",
    )


def _fair(evaluation: PublishedEvaluation, params: ReportParameters) -> Answer:
    question, allowed = ("对各类户公平吗？", "Fair to groups?"), f"{100 * params.promotion.group_gap:g}"
    groups = evaluation.tables.get("groups")
    if groups is None or not len(groups):
        return _answer(question, UNSURE, "没有足够的户可比。", "Too few households to compare.")
    behind = [group_name(row) for row in groups_behind(groups, params.promotion.group_gap)]
    if not behind:
        zh = f"各类户的召回率都不低于其余户 {allowed} 个百分点。"
        return _answer(
            question, YES, zh, f"No group's recall is more than {allowed} points below the others'."
        )
    zh = f"召回率低于其余户超过 {allowed} 个百分点：{'、'.join(one[0] for one in behind)}。"
    en = f"Recall more than {allowed} points below the others': {', '.join(one[1] for one in behind)}."
    return _answer(question, NO, zh, en)


def _answer(question: tuple[str, str], verdict: tuple[str, str, str], zh: str, en: str) -> Answer:
    return {"question_zh": question[0], "question_en": question[1], "answer": verdict, "zh": zh, "en": en}


def _points(row: Mapping[str, Any]) -> str:
    return percent(row).replace("%", "")
