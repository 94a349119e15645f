"""`huitou tune`: a budget of trials for the model's parameters, in the past; proposed, never applied."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import polars as pl

from features.declaration import declared_features
from models.keys import KEYS
from models.resampling import Bootstrap
from models.risk.training_set import feature_frame, monotone_directions, training_set_of
from models.training.settings import ModelSettings
from pipelines.stages.seasons import gathered, seasons_to_train
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.settings import parameters
from pipelines.workspace.workspace import HERE, progress
from register.atomic import write_text
from register.seasons import season_end
from register.store import Register
from studies.protocol.past import Past
from studies.tuning.parameter_search import Budget, Chosen, search
from studies.tuning.trial import Gain, Round, Tried, gain, rounds, tried

TUNING = HERE.artifacts / "tuning"


def tune(assignments: Sequence[str]) -> str:
    """Spend the budget, write the trials and a snippet of method.yaml, and say what was found.

    Parameters
    ----------
    assignments : sequence of str
        ``name=value`` as the run was given.

    Returns
    -------
    str
        The best parameters beside those in use. Nothing is changed: whoever likes them
        edits method.yaml and trains a challenger.

    Raises
    ------
    StoreError
        When there is no finished run.
    ParamsError
        When a range does not hold what is in use.
    SeasonError
        When too little was known before the first season judged.
    """
    params = parameters(assignments)
    tuning, past = params.tune, Past.of(params)
    settings = _settings(params)
    rolled, directions = _rounds(past, settings), monotone_directions(declared_features())

    def judge(chosen: Chosen) -> Tried:
        return tried(rolled, {**settings.trees, **chosen}, directions, params.compute.threads)

    ranges = tuning.ranges
    current = {name: settings.trees[name] for name in ranges}
    walk = partial(progress, title="trials", unit="trial")
    trials = search(judge, ranges, current, Budget(tuning.trials, tuning.seed), walk)
    write_text(TUNING / "trials.csv", trials.write_csv())
    best: dict[str, Any] = trials.sort("loss", "trial").select(*ranges).row(0, named=True)
    snippet = "".join(f"  {name}: {value}\n" for name, value in best.items())
    write_text(TUNING / "params_snippet.yaml", f"model:\n{snippet}")
    bootstrap = Bootstrap(params.evaluate.bootstrap, params.evaluate.seed)
    clusters = past.cohort.select(*KEYS, "cluster")
    return _summary(trials, best, current, gain(rolled, judge(best), judge(current), clusters, bootstrap))


def _settings(params: Parameters) -> ModelSettings:
    """Give the model's settings with the smaller draws of the budget."""
    budget = params.tune
    drawn = {
        "max_negatives": budget.max_negatives,
        "max_calibration_rows": budget.max_judged,
        "line_rises": (),
    }
    return ModelSettings.of(params.model.model_copy(update=drawn), 1)


def _rounds(past: Past, settings: ModelSettings) -> list[Round]:
    """Gather what was known at the end of the first season judged, and roll through its last year."""
    day, compute = season_end(past.origins[0]), past.params.compute
    register = Register(HERE.register)
    below = past.below(register)
    (season,) = seasons_to_train(register, past.cohort, past.rules, settings, {day: []}, day, compute, below)
    wanted = season.rows.filter(pl.any_horizontal(pl.col("weight", "calibrates").is_not_null()))
    rows, frame = feature_frame(wanted, gathered(HERE, [wanted]), [one.name for one in declared_features()])
    training, late = (
        training_set_of(rows, frame, rows[name].is_not_null()) for name in ("weight", "calibrates")
    )
    return rounds(training, late, day, past.rules.months, past.params.evaluate.min_positives)


def _summary(trials: pl.DataFrame, best: Chosen, current: Chosen, difference: Gain) -> str:
    changed = "\n".join(f"  {name}: {current[name]} -> {value}" for name, value in best.items())
    losses = trials["loss"].to_list()
    interval = "–" if difference.low is None else f"{difference.low:+.6f}, {difference.high:+.6f}"
    return f"""\
试了 {len(losses)} 组参数，在用的排第一。{len(losses)} sets of parameters tried, the one in use first.
{changed}
挑选所用往季的对数损失 Log loss of the quarters chosen by: {losses[0]:.6f} -> {min(losses):.6f}
留出的往季，配对差 Held-back quarter, paired: {difference.value:+.6f} [{interval}], {difference.n} 户次 rows
区间全部低于零才算更好。Better only if all of the interval is below zero.
{TUNING / "trials.csv"}, {TUNING / "params_snippet.yaml"}
没有改动参数。Nothing was changed: to use them, edit method.yaml and train a challenger (huitou retrain).
"""
