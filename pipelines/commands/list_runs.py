"""`huitou runs`: what was trained, how good it was, who promoted it; no server needed."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from models.evaluation.views import summary_figures
from models.registry.champion import Decision, standing
from models.registry.run_store import FIGURES, Run
from pipelines.workspace.champion import championship_of, store_of
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from watchlists.label_wording import wording_of


def list_runs() -> None:
    """Show every run, verified now, newest last, with its alias and what was decided about it."""
    params = load_params()
    runs, damaged = _verified(params)
    if not runs and not damaged:
        sys.stdout.write("没有训练记录。No run yet: huitou retrain SEASON, or huitou run.\n")
    championship = championship_of(HERE, params)
    championship.follow()
    decisions = championship.decisions()
    aliases = aliases_of(runs, decisions)
    for run in runs:
        sys.stdout.writelines(f"{line}\n" for line in described(run, aliases.get(run.name, ""), decisions))
    sys.stdout.writelines(f"{name}  损坏 damaged\n" for name in damaged)
    for damage in damaged.values():
        raise damage


def aliases_now(params: Parameters, task: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the model digest behind each alias of a task, for MLflow to show."""
    runs = [run for run in _verified(params)[0] if run.record["task"] == task]
    named = aliases_of(runs, championship_of(HERE, params).decisions())
    digests = {named[run.name]: run.model_digest for run in runs if run.name in named}
    return {alias: digests.get(alias) for alias in ("champion", "challenger")}


def aliases_of(runs: Sequence[Run], decisions: Sequence[Decision]) -> dict[str, str]:
    """Name each task's champion, and as challenger its newest run that is not the champion.

    Parameters
    ----------
    runs : sequence of Run
        Oldest first.
    decisions : sequence of Decision
        Oldest first.

    Returns
    -------
    dict of str to str
        Alias by run.
    """
    aliases: dict[str, str] = {}
    for task in [run.record["task"] for run in runs]:
        stands = standing(decisions, task)
        champion = stands[-1]["run"] if stands else ""
        others = [run.name for run in runs if run.record["task"] == task and run.name != champion]
        aliases |= {champion: "champion"} | dict.fromkeys(others[-1:], "challenger")
    return aliases


def described(run: Run, alias: str, decisions: Sequence[Decision]) -> Iterator[str]:
    """Write what a person compares runs by, each figure with what it was measured on."""
    record, figures = run.record, json.loads((run.folder / FIGURES).read_text(encoding="utf-8"))
    fell = f"{figures['n_positive']} {wording_of(record['task']['label']).of.past}"
    label = " ".join(f"{name}={value}" for name, value in record["task"]["label"].items())
    yield f"{run.name}  {alias or '-'}  记录 recorded {record['recorded_at']}"
    yield (
        f"  {record['task']['source_kind']}, label {label}; model {run.model_digest[:8]}, register "
        f"{record['register_sha256'][:8]}; trained on {record['n_dates']} dates, {record['first_date']} to "
        f"{record['last_date']}"
    )
    yield (
        f"  {', '.join(f'{one.words[1]} {_figure(figures.get(one.name))}' for one in summary_figures())} on "
        f"{figures['n']} household-seasons, {fell}; judged {', '.join(record['origins'])}"
    )
    for one in decisions:
        if one["run"] == run.name:
            yield f"  {one['action']} by {one['by']} on {one['at'][:10]}: {one['why']}"


def _verified(params: Parameters) -> tuple[list[Run], dict[str, StoreError]]:
    known = list(store_of(HERE, params).stored())
    whole = [one for _, one in known if isinstance(one, Run)]
    return sorted(whole, key=_age), {name: one for name, one in known if isinstance(one, StoreError)}


def _age(run: Run) -> tuple[datetime, str]:
    return datetime.fromisoformat(run.record["recorded_at"]), run.name


def _figure(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
