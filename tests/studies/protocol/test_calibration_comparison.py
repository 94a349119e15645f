from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from models.resampling import Bootstrap
from studies.protocol.calibration_comparison import compared, past_readings, readings, verdict

DAYS = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)]
FEW = Bootstrap(200, 1)


def late(bend=lambda margin: margin, n=6000, days=DAYS):
    """Rows of one origin: raw margins of three past seasons and what happened."""
    generator = np.random.default_rng(0)
    raw = generator.normal(-1, 1.5, n)
    return pl.DataFrame(
        {
            "origin": ["2024Q1"] * n,
            "as_of_date": [days[i % len(days)] for i in range(n)],
            "cluster": [f"V{i % 60}" for i in range(n)],
            "label": (generator.random(n) < expit(bend(raw))).astype(np.int64),
            "raw": raw,
        }
    )


def bent(margin):
    return np.where(margin > -1, 0.1 * margin - 1, 2 * margin)


def test_a_season_is_read_with_maps_of_the_seasons_before_it_alone():
    rows = late()
    read = past_readings(rows, 20)
    assert read["as_of_date"].unique().sort().to_list() == DAYS[1:]
    second = rows.filter(pl.col("as_of_date") == DAYS[1])
    assert read.filter(pl.col("as_of_date") == DAYS[1]).equals(
        readings(rows.filter(pl.col("as_of_date") == DAYS[0]), second)
    )


def test_what_happens_in_a_season_changes_nothing_of_how_it_or_those_before_are_read():
    rows = late()
    turned = rows.with_columns(
        pl.when(pl.col("as_of_date") == DAYS[2]).then(1 - pl.col("label")).otherwise("label").alias("label")
    )
    assert past_readings(rows, 20).drop("label").equals(past_readings(turned, 20).drop("label"))


def test_too_few_falls_leave_nothing_to_compare():
    assert past_readings(late(n=90), 50).is_empty()
    assert compared(past_readings(late(n=90), 50), FEW).is_empty()


def test_one_map_is_regretted_nowhere_and_the_line_differs_from_itself_by_nothing():
    table = compared(past_readings(late(), 20), FEW)
    regrets = (
        table.filter(pl.col("metric") == "regret").group_by("origin", "season").agg(pl.col("value").min())
    )
    assert set(regrets["value"]) == {0.0}
    own = table.filter(pl.col("map") == "line", pl.col("metric") == "log_loss_difference")
    assert own.select("value", "low", "high").unique().row(0) == (0, 0, 0)


def test_a_straight_world_keeps_the_line():
    assert verdict(compared(past_readings(late(lambda margin: 0.8 * margin), 20), FEW)).name == "line"


def test_a_bend_that_is_there_every_season_speaks_for_another_map():
    table = compared(past_readings(late(bent, 12_000), 20), FEW)
    found = verdict(table)
    assert found.name in ("beta", "isotonic", "venn_abers")
    assert "identity" not in found.better
    assert verdict(table, "2024Q1") == found


def said(pooled, seasons):
    """Beta against the line: the interval of all seasons pooled, and each season's difference."""
    row = {"origin": "pooled", "map": "beta", "metric": "log_loss_difference"}
    every = [
        {**row, "origin": "2024Q1", "season": str(day), "value": value, "low": None, "high": None}
        for day, value in enumerate(seasons)
    ]
    return pl.DataFrame(
        [{**row, "season": "pooled", "value": -0.01, "low": pooled[0], "high": pooled[1]}, *every]
    )


@pytest.mark.parametrize(
    ("pooled", "seasons", "name"),
    [
        ((-0.02, -0.001), [-0.01, -0.011, -0.009], "beta"),
        ((-0.02, 0.001), [-0.01, -0.011, -0.009], "line"),
        ((-0.02, -0.001), [-0.03, 0.01, -0.01], "line"),
        ((-0.02, -0.001), [-0.01], "line"),
    ],
)
def test_clearly_better_means_below_zero_for_households_and_from_season_to_season(pooled, seasons, name):
    assert verdict(said(pooled, seasons)).name == name
