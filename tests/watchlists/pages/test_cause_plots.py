"""SHAP's pictures of the parts by cause."""

import numpy as np
import polars as pl

from features.declaration import GROUPS
from tests.watchlists.explaining import scored
from tests.watchlists.lists import FALLS
from watchlists.pages.cause_plots import beeswarm, dependence, parts_by_cause, waterfall
from watchlists.pages.explanations_page import write_explanations

SCORES = pl.DataFrame(
    [
        {
            k: v
            for k, v in scored(f"H{n}", phi_illness=n / 10, risk=0.1 + n / 50).items()
            if not isinstance(v, list)
        }
        for n in range(12)
    ],
    infer_schema_length=None,
).with_columns(resources_over_line=pl.Series(np.linspace(1, 3, 12)))


def test_the_parts_shown_are_those_of_the_release_and_not_sums_of_features():
    shown = parts_by_cause(SCORES)
    assert shown.values.shape == (12, len(GROUPS))
    assert shown[:, "illness"].values.tolist() == SCORES["phi_illness"].to_list()
    assert shown.base_values.tolist() == SCORES["base_margin"].to_list()


def test_the_pictures_name_the_causes_and_have_the_same_bytes_again():
    swarm = beeswarm(SCORES)
    assert swarm == beeswarm(SCORES)
    assert all(f">{group}<" in swarm for group in GROUPS)
    assert waterfall(SCORES.head(1)) == waterfall(SCORES.head(1))
    assert "income / line" in dependence(SCORES, "income", "resources_over_line", "income / line")


def test_drawing_leaves_the_dice_of_others_alone():
    np.random.seed(5)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    beeswarm(SCORES)
    assert np.random.random() == expected  # noqa: NPY002


def test_the_page_says_how_many_households_are_weakly_supported_and_by_what_it_was_compared(tmp_path):
    support = pl.Series("main_cause_support", [1.0] * 9 + [0.5] * 3)
    stability = [
        {"compared_with": "2024Q1", "households": 12, "spearman": 0.9, "same_main_cause": 0.75},
        {"compared_with": "2024Q2", "households": 12, "spearman": None, "same_main_cause": None},
    ]
    write_explanations(
        tmp_path / "page.html",
        SCORES.with_columns(support),
        SCORES,
        stability,
        "2025Q4",
        FALLS,
        simulated=True,
    )
    told = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Of 12 households 12 have a main cause; for 75% of them" in told
    assert "<td>2024Q1</td><td>12</td><td>0.900</td><td>75%</td>" in told
    assert "模拟数据" in told
    assert "<script" not in told
    assert told.count("<svg") == 3
