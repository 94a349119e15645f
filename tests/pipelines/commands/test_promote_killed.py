"""A promotion may be killed at any moment: the champion is the one before or the one after, and whole."""

import os
import random
import sys
import time

import pytest

from models.registry.champion import standing, task_of
from pipelines.commands.promote import demote, promote
from pipelines.stages.recording import record_run
from pipelines.workspace.champion import championship_of, delivering_model, delivery_of, store_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from tests.pipelines.trained import trained

KILLS = 12
#: Seconds; a round of promoting, stepping down and recording takes about as long.
LONGEST = 0.5


@pytest.fixture(autouse=True)
def no_mlflow(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)


def busy(office, name, began):
    """Promote, step down and record, again and again, until killed."""
    os.chdir(office)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - goes with the process
    sys.modules["mlflow"] = None
    params = load_params().model_copy(update={"season": "2026Q2"})
    while True:
        promote(name, "Li", "newer", [])
        demote(name, "Wu", "not yet")
        began.set()  # on a slow machine too, something was decided before the kill
        record_run(HERE, params)


def killed(processes, office, name, after):
    """Let a real process be busy for some seconds, then kill it."""
    began = processes.Event()
    process = processes.Process(target=busy, args=(office, name, began))
    process.start()
    assert began.wait(60)
    time.sleep(after)
    assert process.is_alive()
    process.kill()
    process.join()


def test_killed_at_random_moments_the_champion_and_the_store_stay_usable(office, processes):
    first, second = trained(), trained(season="2026Q1", skill=3.0)
    promote(first.name, "Li", "first", [])
    params, moments = load_params().model_copy(update={"season": "2026Q2"}), random.Random(20260131)
    for _ in range(KILLS):
        killed(processes, office, second.name, moments.uniform(0, LONGEST))
        assert delivery_of(HERE, params).champion["run"] in (first.name, second.name)
        assert delivering_model(HERE, params).feature_names
        assert {type(found).__name__ for _, found in store_of(HERE, params).stored()} == {"Run"}
        championship = championship_of(HERE, params)
        championship.follow()
        stands = standing(championship.decisions(), task_of(params.source.kind, params.cohort, params.label))
        assert delivery_of(HERE, params).champion["run"] == stands[-1]["run"]
        if stands[-1]["run"] == second.name:
            demote(second.name, "Wu", "begin again")
    assert championship.decisions()[-1]["run"] == second.name
