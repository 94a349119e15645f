"""What must-visit rules cost in falls not found, in one sentence and rule by rule."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.delivered_list import DELIVERED
from models.evaluation.disclosure import SMALL, is_hidden
from models.names import POOLED
from watchlists.label_wording import OutcomeWords, Words
from watchlists.report.cells import Section, of_row, parted
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import PublishedEvaluation, bounds, count, figure, percent
from watchlists.visits.duty_lists import ALL_RULES
from watchlists.visits.must_visits import must_visits

COLUMNS = (
    ("走访", "visits"),
    ("结果已知", "outcome known"),
    ("命中率", "precision"),
    ("被顶替户命中率", "precision of the displaced"),
    ("因此少发现（户）", "fewer found because of it"),
)
SHARED_VISITS = ("必访规则用去走访的", "Duties (must-visit rules) take")
OWN_VISITS = ("必访户有自己的走访，占全部走访的", "Duties (must-visit rules) have visits of their own,")
Row = Mapping[str, Any]


def price(evaluation: PublishedEvaluation, params: ReportParameters) -> Words | None:
    """Say what all duties together take and cost; None where they take no visit or too few to tell."""
    duties, of = evaluation.tables["duties"], evaluation.wording.of
    row = duties.filter(rule=ALL_RULES).row(0, named=True)
    delivered = evaluation.tables["delivered"].filter(origin=POOLED, list=DELIVERED)
    if row["found"] <= SMALL or row["known"] - row["found"] <= SMALL:
        return None
    return _sentence(row, delivered["listed"][0], of, has_own=params.watchlist.must_visit.visits == "own")


def _sentence(row: Row, visits: int, of: OutcomeWords, *, has_own: bool) -> Words:
    share = f"{100 * row['visits'] / max(visits, 1):.0f}%"
    taken = f"{count(row['visits'])} / {visits:,}"
    fallen, right = count(row["found"]), percent(of_row(row, "precision"))
    cost = {end: row[f"cost{tail}"] for end, tail in (("value", ""), ("low", "_low"), ("high", "_high"))}
    lost = f"{figure(cost, 0)} {bounds(cost, 0)}".rstrip()
    zh_first, en_first = OWN_VISITS if has_own else SHARED_VISITS
    zh = (
        f"{zh_first} {share}（{taken} 户次），其中 {fallen} 户{of.zh}（{right}）；"
        f"这些走访若改按风险安排，各季合计可多发现 {lost} 户。必访是职责，不以命中率论；"
        "可另给走访或收紧规则（params.yaml 的 watchlist.must_visit）。"
    )
    en = (
        f"{en_first} {share} of the visits ({taken}); {fallen} of these households {of.past} ({right}). As "
        f"many visits by risk would find {lost} {of.nouns} more over the seasons. A duty need not pay in "
        f"{of.nouns}; it can have visits of its own or a narrower rule (watchlist.must_visit)."
    )
    return zh, en


def rules_table(evaluation: PublishedEvaluation, params: ReportParameters) -> Section | None:
    """Lay out every rule in force: its visits, how many fell, out of time, and what it costs.

    None where no rule took a visit, as in a survey that records none of what they read.
    """
    if not evaluation.tables["duties"]["visits"].sum():
        return None
    words = {rule.code: (rule.zh, rule.en) for rule in must_visits(params.watchlist.must_visit)}
    named = words | {ALL_RULES: ("全部必访规则", "all must-visit rules")}
    rows = [
        {"name": named[row["rule"]], "cells": _cells(row)}
        for row in _publishable(evaluation.tables["duties"]).to_dicts()
        if row["rule"] in named
    ]
    return {"columns": COLUMNS, "rows": rows}


def ceilings_table(evaluation: PublishedEvaluation) -> Section | None:
    """Lay out what duties would be left under every ceiling tried, find and cost; None without any."""
    tried = evaluation.tables["duty_ceilings"]
    if not tried["visits"].sum():
        return None
    small = (pl.col("found") <= SMALL) | (pl.col("known") - pl.col("found") <= SMALL)
    judged = ("known", "found", "^(precision|displaced_precision|cost)(_low|_high)?$")
    rows = [
        {
            "name": (
                f"资源低于线的{row['resources_below']:g}倍",
                f"resources below {row['resources_below']:g} lines",
            ),
            "cells": _cells(row),
        }
        for row in tried.with_columns(pl.when(~small).then(pl.col(*judged))).to_dicts()
    ]
    return {"columns": COLUMNS, "rows": rows}


def _publishable(duties: pl.DataFrame) -> pl.DataFrame:
    """Take out small counts of fallen and of held, and what would tell one from all rules together."""
    whole = (pl.col("rule") == ALL_RULES).alias("is_whole")
    marked = duties.with_columns(whole, held=pl.col("known") - pl.col("found"))
    hidden = [_hidden(marked, one) for one in ("found", "held")]
    judged = ("known", "found", "^(precision|displaced_precision|cost)(_low|_high)?$")
    return marked.with_columns(pl.when(~pl.any_horizontal(hidden)).then(pl.col(*judged)))


def _hidden(duties: pl.DataFrame, count: str) -> pl.Expr:
    """Hide small counts, and by more where the shown rules leave a rest: who overlaps tells nothing of it."""
    of_shown = duties.filter(~pl.col("is_whole"), pl.col(count) > SMALL)[count].sum()
    if of_shown > duties.filter("is_whole")[count].sum():
        return pl.col(count) <= SMALL
    return is_hidden(count, "is_whole", "rule")


def _cells(row: Row) -> list[tuple[str, ...]]:
    cost = of_row(row, "cost")
    known = "–" if row["known"] is None else count(row["known"])
    return [
        (count(row["visits"]),),
        (known,),
        parted(percent(of_row(row, "precision"))),
        parted(percent(of_row(row, "displaced_precision"))),
        (figure(cost, 0), bounds(cost, 0)),
    ]
