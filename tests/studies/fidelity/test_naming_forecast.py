"""A forecast orders the names, and habit writes what it writes."""

import numpy as np
import polars as pl
import pytest

from features.declaration import CAUSES
from models.causes.gate import STEPS
from models.labels.recorded_causes import LOOKBACK, MONITORING
from pipelines.workspace.parameters import load_params
from studies.fidelity.naming import NONE
from studies.fidelity.naming_forecast import HABIT, by_habit, forecasted
from studies.fidelity.naming_ways import PRODUCT, ways_of
from tests.studies.fidelity.cohorts import AlwaysWork, judged_cohort


@pytest.fixture(scope="module")
def cohort():
    return judged_cohort()


def test_a_forecast_orders_names_and_names_nobody_more(cohort):
    params = load_params()
    by_forecast = forecasted(cohort, AlwaysWork(), params)
    by_fresh = ways_of(cohort, np.ones(len(CAUSES)), params.watchlist.least_multiplier)[PRODUCT]
    assert ((by_forecast.named.cause != NONE) == (by_fresh.cause != NONE)).all()
    assert (by_forecast.alone.cause == CAUSES.index("employment")).all()


def test_a_step_is_read_off_the_share_of_the_named_cause(cohort):
    by_forecast = forecasted(cohort, AlwaysWork(), load_params())
    named = by_forecast.named.cause != NONE
    assert (by_forecast.step.is_not_null().to_numpy() == named).all()
    assert set(by_forecast.step.drop_nulls()) <= set(STEPS)
    assert set(by_forecast.share[named].round(3)) <= {0.7, 0.033}


def test_the_board_of_a_forecast_shares_out_the_risk(cohort):
    board = forecasted(cohort, AlwaysWork(), load_params()).alone.board
    np.testing.assert_allclose(board.sum(axis=1), cohort.explained["risk"])


def test_habit_replaces_so_many_households_and_writes_its_own_shares():
    records = pl.DataFrame({"household_id": [f"h{at}" for at in range(4000)]}).with_columns(
        cause=pl.lit("water"), source=pl.lit(MONITORING)
    )
    written = by_habit(records, 0.3)["cause"]
    assert (written != "water").mean() == pytest.approx(0.3, abs=0.03)
    assert (written == "illness").sum() / (written != "water").sum() == pytest.approx(
        HABIT["illness"], abs=0.05
    )
    assert by_habit(records, 0.0)["cause"].to_list() == ["water"] * 4000


def test_habit_writes_nothing_over_what_a_visit_saw():
    records = pl.DataFrame({"household_id": ["lin"] * 50, "cause": ["water"] * 50, "source": [LOOKBACK] * 50})
    assert by_habit(records, 1.0)["cause"].to_list() == ["water"] * 50
