"""What a run must show before it may become the champion; every gate says what it found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from models.registry.paired import Paired
from models.registry.parameters import PromotionParameters

#: Gates a named person may pass with a reason; no name passes the others.
SIGNABLE = ("groups", "leak")
GROUP_COLUMNS = ("group", "value", "recall_at_capacity", "n_positive")
SEASON_COLUMNS = ("season", "relative_bias_came")


@dataclass(frozen=True)
class Candidate:
    """What a run brings before the gates.

    Attributes
    ----------
    figures : mapping
        ``metrics.json`` of its evaluation: all judged seasons pooled.
    canaries : mapping of str to bool
        Whether each canary of `models.registry.canaries` passed.
    groups : DataFrame or None
        The audit by group, `GROUP_COLUMNS`; None where there is none.
    seasons : DataFrame or None
        The calibration of every judged season, `SEASON_COLUMNS`; None of a run kept before there was one.
    n_dates : int
        Closed as-of dates it was trained on.
    source_kind : str
        Whose leak bound holds.
    has_champion : bool
        Whether there is somebody to be compared with.
    paired : Paired or None
        The comparison with the champion; None where they share no judged season.
    happened : str
        What the outcome of the run's task is called, in English and the past.
    """

    figures: Mapping[str, Any]
    canaries: Mapping[str, bool]
    groups: pl.DataFrame | None
    seasons: pl.DataFrame | None
    n_dates: int
    source_kind: str
    has_champion: bool
    paired: Paired | None
    happened: str = "fell"


@dataclass(frozen=True)
class Outcome:
    """What a gate found.

    Attributes
    ----------
    gate : str
        One of `GATES`.
    passed : bool
        Whether what was found is allowed, or signed off.
    found, allowed, remedy : str
        For the person who decides.
    signed : str
        The reason it was signed off for, "" if it was not.
    """

    gate: str
    passed: bool
    found: str
    allowed: str
    remedy: str
    signed: str = ""


def judge(candidate: Candidate, limits: PromotionParameters, signed: Mapping[str, str]) -> list[Outcome]:
    """Ask every gate.

    Parameters
    ----------
    candidate : Candidate
        Of the run.
    limits : PromotionParameters
    signed : mapping of str to str
        Reasons by gate of `SIGNABLE`; asked for only where a gate fails.
    """
    outcomes = [Outcome(name, *ask(candidate, limits)) for name, (_, _, ask) in GATES.items()]
    return [
        replace(one, passed=True, signed=signed[one.gate]) if not one.passed and one.gate in signed else one
        for one in outcomes
    ]


Answer = tuple[bool, str, str, str]


def _history(candidate: Candidate, limits: PromotionParameters) -> Answer:
    return (
        candidate.n_dates >= limits.min_dates,
        f"trained on {candidate.n_dates} closed as-of dates",
        f"at least {limits.min_dates}",
        "begin features.first_season earlier or wait until more seasons have closed",
    )


def _champion(candidate: Candidate, limits: PromotionParameters) -> Answer:
    allowed = f"the interval stays above -{limits.margin:.1%}"
    if not candidate.has_champion:
        return True, "no champion yet", allowed, ""
    paired = candidate.paired
    if paired is None:
        remedy = "judge more seasons (huitou retrain SEASON --set evaluate.origins=N), then promote that run"
        return False, "no season was judged for both", allowed, remedy
    comparison = (
        f"{paired.hits} of {paired.visits} visits find households that {candidate.happened}, the champion's "
        f"{paired.champion_hits}: {paired.difference:+.1%} [{paired.low:+.1%}, {paired.high:+.1%}], "
        f"as of {', '.join(paired.seasons)}"
    )
    return (
        paired.low > -limits.margin,
        comparison,
        allowed,
        "keep the champion, or find out what the new run lost",
    )


def _bias(candidate: Candidate, limits: PromotionParameters) -> Answer:
    """Hold risks against what came true as if the rise of the line had been known, and as it was taken."""
    figures, most = candidate.figures, limits.bias
    came, assumed = figures.get("relative_bias_came"), figures.get("relative_bias")
    absolute = [figures.get("bias_came"), figures.get("bias")]
    passed = _within(came, most.pooled) and all(_within(one, most.absolute) for one in absolute)
    finding = (
        f"mean risk {_percents(came)} off for the rise of the line that came, {_percents(assumed)} for the "
        f"rise assumed, bias {_signed(absolute[0])} and {_signed(absolute[1])}{_of(candidate)}"
    )
    allowed = f"{most.pooled:.0%} either way for the rise that came, bias {most.absolute} for both"
    return passed, finding, allowed, "mend the calibration"


def _seasons(candidate: Candidate, limits: PromotionParameters) -> Answer:
    most, seasons = limits.bias.season, candidate.seasons
    allowed = f"{most:.0%} either way in every season, for the rise of the line that came"
    if seasons is None or not len(seasons):
        remedy = "train that season again (huitou retrain SEASON)"
        return False, "the run has no calibration by season", allowed, remedy
    off = sorted(seasons.select(SEASON_COLUMNS).iter_rows(), key=lambda one: -abs(one[1] or 0))
    too_far = [one for one in off if not _within(one[1], most)]
    words = (f"{season} mean risk {_percents(bias)} off" for season, bias in too_far or off[:1])
    return not too_far, "; ".join(words), allowed, "mend the calibration"


def _slope(candidate: Candidate, limits: PromotionParameters) -> Answer:
    """Hold the risk as it was given to the slope, and as it would have been given had the rise been known."""
    (low, high), figures = limits.slope, candidate.figures
    slopes = figures.get("slope"), figures.get("slope_came")
    passed = all(one is not None and low <= one <= high for one in slopes)
    finding = f"slope {_plain(slopes[0])}, {_plain(slopes[1])} for the rise of the line that came"
    return passed, f"{finding}{_of(candidate)}", f"{low} to {high}", "mend the calibration"


def _groups(candidate: Candidate, limits: PromotionParameters) -> Answer:
    allowed = f"recall at capacity differs by at most {limits.group_gap:.0%} between groups"
    remedy = 'find the remedy, or sign off with --sign-off "groups: REASON"'
    if candidate.groups is None or not len(candidate.groups):
        return False, "the run has no audit by group", allowed, remedy
    compared = candidate.groups.filter(~pl.col("group").is_in(limits.groups_apart))
    gaps = recall_gaps(compared, limits.min_group_positives)
    if not gaps:
        finding = (
            f"no two values of a group of which {limits.min_group_positives} or more {candidate.happened}"
        )
        return False, finding, allowed, remedy
    too_wide = [words for words, gap in gaps if gap > limits.group_gap]
    return not too_wide, "; ".join(too_wide or [f"widest {gaps[0][0]}"]), allowed, remedy


def recall_gaps(groups: pl.DataFrame, min_positives: int) -> list[tuple[str, float]]:
    """Find how much recall at capacity differs between the values of each group.

    Parameters
    ----------
    groups : DataFrame
        `GROUP_COLUMNS`, such as the group minority with the values no and yes; ``n_positive``
        is the recall's denominator, missing where it is small and hidden.
    min_positives : int
        Values of which fewer fell are not compared: their recall is chance.

    Returns
    -------
    list of tuple of (str, float)
        Widest first: who is found least and most, in words, and the gap, six decimals.
    """
    known = groups.drop_nulls("recall_at_capacity").filter(pl.col("n_positive") >= min_positives)
    ordered = known.sort("group", "recall_at_capacity", "value")
    gaps = []
    for (group,), rows in ordered.group_by("group", maintain_order=True):
        low, high = rows.row(0, named=True), rows.row(-1, named=True)
        gap = high["recall_at_capacity"] - low["recall_at_capacity"]
        if len(rows) > 1:
            gaps.append((f"{group}: {_recall(low)}, {_recall(high)}", round(gap, 6)))
    return sorted(gaps, key=lambda one: -one[1])


def _canaries(candidate: Candidate, _: PromotionParameters) -> Answer:
    failed = sorted(name for name, passed in candidate.canaries.items() if not passed)
    missing = sorted(set(CANARIES) - set(candidate.canaries))
    passed = not failed and not missing
    finding = "all pass" if passed else f"failed {failed}, not tried {missing}"
    return passed, finding, "all pass", "read canaries.json in the run's folder and mend what it names"


def _leak(candidate: Candidate, limits: PromotionParameters) -> Answer:
    aucs = {name: candidate.figures.get(f"auc{tail}") for name, tail in (("all", ""), ("return", "_return"))}
    most = limits.leak_bound.bound(candidate.source_kind).written()
    passed = aucs["all"] is not None and all(
        value is None or value <= most[name] for name, value in aucs.items()
    )
    finding = ", ".join(f"AUC {name} {_plain(value)}" for name, value in aucs.items())
    allowed = ", ".join(f"{name} up to {most[name]}" for name in aucs)
    remedy = 'look for the leak; if there is none, sign off with --sign-off "leak: AUDIT NOTE"'
    return passed, finding, allowed, remedy


CANARIES = ("permuted_labels", "scrambled_future", "oversampling", "single_feature", "decided_values")
GATES: Mapping[str, tuple[str, str, Callable[[Candidate, PromotionParameters], Answer]]] = {
    "history": ("训练季数", "history", _history),
    "champion": ("不差于在用模型", "not worse than the champion", _champion),
    "bias": ("预测偏差", "bias", _bias),
    "seasons": ("各季预测偏差", "bias by season", _seasons),
    "slope": ("校准斜率", "calibration slope", _slope),
    "groups": ("群体召回差距", "recall by group", _groups),
    "canaries": ("防泄漏检验", "canaries", _canaries),
    "leak": ("泄漏上限", "leak bound", _leak),
}


def refusals(outcomes: Sequence[Outcome]) -> list[str]:
    """Write one line a failed gate: what was found, what is allowed, what to do next."""
    return [
        f"{one.gate}: found {one.found}; allowed: {one.allowed}; {one.remedy}"
        for one in outcomes
        if not one.passed
    ]


def _recall(row: Mapping[str, Any]) -> str:
    return f"{row['value']} {row['recall_at_capacity']:.1%} of {row['n_positive']}"


def _of(candidate: Candidate) -> str:
    n, n_positive = candidate.figures["n"], candidate.figures["n_positive"]
    return f" on {n} household-seasons, {n_positive} of which {candidate.happened}"


def _within(value: float | None, most: float) -> bool:
    return value is not None and abs(value) <= most


def _percents(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.1%}"


def _signed(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.3f}"


def _plain(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"
