"""One household's explanation: whole, exact, plain, and safe to open."""

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from register.errors import SourceError
from register.reference import levers
from tests.watchlists.explaining import CHANGED, as_it_was, kept, released, risk_of, scored
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import UNKNOWN_FRESH, forecast, reference_names
from watchlists.pages.explanation_page import explanation_page, explanation_text
from watchlists.reasons.explanation import Reference, explanation
from watchlists.reasons.explanation_words import sections
from watchlists.reasons.release_evidence import FACTS_CHANGES

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "explanation.schema.json").read_text(encoding="utf-8")
)
REFERENCE = Reference(reference_names(), levers())


@pytest.fixture
def document(tmp_path):
    return explanation(released(tmp_path, [scored(**CHANGED)], [kept()]), "H1", REFERENCE)


def words(document):
    return [sentence for section in sections(document) for pair in section.sentences for sentence in pair]


def test_base_and_parts_add_up_to_the_log_odds_of_the_risk(document):
    total = document["risk"]["base_log_odds"] + sum(one["log_odds"] for one in document["parts"])
    assert total == pytest.approx(document["risk"]["log_odds"], abs=1e-9)


def test_facts_model_and_calibration_add_up_to_what_changed_since_last_season(document):
    since = document["since"]
    total = sum(since["facts"].values()) + since["model"] + since["calibration"]
    assert total == pytest.approx(since["log_odds_change"], abs=1e-9)


def test_the_document_is_what_its_schema_says(document):
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)


def test_every_part_is_what_stands_and_what_is_fresh(document):
    for one in document["parts"]:
        assert one["standing"] + one["fresh"] == pytest.approx(one["log_odds"], abs=1e-12)
    fresh = {one["code"]: one["fresh"] for one in document["parts"] if one["fresh"]}
    assert fresh == {"illness": 0.8}


def test_the_mean_risk_is_that_of_the_cohort_and_not_where_the_sum_starts(tmp_path):
    others = [scored("H2", risk=0.05), scored("H3", risk=0.01)]
    document = explanation(
        released(tmp_path, [scored(risk=0.6, **CHANGED)], [kept()], others), "H1", REFERENCE
    )
    assert document["risk"]["mean"] == pytest.approx(0.22)
    assert "全部户平均风险是22.0%。" in words(document)
    assert "low" not in document["risk"]


def test_an_ill_mans_explanation_names_record_value_date_and_what_is_usual(document):
    every = words(document)
    assert (
        "因病：近12个月合规自付支出占全年需求：40%（一年前0%，全县一般2%，最近记录2025-11-03）；"
        "模型将风险上升归因于此 ×2.2。"
    ) in every
    assert (
        "处境薄弱在于（模型归因）：收入水平 ×4.1——以往跌破线次数：3次（全县一般0次）；务工 ×1.3。"
    ) in every
    assert "Of the last year: health ×2.2." in every
    assert "Of long standing: level of income ×4.1, work ×1.3, reporting ×0.74." in every
    assert "扣除医疗自付后，人均年收入约13,000元，比监测线（8,700元）高50%。" in every
    assert (
        "上季（2025Q3）风险14.2%，本季31.0%；几率变为×2.7，由这几部分相乘而来："
        "情况变化×2.5（因病 ×2.0、收入水平 ×1.2）、模型更新×1.2、校准更新×0.95。"
    ) in every


def test_how_sure_the_named_cause_is_and_what_such_households_fell_by_are_said(tmp_path):
    shares = forecast(illness=0.6, schooling=0.3, water=0.1)
    sure = scored(main_cause_confidence="likely", **shares, **CHANGED)
    document = explanation(released(tmp_path, [sure], [kept()]), "H1", REFERENCE)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert [one["code"] for one in document["forecast"][:3]] == ["illness", "schooling", "water"]
    assert sum(one["risk"] for one in document["forecast"]) == pytest.approx(document["risk"]["value"])
    every = words(document)
    assert any(sentence.endswith("归因于此 ×2.2（较可能）。") for sentence in every)
    fell_by = "因病 60%（风险18.6%）、因学 30%（风险9.3%）、因安全饮水 10%（风险3.1%）"
    assert f"像这样的户，返贫后登记的原因多为：{fell_by}。" in every


def test_help_that_nobody_in_the_house_can_take_is_named_as_not_fitting_and_is_not_tried(tmp_path):
    both = scored(named_causes=["illness", "employment"], fresh_employment=0.3, **CHANGED)
    document = explanation(released(tmp_path, [both], [kept()]), "H1", REFERENCE)
    told = words(document)
    assert "Employment support: does not fit, nobody is able to work." in told
    assert [one["code"] for one in document["trials"]] == ["medical_aid"]
    assert any(sentence.endswith("the model would say 25.0% instead of 31.0%.") for sentence in told)
    assert any("no promise" in sentence for sentence in told)


def test_a_household_that_is_not_listed_is_explained_and_told_who_came_last(tmp_path):
    quiet = scored("H2", risk=risk_of(-0.8))
    release = released(tmp_path, [scored(risk=0.6, **CHANGED)], [kept()], [quiet])
    document = explanation(release, "H2", REFERENCE)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert document["list"]["is_listed"] is False
    assert any(
        "the last household of its township listed by risk has 60.0%" in one for one in words(document)
    )
    assert "keeps the factors, not the records" in explanation_text(document)


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
    document = explanation(released(tmp_path, [unnamed(**changes)], [kept()]), "H1", REFERENCE)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert sentence in words(document)
    assert "走访时先问：健康、就学、务工。" in words(document)


def test_a_household_new_in_the_register_has_standing_parts_alone(tmp_path):
    document = explanation(released(tmp_path, [unnamed(**UNKNOWN_FRESH)], [kept()]), "H1", REFERENCE)
    assert document["has_year_behind"] is False
    assert {one["fresh"] for one in document["parts"]} == {None}
    assert all(one["standing"] == one["log_odds"] for one in document["parts"])
    assert "Of long standing: level of income ×4.1, health ×2.2, work ×1.3, reporting ×0.74." in words(
        document
    )


def test_a_published_order_counts_and_has_no_risk_to_explain(tmp_path):
    ordered = scored(risk=None, **UNKNOWN_FRESH)
    document = explanation(released(tmp_path, [ordered], [kept(trials=[])]), "H1", REFERENCE)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert document["risk"] | {"log_odds": 0.0} == {
        "value": None,
        "mean": None,
        "log_odds": 0.0,
        "base_log_odds": -3.0,
    }
    assert any(sentence.startswith("因病 ×2.2：近12个月") for sentence in words(document))
    assert "The model attributes" not in explanation_text(document)


def test_a_release_from_before_causes_were_named_is_explained_by_the_cause_it_named(tmp_path):
    release = released(tmp_path, [scored(**CHANGED)], [kept()], shaped=as_it_was)
    document = explanation(release, "H1", REFERENCE)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert [one["code"] for one in document["named_causes"]] == ["illness"]
    assert document["has_year_behind"] is None
    every = words(document)
    assert "因病 ×2.2：近12个月合规自付支出占全年需求：40%（全县一般2%，最近记录2025-11-03）。" in every
    assert "Lowering it: reporting ×0.74." in every
    assert not any("搬迁" in sentence for sentence in every)


def test_a_new_household_has_nothing_to_compare_with(tmp_path):
    new = kept(previous_season=None, previous_risk=None, **dict.fromkeys(FACTS_CHANGES))
    document = explanation(released(tmp_path, [scored()], [new]), "H1", REFERENCE)
    assert document["since"] is None
    assert "No earlier list." in words(document)


def test_an_unknown_household_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match="no such household; allowed are its household_id as in the list and its own number"
    ):
        explanation(released(tmp_path, [scored()], [kept()]), "H9", REFERENCE)


@pytest.mark.parametrize("forbidden", ["the cause is", "The cause is", "caused by", "原因是"])
def test_no_text_claims_to_know_the_cause(document, forbidden):
    assert forbidden not in explanation_text(document)
    assert forbidden not in explanation_page(document)


class _Scripts(HTMLParser):
    found = 0

    def handle_starttag(self, tag, attrs):
        self.found += tag in ("script", "img", "iframe", "link", "a") or any(
            n.startswith(("on", "src")) for n, _ in attrs
        )


@pytest.mark.parametrize("text", INJECTIONS)
def test_the_page_runs_nothing_whatever_an_id_says(tmp_path, text):
    evil = scored(text, village_id=text, **CHANGED)
    document = explanation(released(tmp_path, [evil], [kept(text)]), text, REFERENCE)
    reader = _Scripts()
    reader.feed(explanation_page(document))
    assert reader.found == 0


def test_the_last_by_risk_is_one_of_the_own_county(tmp_path):
    """Another county's township has the same id, and a household of less risk."""
    other = scored("H2", county_id="C2", **CHANGED) | {"risk": 0.01}
    found = explanation(released(tmp_path, [scored(**CHANGED), other], [kept(), kept("H2")]), "H1", REFERENCE)
    assert found["list"]["lowest_risk_listed_by_risk"] == pytest.approx(risk_of(-0.8))
