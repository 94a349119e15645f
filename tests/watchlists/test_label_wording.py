import re
from dataclasses import asdict

import pytest

from models.labels.label_rules import CENSORED, ENTERS, FALLS
from watchlists.label_wording import wording_of, words_of
from watchlists.report.figure_words import UNKNOWN, column_words
from watchlists.sheets.sheet_words import guide, list_columns


@pytest.mark.parametrize("outcome", CENSORED)
def test_every_outcome_has_all_its_words_in_both_languages(outcome):
    told = asdict(words_of(outcome))
    for name, word in told.items():
        is_chinese = re.search("[\u4e00-\u9fff]", word) is not None
        assert is_chinese == (name == "zh" or name.endswith("_zh"))


@pytest.mark.parametrize("outcome", CENSORED)
def test_every_reason_for_an_unknown_outcome_has_words(outcome):
    assert set(CENSORED[outcome]) <= set(UNKNOWN)


def test_a_year_is_told_as_a_year_and_half_a_year_in_months():
    assert [wording_of({"months": months}).within_zh for months in (12, 6)] == ["一年内", "6个月内"]


def test_a_label_of_before_there_were_outcomes_is_a_fall():
    assert wording_of({"months": 12}).of is words_of(FALLS)


@pytest.mark.parametrize(
    ("outcome", "risk", "positive"),
    [
        ("falls_below_line", ("返贫风险", "risk in 6 months"), ("其中跌破", "of them fell")),
        (
            "enters_monitoring",
            ("纳入监测的可能", "chance of identification in 6 months"),
            ("其中纳入监测", "of them were identified"),
        ),
    ],
)
def test_columns_are_named_for_the_outcome(outcome, risk, positive):
    told = wording_of({"months": 6, "outcome": outcome})
    assert [one[1:3] for one in list_columns(told) if one[0] == "risk"] == [risk]
    assert column_words("n_trained_positive", told.of) == positive


def test_nothing_handed_out_speaks_of_falling_back_where_monitoring_is_predicted():
    told = wording_of({"months": 12, "outcome": ENTERS})
    shown = " ".join(word for pair in guide(told, 12, 4) for word in pair)
    assert "返贫" not in shown
    assert "在现有帮扶下今后12个月内被纳入监测的概率" in shown
    assert "under current help, of being identified for monitoring in 12 months" in shown
    assert "{" not in shown


def test_a_survey_is_told_by_how_its_outcome_is_read():
    """EPH and panels are read at the next interview; a register, also one of before, in a window."""
    asked = wording_of({"months": 12, "reading": "next_observation", "resources": "consumption"})
    assert (asked.is_survey, asked.resources) == (True, "consumption")
    assert not wording_of({"months": 12, "reading": "window"}).is_survey
    assert wording_of({"months": 12}) == wording_of(
        {"months": 12, "reading": "window", "resources": "income"}
    )
