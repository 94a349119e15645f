"""The canaries of a training: written down, told, and where something leaks the training stops."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import polars as pl

from models.registry.canaries import (
    Canary,
    decided_values,
    oversampling,
    permuted_labels,
    single_feature,
)
from models.registry.scrambled_future import scrambled_future
from models.risk.sampling import household_lot
from models.training.season_training import TrainedSeason
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage import tell
from pipelines.workspace.workspace import Workspace
from register.atomic import write_json
from register.errors import LeakageError
from register.seasons import months_later, season_end
from register.store import Register


def watch_canaries(
    workspace: Workspace,
    trained: TrainedSeason,
    known: pl.DataFrame,
    register: Register,
    judged_seasons: Sequence[str],
    params: Parameters,
) -> None:
    """Try every canary on a season's training.

    Parameters
    ----------
    workspace : Workspace
        Where ``canaries.json`` is written.
    trained : TrainedSeason
        The training to be watched.
    known : DataFrame
        The labelled cohort it was drawn from.
    register : Register
        What the features were built from.
    judged_seasons : sequence of str
        After the last of them comes the future that is scrambled.
    params : mapping
        All parameters.

    Raises
    ------
    LeakageError
        When a canary found what only a leak can bring about; ``canaries.json`` says more.
    """
    settings = params.promotion.canaries
    canaries = [
        permuted_labels(trained.model, trained.training, settings),
        _scrambled(register, season_end(judged_seasons[-1]), params),
        oversampling(trained.training, known, trained.scored),
        single_feature(trained.training, settings),
        decided_values(trained.training, settings),
    ]
    write_json(workspace.canaries, [asdict(one) for one in canaries])
    for one in canaries:
        if not one.passed:
            tell(f"warning: canary {one.canary}: {one.found}; allowed: {one.allowed}; it cannot be promoted")
    _refuse_leaks(canaries)


def _scrambled(register: Register, day: date, params: Parameters) -> Canary:
    """Scramble the future of one county, drawn by lot, after `day`."""
    counties = pl.Series(register.counties)
    county_id = counties[int(household_lot(counties, "canary").argmin())]
    first, last = (season_end(one) for one in (params.features.first_season, params.season))
    dates = sorted({max(first, months_later(day, -12)), day, last})
    months, settings = params.label.resources_months, params.promotion.canaries
    return scrambled_future(register.shard(county_id), dates, day, months, settings)


def _refuse_leaks(canaries: Sequence[Canary]) -> None:
    leaks = [f"{one.canary} ({one.found}; allowed: {one.allowed})" for one in canaries if one.is_leak]
    if leaks:
        raise LeakageError(
            f"training: something leaks: {'; '.join(leaks)}; mend the feature or the sampling it names and "
            "train again (docs/lifecycle.md, Canaries)"
        )
