"""A training is watched: what can be chance is a warning, what can only be a leak stops it."""

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.season_training import TrainedSeason
from pipelines.stages.canaries import watch_canaries
from pipelines.workspace.workspace import Workspace
from register.errors import LeakageError
from register.store import Register, seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.models.numbers import invented
from tests.parameters import parameters


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def watched(workspace):
    """Watch a sound training on a small random register; give what was found."""
    tables, root = random_tables(3), workspace.register
    write_register_shard(root, "c", tables)
    write_lines(root, LINES)
    seal(root, {})
    frame, label = invented(600)
    known_on = np.full(600, np.datetime64("2022-12-31"))
    training = TrainingSet(frame, label, np.ones(600), known_on)
    model = RiskModel(members=1, rounds=5, min_data_in_leaf=20).fit(frame, label)
    keys = {"household_id": frame.index.get_level_values(0), "as_of_date": frame.index.get_level_values(1)}
    known = pl.DataFrame({name: list(values) for name, values in keys.items()})
    known = known.with_columns(pl.col("as_of_date").cast(pl.Date), label=pl.Series(label == 1))
    params = parameters({"season": "2022Q4"})

    def watch(repeated=0, **settings):
        rows = [*range(600), *range(repeated)]
        again = replace(training, frame=frame.iloc[rows], label=label[rows], weight=np.ones(len(rows)))
        again = replace(again, known_on=np.full(len(rows), known_on[0]))
        trained = TrainedSeason(model, again, known[:0], frame[:0], None, None, {})
        canaries = params.promotion.canaries.model_copy(update=settings)
        promotion = params.promotion.model_copy(update={"canaries": canaries})
        changed = params.model_copy(update={"promotion": promotion})
        watch_canaries(workspace, trained, known, Register(root), ["2022Q1", "2022Q2"], changed)

    return watch


def passed(workspace):
    canaries = json.loads(workspace.canaries.read_text(encoding="utf-8"))
    return {one["canary"]: one["passed"] for one in canaries}


def test_a_sound_training_goes_on_without_a_word(workspace, watched, capsys):
    watched()
    assert passed(workspace) == dict.fromkeys(
        ["permuted_labels", "scrambled_future", "oversampling", "single_feature", "decided_values"], True
    )
    assert capsys.readouterr().err == ""


def test_a_ranking_beyond_chance_is_a_warning_and_kept_for_the_gate(workspace, watched, capsys):
    """A bound that nothing passes stands in for a procedure that has seen the answers."""
    watched(false_alarm=1.0)
    assert not passed(workspace)["permuted_labels"]
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("warning: canary permuted_labels: AUC 0.")
    assert said.endswith("; allowed: 0.5 ± 0.000; it cannot be promoted")


def test_rows_repeated_before_the_split_stop_the_training_in_one_line(workspace, watched):
    with pytest.raises(LeakageError) as refused:
        watched(repeated=7)
    assert str(refused.value) == (
        "training: something leaks: oversampling (7 repeated, 0 not in the labelled cohort, 0 also scored "
        "of 607 rows trained on; allowed: each row once, from the cohort, none to be scored); mend the "
        "feature or the sampling it names and train again (docs/lifecycle.md, Canaries)"
    )
    assert refused.value.exit_code == 7
    assert not passed(workspace)["oversampling"]
