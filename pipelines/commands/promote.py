"""`huitou promote` and `huitou demote`: a run becomes the champion behind gates, or goes back."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from models.registry.champion import DEMOTED, PROMOTED, REFUSED, Championship, standing, tasks_of
from models.registry.gates import GATES, SIGNABLE, Candidate, Outcome, judge, refusals
from models.registry.paired import Paired, compare_at_capacity
from models.registry.run_store import BY_SEASON, CANARIES, FIGURES, GROUPS, SCORES, Run, RunStore
from pipelines.commands.decider import decider
from pipelines.commands.list_runs import aliases_now
from pipelines.stages.recording import now
from pipelines.workspace.champion import championship_of, store_of
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.settings import put_back
from pipelines.workspace.tracking import alias_models, track
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.errors import ParamsError, PromotionError
from watchlists.label_wording import wording_of
from watchlists.visits.capacity import Capacity


def promote(name: str, by: str, why: str, sign_offs: Sequence[str]) -> None:
    """Make a run the champion of its task, if it passes the gates; no release changes.

    Parameters
    ----------
    name : str
        A run of `huitou runs`.
    by, why : str
        Who decides, and the reason; both are kept.
    sign_offs : sequence of str
        ``gate: reason`` for gates of `SIGNABLE` that fail.

    Raises
    ------
    PromotionError
        With one line a failed gate; the refusal is kept as well.
    """
    signed, decided_by = _signed(sign_offs), decider(by, why)
    with one_at_a_time("promote"):
        params = _own_params()
        store, championship = store_of(HERE, params), championship_of(HERE, params)
        run = store.open(name)
        before = _standing_before(store, championship, run)
        outcomes = judge(_candidate(run, before, params), params.promotion, signed)
        sys.stdout.writelines(f"{_line(one, decided_by['by'])}\n" for one in outcomes)
        refused = refusals(outcomes)
        taken = {"action": REFUSED if refused else PROMOTED, "at": now()}
        gates = {"gates": [asdict(one) for one in outcomes], "instead_of": before.name if before else None}
        championship.decide({**_named(run), **decided_by, **taken, **gates})
    if refused:
        raise PromotionError("\n".join((f"{name}: not promoted, gates not passed: {len(refused)}", *refused)))
    _tell(name, before.name if before else "-", params, run.record["task"])


def demote(name: str, by: str, why: str) -> None:
    """Let the champion `name` step down; the one before it is champion again, or none is.

    The one before passed its gates when it was promoted, and is not asked again. The run
    itself is not opened: a champion that is damaged can step down.

    Raises
    ------
    PromotionError
        When `name` is no champion.
    """
    decided_by = decider(by, why)
    with one_at_a_time("demote"):
        params = _own_params()
        championship = championship_of(HERE, params)
        decisions = championship.decisions()
        every = [standing(decisions, task) for task in tasks_of(decisions)]
        stands = next((one for one in every if one and one[-1]["run"] == name), [])
        if not stands:
            raise PromotionError(f"{name}: is no champion; huitou runs shows who is")
        same = {key: stands[-1][key] for key in ("task", "run", "model_sha256", "season")}
        championship.decide({**same, **decided_by, "action": DEMOTED, "at": now()})
    _tell(stands[-2]["run"] if len(stands) > 1 else "-", name, params, same["task"])


def _own_params() -> Parameters:
    """Read the parameters as they stand in the file, not as a killed run left them."""
    put_back()
    return load_params()


def _standing_before(store: RunStore, championship: Championship, run: Run) -> Run | None:
    """Open the champion of a run's task."""
    championship.follow()
    champion = championship.champion(run.record["task"])
    if champion and champion["run"] == run.name:
        raise PromotionError(f"{run.name}: is the champion already; nothing to promote")
    return store.open(champion["run"]) if champion else None


def _named(run: Run) -> dict[str, Any]:
    return {
        "task": run.record["task"],
        "run": run.name,
        "model_sha256": run.model_digest,
        "season": run.season,
    }


def _tell(champion: str, before: str, params: Parameters, task: Mapping[str, Any]) -> None:
    sys.stdout.write(
        f"在用 champion: {champion}（此前 before: {before}）\n"
        "下一次 huitou run 用它，已有发布不变。The next huitou run lists with it; no release has changed.\n"
    )
    track(alias_models(aliases_now(params, task)))


def _candidate(run: Run, champion: Run | None, params: Parameters) -> Candidate:
    """Read what a run brings before the gates."""
    canaries = json.loads((run.folder / CANARIES).read_text(encoding="utf-8"))
    return Candidate(
        json.loads((run.folder / FIGURES).read_text(encoding="utf-8")),
        {one["canary"]: one["passed"] for one in canaries},
        _table(run.folder / GROUPS),
        _table(run.folder / BY_SEASON),
        run.record["n_dates"],
        run.record["task"]["source_kind"],
        champion is not None,
        _paired(run, champion, params) if champion else None,
        wording_of(run.record["task"]["label"]).of.past,
    )


def _table(path: Path) -> pl.DataFrame | None:
    return pl.read_csv(path, infer_schema_length=None) if path.is_file() else None


def _paired(run: Run, champion: Run, params: Parameters) -> Paired | None:
    """Compare a run with the champion at the visits there are."""
    capacity, settings = Capacity.of(params.watchlist.capacity), params.promotion.paired
    mine, theirs = (read_parquet(one.folder / SCORES) for one in (run, champion))
    return compare_at_capacity(mine, theirs, capacity.expression(), capacity.place, settings)


def _signed(sign_offs: Sequence[str]) -> dict[str, str]:
    """Read ``gate: reason``."""
    reasons = {}
    for one in sign_offs:
        gate, _, reason = (part.strip() for part in one.partition(":"))
        if gate not in SIGNABLE or not reason:
            raise ParamsError(
                f'--sign-off {one!r}: allowed is "gate: reason" for the gates {", ".join(SIGNABLE)}; '
                "the others have to pass"
            )
        reasons[gate] = " ".join(reason.split())
    return reasons


def _line(one: Outcome, by: str) -> str:
    zh, en, _ = GATES[one.gate]
    verdict = "通过 pass" if one.passed else "未过 FAIL"
    signed = f"; {by} 签字 signed off: {one.signed}" if one.signed else ""
    return f"{verdict}  {zh} {en}: {one.found} (allowed: {one.allowed}){signed}"
