"""The small benchmark agrees with shap and with the margin, and says what is not installed."""

import pytest

from benchmarks.attribution import Sizes, measured
from benchmarks.invented import Shape

SMALL = Shape("small", 12, 4, {"members": 2, "rounds": 20})


@pytest.fixture(scope="module")
def column():
    """Give the figures of one small shape by name."""
    (table,), _ = measured(Sizes(trained=1_500, county=300, few=40), [SMALL])
    return {row[""]: row["small"] for row in table.rows}


def test_single_features_are_those_of_shap_and_parts_add_up(column):
    assert float(column["single features: largest difference from shap"]) < 1e-10
    assert float(column["base + parts - margin: largest"]) < 1e-10


def test_the_shape_is_the_one_asked_for(column):
    assert column["features in groups"] == "12 in 4"
    assert "a county of 300, all in: TreeExplainer / by cause" in column


def test_ratios_stand_beside_what_they_are_of(column):
    of = {
        "shap.TreeExplainer": "TreeExplainer / by cause",
        "LightGBM pred_contrib": "pred_contrib / by cause",
    }
    for slower, ratio in of.items():
        assert column[f"{slower}, ms a row"] > 0
        assert column[ratio].endswith(" x")


def test_explainers_that_are_not_locked_say_that_they_are_not_installed(column):
    assert column["woodelf-explainer, ms a row"] == "not installed"
    assert column["grouptreeshap, ms a row"] == "not installed"
