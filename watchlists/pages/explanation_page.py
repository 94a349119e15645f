"""An explanation as terminal text and as a page that prints and needs no network."""

from collections.abc import Mapping
from typing import Any

from watchlists.pages.pages import page
from watchlists.reasons.explanation_words import sections


def explanation_text(document: Mapping[str, Any]) -> str:
    """Write an explanation for the terminal: every sentence in Chinese, below it in English."""
    head = f"{document['household_id']} · {document['season']} · 截至 as of {document['as_of_date']}"
    lines = [head, *(["模拟数据 simulated data"] if document["is_simulated"] else [])]
    for heading, sentences in sections(document):
        lines += ["", " ".join(heading)]
        lines += [line for zh, en in sentences for line in (f"  {zh}", f"    {en}")]
    return "\n".join([*lines, ""])


def explanation_page(document: Mapping[str, Any]) -> str:
    """Write an explanation as an HTML page in the style of the cards; every value is escaped."""
    return page(
        "explanation.html", {"one": document, "sections": sections(document), "bars": _bars(document)}
    )


def _bars(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give every part a bar; the scale is at least 2 log-odds wide on each side."""
    scale = max(2.0, *(abs(one["log_odds"]) for one in document["parts"]))
    return [{**one, "width": round(50 * abs(one["log_odds"]) / scale, 1)} for one in document["parts"]]
