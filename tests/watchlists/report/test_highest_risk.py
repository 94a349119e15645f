import pytest

from tests.watchlists.lists import explained, scores
from watchlists.report.highest_risk import highest_risk


def test_the_highest_risk_is_drawn_by_what_moves_it_worth_drawing():
    ill = explained("H2", risk=0.9, illness=1.2, income=0.6, water=0.01)
    row = highest_risk(scores(explained("H1", risk=0.2), ill))
    assert (row["household_id"], row["risk"]) == ("H2", 0.9)
    assert row["base"] == pytest.approx(0.119, abs=0.001)
    assert ">因病 illness<" in row["drawn"]
    assert "unsafe water" not in row["drawn"]
    assert row["drawn"].index("illness") < row["drawn"].index("level of income")


def test_a_cohort_that_nothing_moves_is_drawn_empty():
    assert "<svg" in highest_risk(scores(explained("H1")))["drawn"]
