"""The small job trains and judges what was asked, on labels that a register of that length knows."""

import pytest

from benchmarks.triage_job import Job, measured
from benchmarks.triage_splits import Grid
from pipelines.workspace.parameters import load_params
from tests.parameters import ROOT

SMALL = Job(900, 450, dates=7, splits=2, features=5, grid=Grid((7,), (50.0,), 10))


def test_the_register_is_long_enough_for_the_labels_of_the_last_date():
    """25 quarters from 2021Q4 end in 2027Q4; its labels are known fifteen months later."""
    job, params = Job(), load_params(ROOT)
    assert (len(job.days), job.days[-1].isoformat()) == (25, "2027-12-31")
    assert job.months(params) == 99
    assert len(job.chosen) == 35


@pytest.fixture(scope="module")
def table():
    """Run the small job."""
    (table,), _ = measured(SMALL)
    return table


def test_the_job_trains_the_grid_at_every_split(table):
    triage, sampled, every = table.rows
    assert triage["models"] == 72
    assert sampled["models"] == every["models"] == 2 * 2
    assert sampled["rows trained on, most"] <= every["rows trained on, most"]
    assert table.caption.startswith("900 households, 7 dates, 2 splits, 5 features, ")


def test_triages_own_figures_are_those_that_are_cited(table):
    """116 s of preparation shared by 72 models, and 17 s each."""
    assert table.rows[0]["s a model, preparation shared out"] == 18.61
