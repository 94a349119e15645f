"""An explanation in sentences: the risk, the place, which help fits and what a trial says."""

import pytest

from tests.watchlists.explaining import CHANGED, document_of, kept, scored, words


def test_the_mean_risk_is_that_of_the_cohort_and_not_where_the_sum_starts(tmp_path):
    others = [scored("H2", risk=0.05), scored("H3", risk=0.01)]
    document = document_of(tmp_path, [scored(risk=0.6, **CHANGED)], [kept()], others)
    assert document["risk"]["mean"] == pytest.approx(0.22)
    assert "全部户平均风险是22.0%。" in words(document)
    assert "low" not in document["risk"]


def test_help_that_nobody_in_the_house_can_take_is_named_as_not_fitting_and_is_not_tried(tmp_path):
    both = scored(named_causes=["illness", "employment"], fresh_employment=0.3, **CHANGED)
    document = document_of(tmp_path, [both], [kept()])
    told = words(document)
    assert "Employment support: does not fit, nobody is able to work." in told
    assert [one["code"] for one in document["trials"]] == ["medical_aid"]
    assert any(sentence.endswith("the model would say 25.0% instead of 31.0%.") for sentence in told)
    assert any("no promise" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("cause", "facts", "sentence"),
    [
        (
            "schooling",
            {"n_students": 1.0},
            "Compulsory education: does not fit, no child is of compulsory school age.",
        ),
        ("housing", {}, "Safe housing: does not fit, the house is not found unsafe."),
        (
            "housing",
            {"has_dangerous_house": 1.0, "is_relocated": 1.0},
            "Relocation: does not fit, the household was moved already.",
        ),
        ("water", {}, "Safe drinking water: does not fit, drinking water is safe."),
    ],
)
def test_what_cannot_fit_is_said_to_and_why(tmp_path, cause, facts, sentence):
    row = scored(named_causes=[cause], **{f"fresh_{cause}": 0.3}, **CHANGED)
    assert sentence in words(document_of(tmp_path, [row], [kept(**facts)]))


def test_the_distance_to_the_line_is_told_in_yuan(tmp_path):
    every = words(document_of(tmp_path, [scored(**CHANGED)], [kept()]))
    assert "扣除医疗自付后，人均年收入约13,000元，比监测线（8,700元）高50%。" in every
