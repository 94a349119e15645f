"""What is taken from a release to judge it by."""

from models.labels.label_rules import LabelRules
from tests.watchlists.handed_out import released
from watchlists.release.past_lists import cohort_of, label_rules_of, listed_of


def test_a_release_gives_its_cohort_and_who_of_it_was_listed(tmp_path):
    release = released(tmp_path, "H1", "H2")
    assert cohort_of(release, "village_id").select("season", "household_id", "is_listed").rows() == [
        ("2025Q4", "H1", True),
        ("2025Q4", "H2", True),
    ]
    by_household = listed_of(release, "household_id")
    assert by_household["cluster"].to_list() == by_household["household_id"].to_list()
    assert by_household["rank"].to_list() == [1, 2]


def test_a_list_is_judged_by_the_outcome_it_was_made_for(tmp_path):
    """A list over six months is not judged by what befell its households in the seventh."""
    release = released(tmp_path)
    assert label_rules_of(release) == LabelRules(
        months=12, reading="window", resources_months=12, settle_months=3
    )
    release.manifest["parameters"]["label"]["months"] = 6
    assert label_rules_of(release) == LabelRules(
        months=6, reading="window", resources_months=12, settle_months=3
    )
