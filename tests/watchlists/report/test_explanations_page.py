import polars as pl
import pytest

from register.reference import causes
from tests.watchlists.explaining import kept
from tests.watchlists.lists import FALLS, KINDS, explained, listed_row, scores
from watchlists.reasons.evidence_shape import EXPLAINED
from watchlists.report.explanations_page import Explained, write_explanations
from watchlists.report.naming import Naming
from watchlists.report.naming_truth import naming_truth
from watchlists.visits.missed import missed_counts

STABILITY = [
    {"compared_with": "member 1", "households": 2043, "spearman": 0.934, "same_main_cause": 0.83},
    {"compared_with": "2024Q1", "households": 2043, "spearman": None, "same_main_cause": None},
]
NAMING = Naming(20, 15, 60, 30, naming_truth())


def rows(n, make=explained, **changes):
    return [
        make(f"H{one:02}", risk=0.1 + one / 100, **changes) | {"phi_illness": one / 10} for one in range(n)
    ]


def page(tmp_path, stability=STABILITY, confidence=None):
    cohort = scores(*rows(60, illness=0.5, events=["illness"]))
    listed = pl.DataFrame(rows(20, listed_row), schema_overrides={**KINDS, "groups": pl.List(pl.String())})
    listed = listed.with_columns(pl.lit(confidence, dtype=pl.String()).alias("main_cause_confidence"))
    facts = pl.DataFrame([kept(f"H{n:02}") for n in range(20)], schema=EXPLAINED)
    release = Explained(cohort, listed, facts, stability, NAMING, missed_counts({}))
    write_explanations(tmp_path / "page.html", release, "2025Q4", FALLS, simulated=True)
    return (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.fixture
def whole(tmp_path):
    return page(tmp_path)


def test_the_page_is_plain_needs_no_network_and_speaks_no_library(whole):
    assert whole.lstrip().startswith("<!doctype html>")
    assert "模拟数据" in whole
    for word in ("<script", "<img", "SHAP", "E[f", "phi_", "log-odds", "beeswarm"):
        assert word not in whole
    assert all(f"{one.zh} {one.en}" in whole for one in causes().values() if one.code != "other")


def test_the_first_screen_says_how_often_causes_are_named_and_true(whole):
    first = whole[: whole.index('<h2 id="parts">')]
    assert "<b>75%</b>名单中写明原因" in first
    assert NAMING.truth.sentences[0][1] in first
    assert "Visits have found too few causes" in first


def test_the_highest_risk_is_drawn_and_can_be_asked_for(whole):
    assert "H59：风险 69.0%，起点 11.9%" in whole
    assert "huitou explain H59 --season 2025Q4" in whole
    assert whole.count("<svg") == 3


def test_other_models_are_named_in_words(whole):
    assert (
        '本模型成员 1 <span class="en">member 1</span></td><td>2,045</td><td>0.93</td><td>83%</td>' in whole
    )
    assert "model of 2024Q1</span></td><td>2,045</td><td>–</td><td>–</td>" in whole


def test_without_other_models_or_judged_seasons_the_page_says_so(tmp_path):
    alone = page(tmp_path, stability=[])
    assert "No model to compare with." in alone
    assert "No season could be judged." in alone


def test_where_a_forecast_orders_causes_the_page_says_how_sure_they_are(tmp_path):
    assert "main causes: likely" in page(tmp_path, confidence="likely")
    assert "main causes: likely" not in page(tmp_path)
