"""Whether a published order lists a season in a trained model's place, and why."""

import json
from collections.abc import Mapping
from typing import Any

from models.ranking.ranking import Order
from models.risk.parameters import AUTO
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace
from watchlists.label_wording import OutcomeWords, words_of

Why = tuple[str, str]


def order_instead(workspace: Workspace, params: Parameters) -> tuple[Order, Why] | None:
    """Name the order that lists where no champion does; None where the season's own model does.

    Returns
    -------
    tuple or None
        The order, and why in Chinese and English. ``auto`` takes the order by rules until a
        model can be judged, and the order by income where the model judged ranks no better
        than it: what lists must have been shown to be worth its trouble.

    References
    ----------
    ADR 21.
    """
    kind = params.model.kind
    if kind in ("rules", "income"):
        return kind, (f"model.kind设为{kind}", f"model.kind is {kind}")
    facts = training_facts(workspace)
    if not facts["origins"]:
        return "rules", _unjudged(facts, params.evaluate.min_positives, words_of(params.label.outcome))
    if kind == AUTO and _loses_to_income(workspace):
        return "income", _no_better(workspace)
    return None


def _unjudged(facts: Mapping[str, Any], least: int, of: OutcomeWords) -> Why:
    """Say what is lacking to judge a model, and when it can be had at the earliest."""
    days, most = facts["outlook"], facts["most_positives"]
    zh = f"还没有一季能够评判模型（需要{least}户已知{of.zh}，现最多{most}户）"
    needed = f"{least} households known to have {of.known_to_have} are needed, there are {most}"
    en = f"no season can be judged yet ({needed})"
    if most:
        zh, en = (
            f"{zh}，或把evaluate.min_positives降到{most}",
            f"{en}, or lower evaluate.min_positives to that",
        )
    if not days:
        return zh, en
    first, trained, judged = (days[name] for name in ("first", "trained_from", "judged_from"))
    when = f"a model can be trained from {trained} on and judged from {judged} on, if enough of them are seen"
    return (
        f"{zh}；历史从{first}起，最早{trained}可训练、{judged}可评判",
        f"{en}; history begins on {first}: {when}",
    )


def _loses_to_income(workspace: Workspace) -> bool:
    """Tell whether the season's model was judged and found no better; not where nothing judged it yet."""
    path = workspace.worth
    return path.is_file() and json.loads(path.read_text(encoding="utf-8"))["beats_income"] is False


def _no_better(workspace: Workspace) -> Why:
    metrics = json.loads((workspace.evaluation / "metrics.json").read_text(encoding="utf-8"))
    low, high, more = (metrics[f"auc_over_income{end}"] for end in ("_low", "_high", ""))
    bounds = f" [{low:+.3f}, {high:+.3f}]" if low is not None and high is not None else ""
    return (
        f"训练的模型排序不比只看收入好（AUC差{more:+.3f}{bounds}）",
        f"the trained model ranks no better than income alone (AUC {more:+.3f}{bounds})",
    )
