"""Whether risks can be taken at their word: how far their mean lies from what came true."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.evaluation.board import CAME, MODEL
from models.evaluation.views import At
from models.registry.parameters import BiasParameters, PromotionParameters
from watchlists.label_wording import Words
from watchlists.report.cells import of_row
from watchlists.report.published_evaluation import PublishedEvaluation, interval, signed_percent

YES, NO, UNSURE = ("是", "yes", "good"), ("否", "no", "bad"), ("不能肯定", "not shown", "unsure")
#: Mean risk over what came true, less one; from 0.05 % on it is told as off.
BIAS, LEAST = At("relative_bias"), 0.0005

Row = Mapping[str, Any]


def calibration_verdict(
    evaluation: PublishedEvaluation, limits: PromotionParameters
) -> tuple[tuple[str, str, str], Words]:
    """Judge the risks read for the rise of the line that came, and tell how they were for the rise assumed.

    Parameters
    ----------
    evaluation : PublishedEvaluation
        What evaluate found.
    limits : PromotionParameters
        Bias and slope as the gates of promotion allow them.

    Returns
    -------
    tuple of (str, str, str)
        `YES` where mean risk is as near to what came true as is allowed, over all judged seasons and
        in each, and the slope is; `NO` where it is not; `UNSURE` where a figure is not known, where what
        is too far may be chance, or where the interval reaches past both ends of what is allowed.
    Words
        By how much, Chinese and English.
    """
    pooled, slope = evaluation.row(BIAS, CAME), evaluation.row(At("slope"), CAME)
    seasons = {one: evaluation.row(BIAS, CAME, origin=one) for one in evaluation.origins}
    came, assumed = too_high(pooled), too_high(evaluation.row(BIAS, MODEL))
    parts = _parts(evaluation, limits.bias.pooled)
    sentences = [_readings(came, assumed), *_farthest(seasons), *parts, _aims(slope, limits)]
    zh, en = "".join(f"{one}。" for one, _ in sentences), " ".join(f"{one}." for _, one in sentences)
    return _verdict(pooled, slope, seasons.values(), limits), (zh, en)


def too_high(row: Row) -> Words:
    """Say by how much mean risk is too high or too low.

    Examples
    --------
    >>> too_high({"value": 0.167, "low": 0.1, "high": 0.234})[1]
    '16.7% too high [+10.0%, +23.4%]'
    >>> too_high({"value": -0.042, "low": None, "high": None})
    ('偏低4.2%', '4.2% too low')
    """
    value = row["value"]
    if value is None:
        return "不详", "not known"
    size, between = f"{abs(value):.1%}", _between(row)
    if abs(value) < LEAST:
        return f"与实际相同{between}", f"as high as what came true{between}"
    zh, en = ("偏高", "too high") if value > 0 else ("偏低", "too low")
    return f"{zh}{size}{between}", f"{size} {en}{between}"


def is_off(row: Mapping[str, Any], allowed: float) -> bool:
    """Say whether a relative bias is farther off than is allowed, and not by chance."""
    return _is_too_far(row, allowed) and row["low"] is not None and not _holds_zero(row)


def _between(row: Row) -> str:
    if row["low"] is None or row["high"] is None:
        return ""
    return f" [{signed_percent(row['low'])}, {signed_percent(row['high'])}]"


def _verdict(
    pooled: Row, slope: Row, seasons: Iterable[Row], limits: PromotionParameters
) -> tuple[str, str, str]:
    most, (low, high) = limits.bias, limits.slope
    biases = [(pooled, most.pooled), *((one, most.season) for one in seasons)]
    if slope["value"] is not None and not low <= slope["value"] <= high:
        return NO
    if any(_is_too_far(row, allowed) and not _holds_zero(row) for row, allowed in biases):
        return NO
    unknown = slope["value"] is None or any(row["value"] is None for row, _ in biases)
    unclear = unknown or any(_is_too_far(row, allowed) for row, allowed in biases)
    return UNSURE if unclear or _says_nothing(pooled, most) else YES


def _is_too_far(row: Row, allowed: float) -> bool:
    return row["value"] is not None and abs(row["value"]) > allowed


def _holds_zero(row: Row) -> bool:
    return row["low"] is not None and row["low"] <= 0 <= row["high"]


def _says_nothing(pooled: Row, most: BiasParameters) -> bool:
    return pooled["low"] is None or (pooled["low"] < -most.pooled and pooled["high"] > most.pooled)


def _readings(came: Words, assumed: Words) -> Words:
    if came == assumed:
        return f"平均风险比实际{came[0]}", f"Mean risk is {came[1]}"
    return (
        f"按实际调整后的线读，平均风险比实际{came[0]}；按当时假设的调幅读，{assumed[0]}",
        f"Read for the line as it came, mean risk is {came[1]}; for the rise assumed, {assumed[1]}",
    )


def _farthest(seasons: Mapping[str, Row]) -> list[Words]:
    judged = {one: row for one, row in seasons.items() if row["value"] is not None}
    if len(judged) == 1 or not judged:
        return []
    worst = max(judged, key=lambda one: abs(judged[one]["value"]))
    zh, en = too_high(judged[worst])
    return [(f"偏得最多的是{worst}，{zh}", f"Farthest off is {worst}, {en}")]


def _parts(evaluation: PublishedEvaluation, allowed: float) -> list[Words]:
    """Count the bins of risk and the groups that are surely too far off, whatever all together are."""
    bins, groups = (
        [is_off(of_row(row, name), allowed) for row in evaluation.tables[table].drop_nulls(name).to_dicts()]
        if table in evaluation.tables
        else []
        for table, name in (("reliability", "relative_bias"), ("group_calibration", "relative_bias_came"))
    )
    if not bins and not groups:
        return []
    size = f"{100 * allowed:g}%"
    zh = f"{len(bins)}个风险组中{sum(bins)}个，{len(groups)}类户中{sum(groups)}类"
    en = f"{sum(bins)} of {len(bins)} bins of risk, {sum(groups)} of {len(groups)} groups"
    return [(f"确实偏离超过{size}的：{zh}", f"Surely more than {size} off: {en}")]


def _aims(slope: Row, limits: PromotionParameters) -> Words:
    low, high = limits.slope
    pooled, season = (f"±{100 * one:g}%" for one in (limits.bias.pooled, limits.bias.season))
    return (
        f"校准斜率 {interval(slope)}。要求合计{pooled}、每季{season}以内，斜率 {low} 至 {high}",
        f"Slope {interval(slope)}. The aim: {pooled} in all, {season} in a season, slope {low} to {high}",
    )
