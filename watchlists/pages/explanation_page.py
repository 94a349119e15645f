"""An explanation as terminal text and as a page that prints and needs no network."""

import math
from collections.abc import Mapping
from typing import Any

from watchlists.label_wording import wording_of
from watchlists.pages.pages import page
from watchlists.reasons.explanation_words import sections


def explanation_text(document: Mapping[str, Any]) -> str:
    """Write an explanation for the terminal: every sentence in Chinese, below it in English."""
    head = f"{document['household_id']} · {document['season']} · 截至 as of {document['as_of_date']}"
    lines = [head, *(["模拟数据 simulated data"] if document["is_simulated"] else [])]
    for heading, sentences in sections(document):
        lines += ["", " ".join(heading)]
        lines += [line for zh, en in sentences for line in (f"  {zh}", f"    {en}")]
    return wording_of(document["label"]).worded("\n".join([*lines, ""]))


def explanation_page(document: Mapping[str, Any]) -> str:
    """Write an explanation as an HTML page in the style of the cards; every value is escaped."""
    return page(
        "explanation.html",
        {
            "one": document,
            "told": wording_of(document["label"]),
            "sections": sections(document),
            "bars": _bars(document),
        },
    )


#: Axes of a split part with the class of their bar; of parts that are not split there is the whole.
_AXES = {"standing": "long", "fresh": "year"}


def _bars(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give every part a bar an axis; the scale is at least 2 log-odds wide on each side."""
    named = [{**one, "axes": _axes(one)} for one in document["parts"]]
    scale = max(2.0, *(abs(log_odds) for one in named for _, log_odds in one["axes"]))
    return [{**one, "axes": [_bar(kind, log_odds, scale) for kind, log_odds in one["axes"]]} for one in named]


def _axes(part: Mapping[str, Any]) -> list[tuple[str, float]]:
    if part["standing"] is None:
        return [("whole", part["log_odds"])]
    return [(kind, part[name]) for name, kind in _AXES.items() if part[name] is not None]


def _bar(kind: str, log_odds: float, scale: float) -> dict[str, Any]:
    width = round(50 * abs(log_odds) / scale, 1)
    return {"kind": kind, "times": math.exp(log_odds), "up": log_odds > 0, "width": width}
