"""What is written for pages to quote is what they read."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl

from pipelines.workspace.parameters import load_params
from studies.fidelity.naming import NONE, Named, Truth, figures, measured, steps
from studies.fidelity.naming_figures import write_figures
from studies.fidelity.naming_forecast import FORECAST
from studies.fidelity.naming_page import Judged
from tests.studies.fidelity.cohorts import ILLNESS, judged_cohort
from watchlists.report.naming_truth import naming_truth

DAY = date(2026, 11, 30)


def test_pages_read_what_the_measurement_wrote(tmp_path):
    cohort = judged_cohort()
    truth = Truth(cohort.rows, cohort.first)
    sick = Named(np.where(cohort.first[:, ILLNESS], ILLNESS, NONE), cohort.first.astype(float))
    step = pl.Series([("firm", "likely", "uncertain")[at // 3 % 3] for at in range(len(cohort.rows))])
    stepped = steps(sick, step, cohort.explained["risk"].to_numpy(), truth, load_params().model.forecast)
    judged = Judged(truth, {FORECAST: sick}, stepped)
    table = measured({FORECAST: figures(sick, truth)}, truth)
    write_figures(judged, table, DAY, tmp_path / "naming_truth.yaml")
    read = naming_truth(tmp_path / "naming_truth.yaml")
    assert (read.effective_from, read.seasons, read.falls) == (
        DAY,
        ("2024Q1",),
        int(cohort.first.any(axis=1).sum()),
    )
    assert read.right.value == 1
    assert read.silence.value == 1
    assert read.without_cause == 0


def test_without_a_forecast_there_are_no_steps_to_quote(tmp_path):
    cohort = judged_cohort()
    judged = Judged(Truth(cohort.rows, cohort.first), {}, None)
    write_figures(judged, pd.DataFrame(), DAY, tmp_path / "naming_truth.yaml")
    assert not (tmp_path / "naming_truth.yaml").exists()
