"""The protocol's page says in both languages what was found, and hides figures of few."""

import re

import polars as pl
import pytest

from models.evaluation.leaderboard import leaderboard
from models.resampling import Bootstrap
from studies.protocol.calibration_comparison import compared, past_readings
from studies.protocol.page import protocol_page
from studies.protocol.split_boundaries import split_boundaries
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING
from tests.models.judged_rows import judged
from tests.parameters import parameters
from tests.studies.protocol.test_calibration_comparison import bent, late
from tests.studies.protocol.test_splits import cohort, dealt

PARAMS = parameters()
FEW = Bootstrap(30, 1)
REGRETS = pl.DataFrame(
    [
        {
            "origin": "2024Q1",
            "as_of_date": "2023-03-31",
            "kind": kind,
            "n": 90,
            "n_positive": 30,
            "regret": by,
        }
        for kind, by in (("trees", 0.0), ("blend", 0.001), ("logistic", 0.002))
    ]
)


def tables(bend=lambda margin: 0.8 * margin - 0.3, rows=None):
    rows = judged() if rows is None else rows
    splits = rows.drop("income_over_line", "logistic", "base_rate", "alerts")
    splits = splits.with_columns(pl.col("risk_model").alias(one) for one in (HOUSEHOLDS, REGIONS, RANDOM))
    maps = compared(past_readings(late(bend, 4000), 20), FEW)
    found = [one for split in (ROLLING, HOUSEHOLDS, REGIONS) for one in dealt(split)]
    return {
        "boundaries": split_boundaries(found, cohort(), "county_id"),
        "splits": leaderboard(splits, FEW),
        "leaderboard": leaderboard(rows, FEW),
        "calibration_past": maps,
        "calibration_tests": maps,
        "regrets": REGRETS,
    }


@pytest.fixture(scope="module")
def page():
    return protocol_page(tables(), PARAMS)


def test_every_split_map_and_kind_is_told_in_both_languages(page):
    for words in ("评判户从未参加训练 households never trained on", "贝塔校准 beta", "保序回归 isotonic"):
        assert f"| {words} |" in page
    assert (
        "没有哪种校准明显好于直线，仍用直线。 No map is clearly better than the line; the line stays." in page
    )
    assert "| 2024Q1 | 2023-03-31 | 0.00000 | 0.00100 | 0.00200 |" in page


def test_every_table_has_as_many_cells_in_every_row(page):
    for block in re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_a_map_that_is_clearly_better_is_named():
    assert re.search(
        r"\*\*\S+明显好于直线.*is clearly better than the line", protocol_page(tables(bent), PARAMS)
    )


def test_without_calibration_the_page_says_so():
    few = {name: one for name, one in tables().items() if name in ("boundaries", "splits", "leaderboard")}
    assert "Too few fell in past seasons to calibrate" in protocol_page(few, PARAMS)


def test_figures_of_seven_or_fewer_who_fell_are_not_shown():
    rows = judged().with_columns(
        pl.when((pl.col("origin") == "2024Q2") & (pl.int_range(pl.len()) % 40 != 0))
        .then(pl.lit(value=False))
        .otherwise("label")
        .alias("label")
    )
    shown = protocol_page(tables(rows=rows), PARAMS)
    assert "| AUC | 2024Q1 | 合计 pooled |" in shown
    assert "2024Q2" not in shown.split("## 3")[0].replace("2024Q4", "")
