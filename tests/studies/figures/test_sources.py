"""An address names one figure of a run, or is refused."""

import pytest

from register.errors import ContractError
from studies.figures.sources import figure_of
from tests.studies.figures.finished import finished

BOARD = "simulator/board"


@pytest.fixture
def run(tmp_path):
    return finished(tmp_path)


@pytest.mark.parametrize(
    ("address", "figure"),
    [
        (f"{BOARD}/pooled/all/risk_model/auc", {"value": 0.8, "low": 0.75, "high": 0.85}),
        (f"{BOARD}/2024Q1/all/risk_model/auc", {"value": 0.7, "low": 0.75, "high": 0.85}),
        (f"{BOARD}/pooled/return/risk_model/auc", {"value": 0.6, "low": 0.75, "high": 0.85}),
        (f"{BOARD}/pooled/all/risk_model/auc-logistic", {"value": 0.05, "low": 0.01, "high": 0.09}),
        (f"{BOARD}/pooled/all/risk_model/precision@capacity", {"value": 0.3, "low": 0.75, "high": 0.85}),
        (f"{BOARD}/pooled/all/rules/auc", {"value": 0.1}),
        (f"{BOARD}/pooled/all/n", {"value": 111}),
        ("simulator/help/begun/n", {"value": 571}),
        ("simulator/help/begun/bias", {"value": -0.1, "low": -0.2, "high": 0.0}),
        ("simulator/without/auc/value_without", {"value": 0.81}),
        ("simulator/list/2024Q1/precision", {"value": 0.25, "low": 0.2, "high": 0.3}),
        ("simulator/run", {"text": "2026-11-30, commit 01234567"}),
        ("simulator/seasons", {"text": "2024Q1 to 2024Q1"}),
    ],
)
def test_a_figure_is_found_by_its_address(run, address, figure):
    assert figure_of(run, address) == figure


def test_what_lists_promised_stands_beside_what_came_true(run):
    lines = figure_of(run, "simulator/promised")["text"].strip().splitlines()
    assert lines[2:] == ["| 2024Q1 | 20.0 % | 25.0 % [20.0, 30.0] (20 of 80) |"]


@pytest.mark.parametrize(
    "address",
    [
        f"{BOARD}/2030Q1/all/risk_model/auc",
        f"{BOARD}/pooled/all/risk_model/auc@capacity",
        f"{BOARD}/2030Q1/all/n",
        "simulator/help/begun/nothing",
        "simulator/without/auc/value_weighted",
    ],
)
def test_one_that_the_run_does_not_have_is_refused(run, address):
    with pytest.raises(ContractError) as refusal:
        figure_of(run, address)
    assert str(refusal.value) == (
        f"{address}: the run has no such figure; mend the name, or judge that season too"
    )


def test_a_source_that_there_is_not_is_refused(run):
    with pytest.raises(ContractError, match="found source 'tables', allowed are run, seasons, board, help, "):
        figure_of(run, "simulator/tables/pooled")
