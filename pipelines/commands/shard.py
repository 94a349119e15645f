"""`huitou shard`: one share of a stage's counties, made beforehand by a job of an array."""

from collections.abc import Sequence

from pipelines.stages import explain, features
from pipelines.workspace.settings import parameters
from pipelines.workspace.workspace import HERE
from register.errors import ParamsError
from register.store import Register

STAGES = {"features": features.make_ready, "explain": explain.make_ready}


def make_shard(stage: str, index: int, n: int | None, assignments: Sequence[str]) -> None:
    """Make every `n`-th county's part of a stage, from the `index`-th on.

    The next run takes it, as long as register, parameters and code are what it was made from. Nothing
    but that is written, so jobs may work side by side.

    Parameters
    ----------
    stage : str
        One of `STAGES`; those before it are done.
    index : int
        From 0.
    n : int, optional
        Shares; by default there is one for every county.
    assignments : sequence of str
        ``name=value`` pairs, as the run is given.

    Raises
    ------
    ParamsError
        When the stage's counties are not made apart, or there are fewer shares than the index says.
    """
    if stage not in STAGES:
        raise ParamsError(
            f"shard: found {stage!r}, allowed are {', '.join(STAGES)}; other stages are no work for an array"
        )
    shares = n or len(Register(HERE.register).counties)
    if index >= shares:
        raise ParamsError(
            f"shard --index: found {index}, allowed is less than {shares}, the shares; begin to count at 0"
        )
    STAGES[stage](HERE, parameters(assignments), index, shares)
