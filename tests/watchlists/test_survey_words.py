"""Pages of a survey say what was asked: no income where it was consumption, no monitoring, no township."""

import re

import pytest

from tests.watchlists.lists import listed_row, reference_names
from watchlists.household.wording import WORDS
from watchlists.label_wording import UNTESTED, wording_of
from watchlists.line_words import distance_to_line, line_used
from watchlists.pages.cards import write_cards
from watchlists.reasons.household_view import household_view
from watchlists.report.figure_words import MODELS
from watchlists.survey_words import in_survey_words
from watchlists.visits.policies import POLICIES

SURVEY = {"months": 12, "reading": "next_observation", "resources": "consumption"}
CONSUMPTION, INCOME = wording_of(SURVEY), wording_of(SURVEY | {"resources": "income"})
REGISTER = wording_of({"months": 12, "reading": "window"})
LINE = {
    "region_id": "panel",
    "effective_from": "2011-10-01",
    "per_month": 10.0,
    "currency": "UGX",
    "origin": "delivered: mapping",
}
#: Of a register alone, in both languages.
FOREIGN = re.compile(
    r"收入|监测线|三保障|[县乡村]|(?<![\w-])(incomes?|guarantee|county|township|village)(?![\w-])"
)


def sentences():
    """What is told of models, ways to visit, lines and the distance to them."""
    pairs = [*MODELS.values(), *POLICIES.values(), line_used(LINE), *WORDS.values()]
    for over in (0.4, 1.2, 3.0, None):
        pairs += [distance_to_line({"resources_over_line": over}, year, "UGX") for year in (None, 1200.0)]
    return [word for pair in pairs for word in pair]


@pytest.mark.parametrize("text", sentences())
def test_no_word_of_a_register_is_left(text):
    assert not FOREIGN.search(CONSUMPTION.worded(text))


@pytest.mark.parametrize("text", [*sentences(), *UNTESTED])
def test_a_register_keeps_its_words(text):
    assert REGISTER.worded(text) == text


def test_income_that_was_asked_for_stays_income():
    zh, en = distance_to_line({"resources_over_line": 1.2}, None, "UGX")
    assert (INCOME.worded(zh), INCOME.worded(en)) == (
        "每等值人口收入比贫困线高20%。",
        "Income an equivalent is 20% above the line.",
    )


def test_what_counts_as_a_fall_is_the_line_alone():
    of = CONSUMPTION.of
    assert CONSUMPTION.worded(of.definition_zh) == "跌破贫困线"
    assert CONSUMPTION.worded(of.definition) == "falls below the line"


@pytest.mark.parametrize("name", ["income_over_line", "village_id", "low-income", "county_resources"])
def test_names_of_columns_and_words_with_a_hyphen_stay(name):
    assert in_survey_words(f"{name} {name}", "consumption") == f"{name} {name}"


def test_a_text_said_once_is_said(tmp_path):
    """Pages say sentences again that a stage has said already."""
    for text in sentences():
        once = CONSUMPTION.worded(text)
        assert CONSUMPTION.worded(once) == once


def test_a_page_is_said_in_the_words_of_its_label(tmp_path):
    rows = [household_view(listed_row(), reference_names(), "both")]
    for told in (REGISTER, CONSUMPTION):
        write_cards(
            tmp_path / "T1.html", rows, "2011Q4", "mark", told, line_used(LINE), "both", simulated=False
        )
        page = (tmp_path / "T1.html").read_text(encoding="utf-8")
        assert ("监测线" in page) == (told is REGISTER)
