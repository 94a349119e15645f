"""What is said of causes: what happened, what stands, what such households fell by, and how it adds up."""

import pytest

from tests.watchlists.explaining import CHANGED, document_of, kept, scored, words
from tests.watchlists.lists import UNKNOWN_FRESH, forecast
from watchlists.pages.explanation_page import explanation_text


def test_an_ill_mans_explanation_names_record_value_date_and_what_is_usual(tmp_path):
    every = words(document_of(tmp_path, [scored(**CHANGED)], [kept()]))
    assert (
        "因病：近12个月合规自付支出占全年需求：40%（一年前0%，全县一般2%，最近记录2025-11-03）；"
        "模型将风险上升归因于此 ×2.2。"
    ) in every
    assert (
        "处境薄弱在于（模型归因）：收入水平 ×4.1——最近四次观察中低于线的次数：3次（全县一般0次）；务工 ×1.3。"
    ) in every
    assert "Of the last year: health ×2.2." in every
    assert "Of long standing: level of income ×4.1, work ×1.3, reporting ×0.74." in every


def test_a_circumstance_that_became_worse_within_the_year_is_told_beside_the_named_cause(tmp_path):
    poorer = scored(fresh_income=0.9, **CHANGED)
    every = words(document_of(tmp_path, [poorer], [kept()]))
    assert "近一年变差的处境（模型归因）：收入水平 ×2.5。" in every


def test_how_sure_the_named_cause_is_and_what_such_households_fell_by_are_said(tmp_path):
    shares = forecast(illness=0.6, schooling=0.3, water=0.1)
    sure = scored(main_cause_confidence="likely", **shares, **CHANGED)
    document = document_of(tmp_path, [sure], [kept()])
    assert [one["code"] for one in document["forecast"][:3]] == ["illness", "schooling", "water"]
    assert sum(one["risk"] for one in document["forecast"]) == pytest.approx(document["risk"]["value"])
    every = words(document)
    assert any(sentence.endswith("归因于此 ×2.2（较可能）。") for sentence in every)
    fell_by = "因病 60%（风险18.6%）、因学 30%（风险9.3%）、因安全饮水 10%（风险3.1%）"
    assert f"像这样的户，返贫后登记的原因多为：{fell_by}。" in every


BILL = (
    "own medical payment in 12 months, share of a year's needs: 40% "
    "(a year ago 0%, typical of the county: 2%, newest record 2025-11-03)"
)


def unnamed(**changes):
    nothing = {"named_causes": [], "main_cause": None, "events": [], "vulnerability": ["income"]}
    return scored(**{**nothing, "fresh_illness": 0.0, **changes, **CHANGED})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "No event that raises the risk is on record for the last year."),
        (UNKNOWN_FRESH, "Less than a year in the register: what changed in the last year cannot be told."),
        (
            {"events": ["illness"]},
            f"On record for the last year: health – {BILL}; the model attributes no rise of the risk to it.",
        ),
        (
            {"events": ["illness"], "fresh_illness": 0.8},
            "What is on record for the last year does not fit the household and is named as no cause.",
        ),
    ],
)
def test_where_no_cause_is_named_it_is_said_why_and_what_to_ask_of_first(tmp_path, changes, sentence):
    document = document_of(tmp_path, [unnamed(**changes)], [kept()])
    assert sentence in words(document)
    assert "走访时先问：健康、就学、务工。" in words(document)


def test_a_household_new_in_the_register_has_standing_parts_alone(tmp_path):
    document = document_of(tmp_path, [unnamed(**UNKNOWN_FRESH)], [kept()])
    assert document["has_year_behind"] is False
    assert {one["fresh"] for one in document["parts"]} == {None}
    assert all(one["standing"] == one["log_odds"] for one in document["parts"])
    assert "Of long standing: level of income ×4.1, health ×2.2, work ×1.3, reporting ×0.74." in words(
        document
    )


def test_a_published_order_counts_and_has_no_risk_to_explain(tmp_path):
    ordered = scored(risk=None, **UNKNOWN_FRESH)
    document = document_of(tmp_path, [ordered], [kept(trials=[])])
    assert document["risk"] | {"log_odds": 0.0} == {
        "value": None,
        "mean": None,
        "log_odds": 0.0,
        "base_log_odds": -3.0,
    }
    assert any(sentence.startswith("因病 ×2.2：近12个月") for sentence in words(document))
    assert "The model attributes" not in explanation_text(document)
