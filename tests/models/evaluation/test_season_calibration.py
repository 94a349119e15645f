import pytest

from models.evaluation.leaderboard import leaderboard
from models.evaluation.season_calibration import SEASON_CALIBRATION, rises, season_calibration
from models.resampling import Bootstrap
from tests.models.judged_rows import judged

#: The line rose by 15 % at its last change known; then by 4.3 %, in one county by 6 %.
FACTS = {
    "2024Q2": {"line_changes": [], "line_changes_came": [1.06]},
    "2024Q1": {"line_changes": [1.15], "line_changes_came": [1.043478, 1.06]},
}


def test_every_season_stands_with_both_rises_and_both_biases():
    found = season_calibration(leaderboard(judged(), Bootstrap(5, 1)), FACTS)
    assert dict(found.schema) == SEASON_CALIBRATION
    assert found["season"].to_list() == ["2024Q1", "2024Q2"]
    assert found["line_changes"].to_list() == ["+15.0%", None]
    assert found["line_changes_came"].to_list() == ["+4.3%, +6.0%", "+6.0%"]
    for row in found.iter_rows(named=True):
        rows = judged().filter(origin=row["season"])
        for name, score in (("relative_bias", "risk_model"), ("relative_bias_came", "risk_came")):
            assert row[name] == pytest.approx(rows[score].mean() / rows["label"].mean() - 1, abs=1e-6)


def test_a_season_whose_rises_nobody_noted_is_no_table():
    with pytest.raises(KeyError):
        season_calibration(leaderboard(judged(), Bootstrap(5, 1)), {"2024Q1": {"line_changes": []}})


def test_a_line_that_fell_is_written_with_its_sign():
    assert rises([0.98]) == "-2.0%"
