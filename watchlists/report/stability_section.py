"""The section on other models: whether they would split the risk of the same households alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchlists.label_wording import Words
from watchlists.report.cells import Section
from watchlists.report.published_evaluation import count


def stability_section(rows: Sequence[Mapping[str, Any]]) -> Section:
    """Lay out what other models say of the same households.

    Parameters
    ----------
    rows : sequence of mapping
        From `models.attribution.stability.stability`.
    """
    columns = [
        ("户数", "households"),
        ("次序相关", "rank correlation"),
        ("最大的原因相同", "same largest cause"),
    ]
    lines = [{"name": _other(row["compared_with"]), "cells": _alike(row)} for row in rows]
    return {"columns": columns, "rows": lines}


def _other(name: str) -> Words:
    kind, _, number = name.partition(" ")
    return (
        (f"本模型成员 {number}", f"member {number}")
        if kind == "member"
        else (f"{name} 的模型", f"model of {name}")
    )


def _alike(row: Mapping[str, Any]) -> list[tuple[str]]:
    correlation, same = row["spearman"], row["same_main_cause"]
    return [
        (count(row["households"]),),
        ("–" if correlation is None else f"{correlation:.2f}",),
        ("–" if same is None else f"{same:.0%}",),
    ]
