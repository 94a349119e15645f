"""`huitou retrain`: train and judge for a season on all closed ones; nothing is listed or published."""

import sys
from collections.abc import Sequence

from models.labels.label_rules import LabelRules
from models.registry.run_store import Run
from pipelines.commands.list_runs import described
from pipelines.commands.run import refuse_unready, reproduce
from pipelines.commands.track import track_run
from pipelines.stages.recording import record_run
from pipelines.workspace.champion import championship_of
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.settings import parameters_set
from pipelines.workspace.tether import TetheredDvc
from pipelines.workspace.workspace import HERE
from register.errors import SeasonError
from register.seasons import months_later, season_end, seasons_between


def retrain(season: str, assignments: Sequence[str]) -> None:
    """Make the challenger of a season.

    Parameters
    ----------
    season : str
        To train for, with all that was known at its end.
    assignments : sequence of str
        ``name=value`` pairs for this run only.

    Raises
    ------
    SeasonError
        When it would learn from fewer closed as-of dates than ``promotion.min_dates``.
    """
    with (
        one_at_a_time("retrain") as held,
        parameters_set([*assignments, f"season={season}"]) as params,
    ):
        dvc = TetheredDvc(held)
        refuse_unready(params)
        closed = closed_dates(params.features.first_season, params.season, params.label)
        _refuse_short_history(closed, season, params)
        reproduce(dvc, "evaluate")
        run = record_run(HERE, params)
        _refuse_short_history(run.record["n_dates"], season, params)
        summary = _summary(run, params)
        track_run(HERE, params)
    sys.stdout.write(summary)


def closed_dates(first_season: str, season: str, label: LabelRules) -> int:
    """Count the as-of dates whose outcomes can be known at the season's end, by the calendar.

    Examples
    --------
    >>> label = LabelRules(months=12, reading="window", resources_months=12, settle_months=3)
    >>> closed_dates("2021Q4", "2023Q2", label)
    2
    """
    end = season_end(season)
    months = label.months + label.settle_months if label.reading == "window" else 3
    days = [season_end(one) for one in seasons_between(first_season, season)]
    return sum(months_later(day, months) <= end for day in days)


def _refuse_short_history(n_dates: int, season: str, params: Parameters) -> None:
    least = params.promotion.min_dates
    if n_dates < least:
        raise SeasonError(
            f"retrain {season}: {n_dates} as-of dates have closed by then, allowed are {least} or more "
            "(promotion.min_dates); take a later season or an earlier features.first_season"
        )


def _summary(run: Run, params: Parameters) -> str:
    decisions = championship_of(HERE, params).decisions()
    lines = "\n".join(described(run, "", decisions))
    return (
        f"{lines}\n比较与批准 compare: huitou runs; promote: huitou promote {run.name} --by NAME --why TEXT\n"
    )
