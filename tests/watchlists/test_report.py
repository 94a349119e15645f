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


def report(tmp_path, *, simulated=True):
    judgement = read_judgement(judgement_in(tmp_path / "evaluation"))
    write_report(tmp_path / "report.html", judgement, SUMMARY, GONE, simulated=simulated)
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
