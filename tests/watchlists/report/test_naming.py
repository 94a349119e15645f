import polars as pl
import pytest

from models.labels.label_rules import ENTERS
from tests.watchlists.looked_back import cohort, hindsight, visits
from watchlists.label_wording import wording_of
from watchlists.report.naming import NO_RULES, Naming, about_causes, naming_of
from watchlists.report.naming_truth import naming_truth

OF_FALLS = wording_of({})


def rows(named, of):
    return pl.DataFrame({"main_cause": ["illness"] * named + [None] * (of - named)})


def test_the_share_with_a_named_cause_is_told_of_list_and_cohort_and_the_truth_beside_it():
    naming = naming_of(rows(9296, 38_299), rows(492, 768), hindsight(), OF_FALLS)
    zh, en = zip(*naming.sentences, strict=True)
    assert zh[0] == "名单 768 户中 64% 写明了原因，36% 近一年无新原因；全体中写明 24%。"
    assert en[0] == (
        "Of 768 listed households 64% have a named cause and 36% no fresh cause; of the whole "
        "cohort 24% have one."
    )
    assert list(zip(zh[1:-1], en[1:-1], strict=True)) == list(naming_truth().sentences)
    assert naming.in_short == [naming.sentences[one] for one in (0, 1, -1)]
    assert en[-1] == "Visits have found too few causes yet to say how often they agree here."


def test_what_visits_found_is_told_with_its_interval():
    """Every second listed household is attributed to illness; visits found illness with the first forty."""
    found = [("confirmed", "illness")] * 40
    naming = naming_of(
        rows(1, 1), rows(1, 1), hindsight(cohort("2024Q1"), visited=[visits("2024Q1", *found)]), OF_FALLS
    )
    assert naming.agreement["value"] == 0.5
    assert naming.sentences[-1][1].startswith("Of 40 households whose causes visits found, 50.0% [")


def test_under_a_published_order_nothing_is_attributed():
    assert about_causes(None) == [NO_RULES]
    limits = about_causes(Naming(768, 492, 38_299, 9296, naming_truth()))[-3:]
    assert any("hidden poor" in en for _, en in limits)


@pytest.mark.parametrize("named", [0, 7])
def test_a_share_of_few_is_not_told(named):
    assert "– 写明了原因" in naming_of(rows(0, 9), rows(named, 20), hindsight(), OF_FALLS).sentences[0][0]


def test_the_truth_of_falls_says_nothing_of_another_outcome():
    assert naming_of(rows(9, 9), rows(9, 9), hindsight(), wording_of({"outcome": ENTERS})).truth is None


def test_the_truth_of_a_simulated_register_says_nothing_of_a_survey():
    asked = wording_of({"reading": "next_observation"})
    assert naming_of(rows(0, 9), rows(0, 9), hindsight(), asked).truth is None
