"""A budget of trials for the model's parameters: those in use first, then a seeded sampler's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import optuna
import polars as pl

from pipelines.workspace.parameters.studies import Range
from register.errors import ParamsError
from studies.tuning.trial import Tried

Chosen = Mapping[str, float | int]
#: Significant digits of what is tried, so that it can be pasted as it was tried.
DIGITS = 3


@dataclass(frozen=True)
class Budget:
    """How many sets of parameters are tried, and the seed of the sampler."""

    trials: int
    seed: int


def search(
    judge: Callable[[Chosen], Tried],
    ranges: Mapping[str, Range],
    current: Chosen,
    budget: Budget,
    walk: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> pl.DataFrame:
    """Spend the budget: the parameters in use first, then what the seeded sampler proposes.

    Returns
    -------
    DataFrame
        ``trial, loss, kind`` and a column a parameter; the same seed gives the same rows.

    Raises
    ------
    ParamsError
        When a parameter in use lies outside its range.

    References
    ----------
    Bergstra et al. (2011), Algorithms for hyper-parameter optimization: the tree-structured
    Parzen estimator.
    """
    _refuse_outside(ranges, current)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=budget.seed))
    study.enqueue_trial(dict(current))
    rows: list[dict[str, Any]] = []
    for number in walk(range(budget.trials)):
        trial = study.ask()
        chosen = {name: _suggested(trial, name, one) for name, one in ranges.items()}
        tried = judge(chosen)
        study.tell(trial, tried.loss)
        rows.append({"trial": number, "loss": round(tried.loss, 8), "kind": tried.kind, **chosen})
    return pl.DataFrame(rows)


def _refuse_outside(ranges: Mapping[str, Range], current: Chosen) -> None:
    for name, one in ranges.items():
        if name not in current or not one.low <= current[name] <= one.high:
            raise ParamsError(
                f"tune.ranges.{name}: found {one.low} to {one.high}, it must hold the value in use "
                f"({current.get(name)}, model.{name}); widen it"
            )


def _suggested(trial: optuna.Trial, name: str, one: Range) -> float | int:
    """Ask the sampler for a value."""
    if isinstance(one.low, int) and isinstance(one.high, int):
        return trial.suggest_int(name, one.low, one.high, log=one.log)
    return float(f"{trial.suggest_float(name, one.low, one.high, log=one.log):.{DIGITS}g}")
