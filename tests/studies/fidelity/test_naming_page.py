"""The page holds the product against what is asked of it."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

from pipelines.workspace.parameters import load_params
from studies.fidelity.naming import AT_WORK, FALLS, HITS, LATER, NONE, Named, Truth, steps
from studies.fidelity.naming_forecast import FORECAST, FORECAST_ALONE
from studies.fidelity.naming_page import (
    NAMES_BOARD,
    OFF_SHARE,
    OFF_STEP,
    SHARES_BOARD,
    Judged,
    targets,
    write_page,
)
from studies.fidelity.naming_ways import ALERT, OWEN, PRODUCT, RECORD, TODAY
from tests.studies.fidelity.cohorts import judged_cohort

DAY = date(2026, 11, 30)
WAYS = (TODAY, ALERT, RECORD, OWEN, PRODUCT, FORECAST, FORECAST_ALONE)


@pytest.fixture(scope="module")
def judged():
    cohort = judged_cohort()
    truth, first = Truth(cohort.rows, cohort.first), cohort.first
    named = Named(np.where(first.any(axis=1), first.argmax(axis=1), NONE), first.astype(float))
    step, share = pl.Series(["firm"] * len(cohort.rows)), cohort.explained["risk"].to_numpy() * 0 + 0.95
    return Judged(
        truth, dict.fromkeys(WAYS, named), steps(named, step, share, truth, load_params().model.forecast)
    )


def test_the_page_counts_the_falls_and_tells_what_is_met(judged, tmp_path):
    write_page(tmp_path / "naming.md", judged, 3.0, DAY)
    text = (tmp_path / "naming.md").read_text(encoding="utf-8")
    assert f"Within 12 months {judged.truth.n_fell:,} households fell" in text
    assert "| right, all falls | >= 0.58 | 1.000: met |" in text
    assert f"| named, {LATER} | <= 0.25 | 1.000: **missed** |" in text
    assert f"| {TODAY} | 0.000 [0.000, 0.000]" in text
    assert "| firm | " in text


def test_steps_are_as_far_off_as_the_farthest(judged):
    values = {f"right, {FALLS}": 0.5, f"right, {HITS}": 0.9, f"named, {LATER}": 0.1}
    of_product = pd.DataFrame({"value": values | {"named, the list": 0.7, "silence true": 0.9}})
    places = pd.MultiIndex.from_product([[FORECAST, FORECAST_ALONE], [FALLS, AT_WORK]])
    boards = pd.DataFrame({"value": [0.4, 0.1, 0.3, 0.5]}, places)
    reached = targets(judged, of_product, boards)["reached"]
    assert reached[f"right, {FALLS}"] == "0.500: **missed**"
    assert reached[SHARES_BOARD] == "0.300: **missed**"
    assert reached[NAMES_BOARD] == "0.100: met"
    assert reached[OFF_SHARE] == "0.050: met"
    assert reached[OFF_STEP] == "0.000: met"
