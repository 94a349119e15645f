"""`huitou promote` and `huitou demote`: a run becomes the champion behind gates, or goes back."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from models.champion import DEMOTED, PROMOTED, REFUSED, Decision, standing
from models.gates import GATES, SIGNABLE, Evidence, Outcome, judge, refusals
from models.paired import Paired, compare_at_capacity
from models.runs import CANARIES, FIGURES, GROUPS, SCORES, Run
from pipelines.champion import championship_of, store_of
from pipelines.lock import one_at_a_time
from pipelines.recording import now
from pipelines.runs import aliases_now
from pipelines.tracking import alias_models, track
from pipelines.workspace import load_params
from register.atomic import json_text, read_parquet
from register.errors import ParamsError, PromotionError
from watchlists.capacity import Capacity, read_capacity_table


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
    params, signed = load_params(), _signed(sign_offs)
    _refuse_nameless(by, why)
    with one_at_a_time("promote"):
        championship = championship_of(params)
        championship.follow()
        store = store_of(params)
        run = store.open(name)
        task, told = run.told["task"], {"run": name, "model_sha256": run.model_digest, "season": run.season}
        stands = standing(championship.decisions(), task)
        before = stands[-1]["run"] if stands else None
        if before == name:
            raise PromotionError(f"{name}: is the champion already; nothing to promote")
        evidence = _evidence(run, store.open(before) if before else None, params)
        outcomes = judge(evidence, params["promotion"], signed)
        sys.stdout.writelines(f"{_line(one, by)}\n" for one in outcomes)
        refused = refusals(outcomes)
        decided = {"action": REFUSED if refused else PROMOTED, "by": by, "why": why, "at": now()}
        gates = {"instead_of": before, "gates": [asdict(one) for one in outcomes]}
        championship.decide({"task": task, **told, **decided, **gates})
    if refused:
        raise PromotionError("\n".join((f"{name}: not promoted by {len(refused)} gates", *refused)))
    sys.stdout.write(f"在用 champion: {name}（此前 before: {before or '-'}）\n{NEXT}")
    track(alias_models(aliases_now(params, task)))


def demote(name: str, by: str, why: str) -> None:
    """Let the champion `name` step down; the one before it is champion again, or none is.

    The one before passed its gates when it was promoted, and is not asked again. The run
    itself is not opened: a champion that is damaged can step down.

    Raises
    ------
    PromotionError
        When `name` is no champion.
    """
    params = load_params()
    _refuse_nameless(by, why)
    with one_at_a_time("demote"):
        championship = championship_of(params)
        decisions = championship.decisions()
        stands = next((one for one in _all_standing(decisions) if one[-1]["run"] == name), None)
        if stands is None:
            raise PromotionError(f"{name}: is no champion; `huitou runs` shows who is")
        before = stands[-2] if len(stands) > 1 else None
        told = {key: stands[-1][key] for key in ("task", "run", "model_sha256", "season")}
        championship.decide({**told, "action": DEMOTED, "by": by, "why": why, "at": now()})
    sys.stdout.write(f"在用 champion: {before['run'] if before else '-'}（此前 before: {name}）\n{NEXT}")
    track(alias_models(aliases_now(params, told["task"])))


def _all_standing(decisions: Sequence[Decision]) -> list[list[Decision]]:
    tasks = {json_text(one["task"]): one["task"] for one in decisions}
    return [stands for task in tasks.values() if (stands := standing(decisions, task))]


def _evidence(run: Run, champion: Run | None, params: Mapping[str, Any]) -> Evidence:
    """Read what a run brings before the gates."""
    groups = run.folder / GROUPS
    canaries = json.loads((run.folder / CANARIES).read_text(encoding="utf-8"))
    return Evidence(
        json.loads((run.folder / FIGURES).read_text(encoding="utf-8")),
        {one["canary"]: one["passed"] for one in canaries},
        pl.read_csv(groups, infer_schema_length=None) if groups.is_file() else None,
        run.told["n_dates"],
        run.told["task"]["source_kind"],
        champion is not None,
        _paired(run, champion, params) if champion else None,
    )


def _paired(run: Run, champion: Run, params: Mapping[str, Any]) -> Paired | None:
    """Compare a run with the champion at the visits there are."""
    given, settings = params["watchlist"]["capacity"], params["promotion"]["paired"]
    capacity = Capacity(given["per"], given["visits"], read_capacity_table(Path(given["table"])))
    mine, theirs = (read_parquet(one.folder / SCORES) for one in (run, champion))
    return compare_at_capacity(mine, theirs, capacity.expression(), capacity.place, settings)


def _signed(sign_offs: Sequence[str]) -> dict[str, str]:
    """Read ``gate: reason``."""
    found = {}
    for one in sign_offs:
        gate, _, reason = (part.strip() for part in one.partition(":"))
        if gate not in SIGNABLE or not reason:
            raise ParamsError(
                f'--sign-off {one!r}: allowed is "gate: reason" for the gates {", ".join(SIGNABLE)}; '
                "the others have to pass"
            )
        found[gate] = reason
    return found


def _refuse_nameless(by: str, why: str) -> None:
    if not by.strip() or not why.strip():
        raise ParamsError("--by and --why: found nothing, allowed are a name and a reason; both are kept")


def _line(one: Outcome, by: str) -> str:
    zh, en, _ = GATES[one.gate]
    verdict = "通过 pass" if one.passed else "未过 FAIL"
    signed = f"; {by} 签字 signed off: {one.signed}" if one.signed else ""
    return f"{verdict}  {zh} {en}: {one.found} (allowed: {one.allowed}){signed}"


NEXT = (
    "下一次 huitou run 用它出名单，已有发布不变。The next huitou run lists with it; no release has changed.\n"
)
