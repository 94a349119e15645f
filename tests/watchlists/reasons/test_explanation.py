"""One household's explanation: whole, exact, plain, and safe to open."""

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from register.errors import SourceError
from register.reference import levers
from tests.watchlists.explaining import CHANGED, kept, released, risk_of, scored
from tests.watchlists.injections import INJECTIONS
from tests.watchlists.lists import reference_names
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


def test_an_ill_mans_explanation_names_record_value_date_and_what_is_usual(document):
    told = words(document)
    assert "因病 ×2.2：近12个月合规自付支出占全年需求：40%（全县一般2%，最近记录2025-11-03）。" in told
    assert "扣除医疗自付后，人均年收入约13,000元，比监测线（8,700元）高50%。" in told
    assert (
        "上季（2025Q3）风险14.2%，本季31.0%；几率变为×2.7，由这几部分相乘而来："
        "情况变化×2.5（因病 ×2.0、收入水平 ×1.2）、模型更新×1.2、校准更新×0.95。"
    ) in told


def test_help_that_nobody_in_the_house_can_take_is_named_as_not_fitting_and_is_not_tried(document):
    told = words(document)
    assert "Employment support: does not fit, nobody is able to work." in told
    assert [one["code"] for one in document["trials"]] == ["medical_aid"]
    assert any(sentence.endswith("the model would say 25.0% instead of 31.0%.") for sentence in told)
    assert any("no promise" in sentence for sentence in told)


def test_a_main_cause_the_members_do_not_agree_on_is_called_weakly_supported(tmp_path):
    weak = scored(main_cause_support=2 / 3, **CHANGED)
    told = words(explanation(released(tmp_path, [weak], [kept()]), "H1", REFERENCE))
    assert any(sentence.startswith("因病 ×2.2（依据不足）") for sentence in told)
    assert any("only 67% of the model's members" in sentence for sentence in told)
    firm = words(explanation(released(tmp_path / "firm", [scored(**CHANGED)], [kept()]), "H1", REFERENCE))
    assert not any("依据不足" in sentence for sentence in firm)


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


def test_a_household_without_an_official_cause_that_raises_the_risk_is_told_so(tmp_path):
    none = scored(phi_illness=0.0, phi_employment=-0.1, main_cause=None, main_cause_support=None, **CHANGED)
    told = words(explanation(released(tmp_path, [none], [kept(evidence=[])]), "H1", REFERENCE))
    assert "The model attributes the risk to none of the official causes." in told


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
