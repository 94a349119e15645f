"""The records behind a household that was not listed, where the release's own data lie beside it."""

import polars as pl
import pytest

from pipelines.commands.records_on_demand import gathered
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_json
from register.seasons import season_end
from tests.pipelines.small_county import county, made_from, trained_model
from tests.watchlists.explaining import CHANGED, kept, released, scored


@pytest.fixture
def household(office):
    """Give a household of the county that was not listed."""
    built = county(office)
    return built.filter(pl.col("as_of_date") == season_end("2022Q4"))["household_id"].sort()[0]


def release(office, household, **facts):
    place = {"county_id": "c1", "as_of_date": season_end("2022Q4")}
    listed, quiet = scored("H1", **place, **CHANGED), scored(household, **place, **CHANGED)
    return released(office, [listed], [kept()], [quiet], facts={**made_from(), **facts}, season="2022Q4")


def test_an_unlisted_households_records_rules_and_help_are_gathered(office, household):
    row = gathered(
        release(office, household, model_sha256=trained_model(HERE.final)), household, load_params()
    )
    assert {one["group"] for one in row["evidence"]} <= {"illness", "employment", "income"}
    assert all(one["recorded"] is None or one["recorded"] <= season_end("2022Q4") for one in row["evidence"])
    assert row["line_a_year"] == 12 * 550
    assert isinstance(row["rules"], list)
    assert isinstance(row["measures_in_force"], list)
    assert row["previous_season"] is None
    assert "risk" not in row


def test_help_is_tried_only_with_the_model_of_the_release(office, household):
    trained_model(HERE.final)
    assert (
        gathered(release(office, household, model_sha256="0" * 64), household, load_params())["trials"] == []
    )


def test_whoever_is_listed_or_was_not_in_the_cohort_has_nothing_to_gather(office, household):
    made = release(office, household)
    assert gathered(made, "H1", load_params()) is None
    assert gathered(made, "H9", load_params()) is None


@pytest.mark.parametrize("other", [{"register_sha256": "0" * 64}, {"code_sha256": {"features": "0" * 64}}])
def test_another_register_or_other_features_say_nothing_of_this_release(office, household, other):
    assert gathered(release(office, household, **other), household, load_params()) is None


def test_where_the_data_are_gone_nothing_is_gathered(office, household):
    made = release(office, household)
    (HERE.features / "code.json").unlink()
    assert gathered(made, household, load_params()) is None


def test_the_explanation_says_where_the_records_come_from(office, huitou, household, capsys):
    release(office, household)
    assert huitou("explain", household, "--season", "2022Q4") == 0
    assert "these were gathered now from the same register" in capsys.readouterr().out
    write_json(HERE.features / "code.json", {})
    assert huitou("explain", household, "--season", "2022Q4") == 0
    assert "its register is not here: factors alone are known" in capsys.readouterr().out
