"""Tables of the section on calibration: readings of the risk, seasons and their lines, deciles, groups."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.board import CAME, MODEL
from models.evaluation.views import At, figures_of_risk
from models.names import POOLED
from models.registry.parameters import BiasParameters
from register.reference.income_lines import SOURCED
from watchlists.label_wording import Words
from watchlists.line_words import STATUSES, money
from watchlists.report.answers import group_name
from watchlists.report.calibration_verdict import BIAS, is_off
from watchlists.report.cells import Section, grid, of_row
from watchlists.report.published_evaluation import (
    PublishedEvaluation,
    count,
    figure,
    signed_percent,
)

#: Says nothing of its own about risks: the base rate of the training.
LOT = "base_rate"
#: The risk read for the rise of the line that came, and for the rise assumed.
READINGS: tuple[Words, Words] = (
    ("按实际的线", "as the line came"),
    ("按假设的线", "as it was assumed"),
)


def by_reading(evaluation: PublishedEvaluation) -> Section:
    """Set the figures of the model's risk, read for either rise of the line, side by side."""
    readings = grid(evaluation, figures_of_risk(), [CAME, MODEL])
    named = zip(readings["rows"], READINGS, strict=True)
    return {**readings, "rows": [{**row, "name": words} for row, words in named]}


def by_model(evaluation: PublishedEvaluation) -> Section:
    """Set the figures of the risks that all models give side by side."""
    judged = [name for name in evaluation.models if evaluation.row(BIAS, name)["value"] is not None]
    return grid(evaluation, figures_of_risk(), [name for name in judged if name != LOT])


def by_season(evaluation: PublishedEvaluation) -> Section:
    """Set every season's bias beside how the line was taken to rise, how it rose, and how sure it is."""
    rises = {row["season"]: row for row in _table(evaluation, "calibration_by_season").to_dicts()}
    rows = [
        {
            "name": ("合并", "pooled") if one == POOLED else (one, ""),
            "cells": [
                *((rises.get(one, {}).get(name) or "–",) for name in ("line_changes", "line_changes_came")),
                (figure(evaluation.row(At("base_rate"), MODEL, origin=one)),),
                *(off(evaluation.row(BIAS, score, origin=one)) for score in (CAME, MODEL)),
                ("" if one == POOLED else unsure_lines(evaluation, one),),
            ],
        }
        for one in (*evaluation.origins, POOLED)
    ]
    columns = [
        ("假设的线涨幅", "rise assumed"),
        ("实际涨幅", "rise that came"),
        ("实际比例", "came true"),
        *((f"平均风险偏差，{zh}", f"mean risk off, {en}") for zh, en in READINGS),
        ("无文件依据的线", "lines no document states"),
    ]
    return {"columns": columns, "rows": rows}


def unsourced_lines(evaluation: PublishedEvaluation) -> list[Words]:
    """Tell every line of the judged seasons that no document states, once, with what it rests on."""
    lines = _table(evaluation, "season_lines")
    if lines.is_empty():
        return []
    unsure = lines.filter(pl.col("status") != SOURCED).sort("region_id", "effective_from", "season")
    grouped = unsure.group_by("region_id", "effective_from", maintain_order=True).agg(
        pl.col("season"), pl.exclude("season").first()
    )
    return [_line_sentence(row) for row in grouped.iter_rows(named=True)]


def deciles(published: pl.DataFrame, happened: str, most: BiasParameters) -> Section:
    """Hold mean risk against what came true in every bin, marking those too far off, and surely so."""
    rows = [
        [
            row["bin"],
            count(row["n"]),
            count(row["n_positive"]),
            figure({"value": row["mean_risk"]}),
            figure({"value": row["observed"]}),
            " ".join(off(of_row(row, "relative_bias"))).strip(),
            "！" if is_off(of_row(row, "relative_bias"), most.pooled) else "",
            off(of_row(row, "relative_bias_assumed"))[0],
        ]
        for row in published.iter_rows(named=True)
    ]
    own, assumed = (" ".join(words) for words in READINGS)
    columns = ["组 bin", "户次 n", happened, "平均风险 mean risk", "实际比例 came true"]
    too_far = f"超过±{most.pooled:.0%} too far"
    return {"columns": [*columns, f"偏差 off, {own}", too_far, f"偏差 off, {assumed}"], "rows": rows}


def by_group(evaluation: PublishedEvaluation, most: BiasParameters) -> Section | None:
    """List the groups, those marked whose mean risk is farther off than is allowed, and surely so."""
    table = _table(evaluation, "group_calibration")
    if table.is_empty():
        return None
    rows = [
        {
            "name": group_name(row),
            "cells": [
                (count(row["n"]),),
                (count(row["n_positive"]),),
                off(of_row(row, "relative_bias_came")),
                off(of_row(row, "relative_bias")),
                ("！" if is_off(of_row(row, "relative_bias_came"), most.pooled) else "",),
            ],
        }
        for row in table.iter_rows(named=True)
    ]
    columns = [
        ("户次", "n"),
        (evaluation.wording.of.zh, evaluation.wording.of.past),
        *((f"平均风险偏差，{zh}", f"mean risk off, {en}") for zh, en in READINGS),
        (f"超过±{most.pooled:.0%}", "too far"),
    ]
    return {"columns": columns, "rows": rows}


def off(row: Mapping[str, Any]) -> tuple[str, str]:
    """Write a relative bias in percent with its sign, and its interval.

    Examples
    --------
    >>> off({"value": 0.167, "low": 0.1, "high": 0.234})
    ('+16.7%', '[+10.0%, +23.4%]')
    """
    if row["value"] is None:
        return "–", ""
    ends = [row["low"], row["high"]]
    between = "" if None in ends else f"[{', '.join(map(signed_percent, ends))}]"
    return signed_percent(row["value"]), between


def _table(evaluation: PublishedEvaluation, name: str) -> pl.DataFrame:
    return evaluation.tables.get(name, pl.DataFrame())


def unsure_lines(evaluation: PublishedEvaluation, season: str) -> str:
    """Name the lines of a season that no document states, by day and status; "" where all are sourced."""
    lines = _table(evaluation, "season_lines")
    if lines.is_empty():
        return ""
    unsure = lines.filter(pl.col("status") != SOURCED, season=season)
    return "; ".join(
        f"{row['effective_from']} {' '.join(STATUSES[row['status']])}" for row in unsure.iter_rows(named=True)
    )


def _line_sentence(row: Mapping[str, Any]) -> Words:
    zh, _ = STATUSES[row["status"]]
    since, region, seasons = row["effective_from"], row["region_id"], ", ".join(row["season"])
    amounts = money(12 * row["line_per_month"], row["currency"]) if row["currency"] else ("", "a line")
    amount_zh, amount_en = amounts
    return (
        f"地区{region}自{since}起{amount_zh}：{zh}（{row['origin']}），关系到 {seasons}。",
        f"Region {region}, {amount_en} since {since}: {row['origin']}; {seasons} rest on it.",
    )
