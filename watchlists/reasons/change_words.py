"""What changed since last season, in sentences: changed facts by cause, model, calibration."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchlists.reasons.cause_sentences import Sentence, capital
from watchlists.reasons.explanation_cause_words import LEAST
from watchlists.reasons.fact_words import factor
from watchlists.reasons.household_view import CHANGES
from watchlists.visits.change import WHY_ENTERED


def since_last(document: Mapping[str, Any]) -> list[Sentence]:
    """Tell how the risk moved and what moved it; without an earlier list, that there is none."""
    since, now = document["since"], document["risk"]["value"]
    if since is None:
        return _without_comparison(document["list"])
    whole, season, then = factor(since["log_odds_change"]), since["season"], since["risk"]
    moves_zh, moves_en = zip(*_moves(document), strict=True)
    zh = f"上季（{season}）风险{then:.1%}，本季{now:.1%}；几率变为×{whole}，由这几部分相乘而来"
    en = f"Last season ({season}) the risk was {then:.1%}, now it is {now:.1%}; the odds changed by ×{whole}"
    return [(f"{zh}：{'、'.join(moves_zh)}。", f"{en}, the product of: {', '.join(moves_en)}.")]


def _without_comparison(place: Mapping[str, Any]) -> list[Sentence]:
    if place["change"] is None:
        return []
    zh, en = WHY_ENTERED.get(place["why_entered"], CHANGES[place["change"]])
    return [(f"{zh}。", f"{capital(en)}.")]


def _moves(document: Mapping[str, Any]) -> list[Sentence]:
    """Name what moved the odds: changed facts, with the groups that moved most, model, calibration."""
    since = document["since"]
    largest = sorted(document["parts"], key=lambda one: -abs(since["facts"][one["code"]]))[:3]
    moved = [{**one, "log_odds": since["facts"][one["code"]]} for one in largest]
    moved = [one for one in moved if abs(one["log_odds"]) >= LEAST]
    zh, en = (f"（{_named(moved, 'zh', '、')}）", f" ({_named(moved, 'en', '; ')})") if moved else ("", "")
    facts = factor(sum(since["facts"].values()))
    sentences = [(f"情况变化×{facts}{zh}", f"changed facts ×{facts}{en}")]
    sentences.append((f"模型更新×{factor(since['model'])}", f"changed model ×{factor(since['model'])}"))
    if since["calibration"] is not None:
        times = factor(since["calibration"])
        sentences.append((f"校准更新×{times}", f"changed calibration ×{times}"))
    return sentences


def _named(parts: Sequence[Mapping[str, Any]], language: str, separator: str) -> str:
    return separator.join(f"{one[language]} ×{factor(one['log_odds'])}" for one in parts)
