import polars as pl
import pytest

from register.atomic import write_text
from register.errors import StoreError
from tests.watchlists.judged import HEAD, SUMMARY, judgement_in
from watchlists import NOTICE_ZH
from watchlists.change import LEFT_SCHEMA
from watchlists.judgement import read_judgement
from watchlists.report import write_report

GONE = pl.DataFrame(schema=LEFT_SCHEMA)
COUNTED = {"county_id": "C1", "multiple": 1.0, "visits": 8, "expected": 2.0, "found": 3}
JUDGED = {"season": "pooled", "visits": 8, "found": 3, "precision_low": 0.2, "precision_high": 0.4}
JUDGED |= {
    "recall": None,
    "recall_low": None,
    "recall_high": None,
    "more_found_low": -1.0,
    "more_found_high": 7.0,
}
VISITS = {
    "found": pl.DataFrame(
        [{**COUNTED, "season": season, "policy": "list"} for season in ("2024Q1", "2025Q4")]
    ),
    "policies": pl.DataFrame(
        [{**JUDGED, "policy": policy, "precision": 0.3, "more_found": 2.0} for policy in ("list", "alerts")]
    ),
}


def report(tmp_path, *, simulated=True, gone=GONE):
    judgement = read_judgement(judgement_in(tmp_path / "evaluation"))
    write_report(tmp_path / "report.html", judgement, SUMMARY, gone, VISITS, simulated=simulated)
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_figures_stand_with_interval_and_denominator(tmp_path):
    page = report(tmp_path)
    assert "0.764" in page
    assert "[0.600, 0.900]" in page
    assert "983 household-seasons, 450 fell below the line" in page


def test_a_difference_is_shown_with_its_interval(tmp_path):
    assert "0.010 [−0.002, 0.020]" in report(tmp_path)


def test_the_page_says_what_a_score_is_for_and_warns_of_simulated_data(tmp_path):
    page = report(tmp_path)
    assert NOTICE_ZH in page
    assert "Simulated data" in page
    assert "Simulated data" not in report(tmp_path, simulated=False)


def test_must_visit_households_without_a_place_are_called_out(tmp_path):
    assert "3 must-visit households exceed the capacity" in report(tmp_path)


def test_other_ways_to_spend_the_visits_stand_beside_the_list(tmp_path):
    page = report(tmp_path)
    assert "30.0 [20.0, 40.0]" in page
    assert "部门预警户，收入低的在先" in page
    assert page.count("2 [−1, 7]") == 1


def test_households_that_left_unimproved_are_called_out(tmp_path):
    row = dict.fromkeys(LEFT_SCHEMA) | {
        "household_id": "H1",
        "why_left": "places_taken",
        "is_unimproved": True,
    }
    page = report(tmp_path, gone=pl.DataFrame([row], schema=LEFT_SCHEMA))
    assert "no less at risk, others come first</span> 1 （1）" in page
    assert "2 households left the list although their facts did not improve" in page


def test_the_same_evaluation_gives_the_same_bytes(tmp_path):
    assert report(tmp_path) == report(tmp_path)


def test_a_leaderboard_that_lacks_a_column_is_refused(tmp_path):
    folder = judgement_in(tmp_path)
    write_text(folder / "tables" / "leaderboard.csv", HEAD.replace("n_positive", "positives"))
    with pytest.raises(StoreError) as refused:
        read_judgement(folder)
    assert str(refused.value) == (
        f"{folder}: leaderboard.csv is missing or lacks ['n_positive']; run evaluate again (huitou run)"
    )
