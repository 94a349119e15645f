"""What the model would say if help ended, in sentences; never a reason to end help."""

from collections.abc import Mapping
from typing import Any

from watchlists.reasons.cause_sentences import Sentence, capital

ENDING = ("如果帮扶停止（模型试算）", "If help ended (a trial inside the model)")
NEVER = (
    "这只是模型试算，绝不是停止帮扶的理由；帮扶停不停，由人按政策和入户核实决定。",
    "A trial inside the model, never a reason to end help: people decide that by the rules and by a visit.",
)
WITHHELD = {
    "few": ("没有该措施的类似户太少，不给数字", "too few seen without it, no figure"),
    "contradicts": ("从本登记数据看不出来", "cannot be read off this register"),
}


def ending_help(document: Mapping[str, Any]) -> list[Sentence]:
    """Say it of every measure in force, and that it is no reason; nothing of a household without help."""
    trials = [_sentence(one, document["risk"]["value"]) for one in document["ending_help"]]
    return [*trials, NEVER] if trials else []


def _sentence(one: Mapping[str, Any], now: float) -> Sentence:
    if one["risk"] is None:
        zh, en = WITHHELD[one["standing"]]
        return f"{one['zh']}：{zh}。", f"{capital(one['en'])}: {en}."
    return (
        f"{one['zh']}停止后：模型给出的风险从{now:.1%}变为{one['risk']:.1%}（类似而没有该措施的{one['n_without']}户）。",
        (
            f"{capital(one['en'])} ended: the model would say {one['risk']:.1%} instead of {now:.1%} "
            f"({one['n_without']} households like it without)."
        ),
    )
