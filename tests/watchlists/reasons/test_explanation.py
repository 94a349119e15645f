"""One household's explanation: whole, exact, plain, and safe to open."""

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from register.errors import SourceError
from tests.watchlists.explaining import (
    CHANGED,
    as_it_was,
    document_of,
    kept,
    risk_of,
    scored,
    words,
)
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import UNKNOWN_FRESH, forecast
from watchlists.pages.explanation_page import explanation_page, explanation_text

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "explanation.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture
def document(tmp_path):
    return document_of(tmp_path, [scored(**CHANGED)], [kept()])


def test_base_and_parts_add_up_to_the_log_odds_of_the_risk(document):
    total = document["risk"]["base_log_odds"] + sum(one["log_odds"] for one in document["parts"])
    assert total == pytest.approx(document["risk"]["log_odds"], abs=1e-9)


def test_facts_model_and_calibration_add_up_to_what_changed_since_last_season(document):
    since = document["since"]
    total = sum(since["facts"].values()) + since["model"] + since["calibration"]
    assert total == pytest.approx(since["log_odds_change"], abs=1e-9)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"main_cause_confidence": "firm", **forecast(illness=0.9, water=0.1)},
        UNKNOWN_FRESH,
        {"risk": None, "model_change": None, **UNKNOWN_FRESH},
        {"named_causes": [], "main_cause": None},
    ],
)
def test_the_document_is_what_its_schema_says(tmp_path, changes):
    document = document_of(tmp_path, [scored(**{**CHANGED, **changes})], [kept(trials=[])])
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)


def test_every_part_is_what_stands_and_what_is_fresh(document):
    for one in document["parts"]:
        assert one["standing"] + one["fresh"] == pytest.approx(one["log_odds"], abs=1e-12)
    fresh = {one["code"]: one["fresh"] for one in document["parts"] if one["fresh"]}
    assert fresh == {"illness": 0.8}


def test_a_household_that_is_not_listed_is_explained_and_told_who_came_last(tmp_path):
    quiet = scored("H2", risk=risk_of(-0.8))
    document = document_of(tmp_path, [scored(risk=0.6, **CHANGED)], [kept()], [quiet], household_id="H2")
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert document["list"]["is_listed"] is False
    assert any(
        "the last household of its township listed by risk has 60.0%" in one for one in words(document)
    )
    assert "factors alone are known" in explanation_text(document)


def test_a_release_from_before_causes_were_named_is_explained_by_the_cause_it_named(tmp_path):
    document = document_of(tmp_path, [scored(**CHANGED)], [kept()], shaped=as_it_was)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    assert [one["code"] for one in document["named_causes"]] == ["illness"]
    assert document["has_year_behind"] is None
    every = words(document)
    assert "因病 ×2.2：近12个月合规自付支出占全年需求：40%（全县一般2%，最近记录2025-11-03）。" in every
    assert "Lowering it: reporting ×0.74." in every
    assert not any("搬迁" in sentence for sentence in every)


def test_an_unknown_household_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match="no such household; allowed are its household_id as in the list and its own number"
    ):
        document_of(tmp_path, [scored()], [kept()], household_id="H9")


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
    document = document_of(tmp_path, [evil], [kept(text)], household_id=text)
    reader = _Scripts()
    reader.feed(explanation_page(document))
    assert reader.found == 0


def test_the_last_by_risk_is_one_of_the_own_county(tmp_path):
    """Another county's township has the same id, and a household of less risk."""
    other = scored("H2", county_id="C2", **CHANGED) | {"risk": 0.01}
    found = document_of(tmp_path, [scored(**CHANGED), other], [kept(), kept("H2")])
    assert found["list"]["lowest_risk_listed_by_risk"] == pytest.approx(risk_of(-0.8))
