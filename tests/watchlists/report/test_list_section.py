import polars as pl

from tests.watchlists.judged import NAMING, PARAMS, SUMMARY
from tests.watchlists.looked_back import hindsight
from tests.watchlists.report.test_page import VISITS
from watchlists.report.list_section import Delivered, list_section
from watchlists.visits.change import LEFT_SCHEMA


def test_counts_are_rounded_and_who_left_is_told_by_reason():
    """Nine left because their facts improved, nine because they fell in the order."""
    reasons = ["facts_improved"] * 9 + ["order_fell"] * 9
    rows = [{**dict.fromkeys(LEFT_SCHEMA), "why_left": reason, "is_unimproved": False} for reason in reasons]
    gone = pl.DataFrame(rows, schema=LEFT_SCHEMA)
    section = list_section(Delivered(SUMMARY, gone, VISITS, hindsight(), NAMING), PARAMS)
    assert section["counts"]["households"] == "40,000"
    assert section["counts"]["entered"] == "≤7"
    assert [(en, number) for _, en, number, _ in section["why_left"]] == [
        ("facts improved", "10"),
        ("its place in the order fell", "10"),
    ]
