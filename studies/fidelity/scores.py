"""How well every way of naming causes names the true ones, on invented households whose truth is exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import lightgbm as lgb
import numpy as np
import pandas as pd
import polars as pl
from scipy.stats import rankdata, spearmanr
from sklearn.linear_model import LogisticRegression

from models.arrays import Floats
from models.attribution.attribute import attribute
from models.attribution.stability import attribute_by_member, main_support
from models.figures import Figure
from models.resampling import Resampling, interval
from models.risk.model import RiskModel
from models.training.selection import KINDS
from studies.fidelity.entrants import BACKGROUND, ENTRANTS, SUMMED, Way, entered
from studies.fidelity.invented_causes import (
    CAUSES,
    FEATURES,
    PLACEBOS,
    Scenario,
    conditional,
    interventional,
    switched_off,
    true_parts,
)

SEED = 20260101
#: Households explained over all coalitions.
FEW = 5
#: What could be named: causes and placebos, not the circumstance (aid).
NAMED = len(CAUSES) + len(PLACEBOS)
#: The kinds of model that the product chooses among, each attributed by cause as it is delivered.
CAUSE, BLEND, LOGISTIC = "trees, by cause", "blend, by cause", "logistic, by cause"
#: As the default trees, but a tree is offered a fifth of the features, as the product did before (ADR 10): of
#: the 24 here that leaves a given cause out of every other tree (docs/fidelity.md).
FIFTH = "trees offered a fifth of the features"
#: What the targets are asked of.
OURS = (CAUSE, BLEND, LOGISTIC, FIFTH)
ORACLES = ("true function, as it goes together", "true function, against the population")
SIMPLE = ("commonest recorded", "largest standardised", "logistic coefficient x value", "gain, recorded")
DIRECTIONS = {
    f"{player}_{feature}": int(feature != "sign") for player in (*CAUSES, *PLACEBOS) for feature in FEATURES
}


@dataclass(frozen=True)
class Size:
    """How much is drawn: households trained on, judged at most, compared with; redrawn samples."""

    trained: int = 40_000
    drawn: int = 60_000
    judged: int = 1000
    background: int = 64
    resamples: int = 2000


@dataclass(frozen=True)
class Judged:
    """Households that fell and have a true cause, with every way's parts and the truths.

    Attributes
    ----------
    parts : mapping of str to ndarray, shape (n_households, n_players)
        By way.
    truths : mapping of str to ndarray, shape (n_households, n_players)
        ``C`` and the two games of ``B``.
    again : mapping of str to ndarray, shape (n_households, n_players)
        The parts of `OURS` by models of other seeds.
    support : mapping of str to ndarray, shape (n_households,)
        Share of the members that name the cause the model names, by way of `OURS`.
    background_error : float
        Largest distance of the way against a background from its definition, over all coalitions.
    n_fell, n_without_cause : int
        Households drawn that fell, and those of them that had no cause to switch off: nobody can name one.
    """

    parts: Mapping[str, Floats]
    truths: Mapping[str, Floats]
    again: Mapping[str, Floats]
    support: Mapping[str, Floats]
    background_error: float
    n_fell: int
    n_without_cause: int


def judge(scenario: Scenario, size: Size, ways: Mapping[str, Way] = ENTRANTS) -> Judged:
    """Train in a scenario's world, and let our kinds and other `ways` explain households of it that fell."""
    generator = np.random.default_rng(SEED)
    _, frame, label = scenario.trained.draw(size.trained, generator)
    label = np.where(generator.random(len(label)) < scenario.wrong_labels, 1 - label, label)
    place, all_drawn, fell = scenario.explained.draw(size.drawn, generator)
    truths = {
        "C": switched_off(scenario.explained),
        "B as it goes together": true_parts(scenario.explained, conditional),
        "B against the population": true_parts(scenario.explained, interventional),
    }
    has_cause = truths["C"][place].max(axis=1) > 0
    in_scenario = has_cause if scenario.of is None else scenario.explained.states[place, scenario.of] > 0
    kept = np.flatnonzero(fell.astype(bool) & has_cause & in_scenario)[: size.judged]
    explained, groups = all_drawn.iloc[kept], scenario.trained.groups
    models, others = _trained(frame, label, 1), _trained(frame, label, 101)
    model, background = models[CAUSE], frame.sample(size.background, random_state=SEED)
    parts = _by_cause(models, explained, groups)
    entrants = entered(ways, model, explained, groups, background)
    named = {
        **parts,
        **entrants,
        **_simple(frame, label, explained, groups),
        ORACLES[0]: truths["B as it goes together"][place[kept]],
        ORACLES[1]: truths["B against the population"][place[kept]],
    }
    members = {way: attribute_by_member(one, explained, groups) for way, one in models.items()}
    return Judged(
        named,
        {name: values[place[kept]] for name, values in truths.items()},
        _by_cause(others, explained, groups),
        {way: main_support(parts[way][:, :NAMED], one[:, :, :NAMED]) for way, one in members.items()},
        _distance(model, explained[:FEW], background, groups, entrants),
        int(fell.sum()),
        int((fell.astype(bool) & ~has_cause).sum()),
    )


def _trained(frame: pd.DataFrame, label: np.ndarray, seed: int) -> dict[str, RiskModel]:
    """Train the models of `OURS`; the kinds share their members."""
    whole = RiskModel(seed=seed, monotone_cst=DIRECTIONS).fit(frame, label)
    kinds = zip((CAUSE, BLEND, LOGISTIC), KINDS.values(), strict=True)
    fifth = RiskModel(seed=seed, feature_fraction=0.2, monotone_cst=DIRECTIONS).fit(frame, label)
    return {**{way: whole.blended(share) for way, share in kinds}, FIFTH: fifth}


def _by_cause(
    models: Mapping[str, RiskModel], explained: pd.DataFrame, groups: Mapping[str, list[str]]
) -> dict[str, Floats]:
    return {way: attribute(one, explained, groups)[1].to_numpy() for way, one in models.items()}


def _distance(
    model: RiskModel,
    few: pd.DataFrame,
    background: pd.DataFrame,
    groups: Mapping[str, list[str]],
    entrants: Mapping[str, Floats],
) -> float:
    """Hold the way against a background, where it entered, to its definition."""
    if BACKGROUND not in entrants:
        return np.nan
    exact = _over_coalitions(model, few, background, groups).to_numpy()
    return float(np.abs(exact - entrants[BACKGROUND][: len(few)]).max())


def _over_coalitions(
    model: RiskModel, explained: pd.DataFrame, background: pd.DataFrame, groups: Mapping[str, list[str]]
) -> pd.DataFrame:
    """Give the parts against a background by definition: mixed rows through the model, every coalition."""
    players, n = list(groups), len(groups)
    parts = pd.DataFrame(0.0, index=explained.index, columns=players)
    for size in range(n + 1):
        for known in combinations(players, size):
            taken = [name for player in known for name in groups[player]]
            rows = pd.concat([background] * len(explained), ignore_index=True)
            rows[taken] = np.repeat(explained[taken].to_numpy(), len(background), axis=0)
            worth = model.margin(rows).reshape(len(explained), -1).mean(axis=1)
            for player in players:
                before = size - (player in known)
                weight = factorial(before) * factorial(n - before - 1) / factorial(n)
                parts[player] += weight * (worth if player in known else -worth)
    return parts


def _simple(
    frame: pd.DataFrame, label: np.ndarray, explained: pd.DataFrame, groups: Mapping[str, list[str]]
) -> dict[str, Floats]:
    """Score causes in ways that need no attribution; the first and last only among causes recorded."""
    centre, scale = frame.mean(), frame.std().replace(0, 1)
    scaled = (explained - centre) / scale
    recorded = explained[[f"{player}_months" for player in groups]].to_numpy() > 0
    common = (frame[label == 1][[f"{player}_months" for player in groups]] > 0).mean().to_numpy()
    logistic = LogisticRegression(max_iter=1000).fit((frame - centre) / scale, label)
    terms = scaled * logistic.coef_[0]
    trees = lgb.LGBMClassifier(num_leaves=15, n_estimators=150, learning_rate=0.08, n_jobs=1, verbosity=-1)
    gain = pd.Series(
        trees.fit(frame, label).booster_.feature_importance("gain"), index=frame.columns, dtype=float
    )
    by_cause = list(groups.values())
    return {
        SIMPLE[0]: recorded * common,
        SIMPLE[1]: np.column_stack([scaled[chosen[:2]].max(axis=1) for chosen in by_cause]),
        SIMPLE[2]: np.column_stack([terms[chosen].sum(axis=1) for chosen in by_cause]),
        SIMPLE[3]: recorded * np.array([gain[chosen].sum() for chosen in by_cause]),
    }


def is_top(parts: Floats, truth: Floats, places: int = 1) -> np.ndarray:
    """Tell for each household whether a true first cause is among the first `places` named."""
    parts, truth = parts[:, :NAMED], truth[:, :NAMED]
    first = truth >= truth.max(axis=1, keepdims=True) - 1e-12
    named = np.argsort(-parts, axis=1, kind="stable")[:, :places]
    return np.asarray(np.take_along_axis(first, named, axis=1).any(axis=1))


def rank_agreement(parts: Floats, truth: Floats) -> float:
    """Average over households the Spearman correlation of their causes, named and true."""
    ranks = [rankdata(one[:, :NAMED].round(9), axis=1) for one in (parts, truth)]
    centred = [one - one.mean(axis=1, keepdims=True) for one in ranks]
    spread = np.sqrt((centred[0] ** 2).sum(axis=1) * (centred[1] ** 2).sum(axis=1))
    product = (centred[0] * centred[1]).sum(axis=1)
    return float(np.divide(product, spread, out=np.zeros_like(spread), where=spread > 0).mean())


def fit_of(parts: Floats, truth: Floats) -> float:
    """Give the squared correlation of parts and truth over all households and causes."""
    return float(np.corrcoef(parts[:, :NAMED].ravel(), truth[:, :NAMED].ravel())[0, 1] ** 2)


def placebo_share(parts: Floats) -> float:
    """Give the share of all that is attributed, up or down, that goes to causes without effect."""
    weight = np.abs(parts)
    return float(weight[:, len(CAUSES) : NAMED].sum() / weight.sum())


def scores(judged: Judged) -> pd.DataFrame:
    """Score every way of a scenario: one row a way."""
    truth = judged.truths["C"]
    rows = {}
    for way, parts in judged.parts.items():
        rows[way] = {
            "top-1 C": is_top(parts, truth).mean(),
            "top-2 C": is_top(parts, truth, 2).mean(),
            "rank C": rank_agreement(parts, truth),
            "R2 C": fit_of(parts, truth),
            **{
                f"top-1 {name}": is_top(parts, judged.truths[name]).mean() for name in list(judged.truths)[1:]
            },
            **{f"R2 {name}": fit_of(parts, judged.truths[name]) for name in list(judged.truths)[1:]},
            "placebo": placebo_share(parts),
            "placebo named first": (parts[:, :NAMED].argmax(axis=1) >= len(CAUSES)).mean(),
        }
    table = pd.DataFrame(rows).T
    for name in ("top-1 C", "top-2 C", "rank C", "R2 C"):
        place = list(table.columns).index(name) + 1
        table.insert(place, f"{name} of ceiling", table[name] / ceiling(table, name))
    return table


def first_right(judged: Judged, resamples: int) -> pd.DataFrame:
    """Give every way's top-1 against C with its 95 % interval over households."""
    truth = judged.truths["C"]
    each = np.ones(len(truth))
    figures = {way: Figure(is_top(parts, truth).astype(float), each) for way, parts in judged.parts.items()}
    spread = Resampling(pl.Series(range(len(each))), resamples, SEED).spread(figures)
    rows = {way: (figure.value, *interval(spread[way])) for way, figure in figures.items()}
    return pd.DataFrame(rows, index=["top-1 C", "low", "high"]).T


def ceiling(table: pd.DataFrame, name: str) -> float:
    """Give what the better attribution of the true function reaches."""
    return float(table.loc[list(ORACLES), name].max())


def abstaining(judged: Judged, way: str = CAUSE) -> dict[str, float]:
    """Measure a way where its lead over the second cause is large, and where members agree."""
    parts, right = judged.parts[way][:, :NAMED], is_top(judged.parts[way], judged.truths["C"])
    lead = np.diff(np.sort(parts, axis=1)[:, -2:], axis=1)[:, 0]
    agreed = judged.support[way] == 1
    return {
        "all": right.mean(),
        "largest 80 % of leads": right[lead >= np.quantile(lead, 0.2)].mean(),
        "largest 50 % of leads": right[lead >= np.quantile(lead, 0.5)].mean(),
        "members agree": right[agreed].mean() if agreed.any() else np.nan,
        "members disagree": right[~agreed].mean() if not agreed.all() else np.nan,
        "share agreeing": agreed.mean(),
    }


def differences(
    judged: Judged, resamples: int, way: str = CAUSE, kept: np.ndarray | None = None
) -> pd.DataFrame:
    """Subtract each other way's top-1 from a way's on the same households, with 95 % intervals.

    `kept` marks the households to look at, all by default.
    """
    kept = np.ones(len(judged.parts[way]), dtype=bool) if kept is None else kept
    truth = judged.truths["C"][kept]
    right = {one: is_top(parts[kept], truth).astype(float) for one, parts in judged.parts.items()}
    each = np.ones(int(kept.sum()))
    gains = {one: Figure(right[way] - right[one], each) for one in right if one not in ORACLES}
    spread = Resampling(pl.Series(range(len(each))), resamples, SEED).spread(gains)
    rows = {one: (gain.value, *interval(spread[one])) for one, gain in gains.items()}
    return pd.DataFrame(rows, index=["difference", "low", "high"]).T.drop(way)


def stability(judged: Judged, way: str = CAUSE) -> dict[str, float]:
    """Compare the parts with those of a model of other seeds."""
    one, other = (values[:, :NAMED] for values in (judged.parts[way], judged.again[way]))
    same = one.argmax(axis=1) == other.argmax(axis=1)
    return {"Spearman": float(spearmanr(one.ravel(), other.ravel())[0]), "same first cause": same.mean()}


def distances(judged: Judged) -> dict[str, float]:
    """Truth A, the exact game of the model: how far the sum of single values is from it."""
    exact, summed = judged.parts[CAUSE], judged.parts[SUMMED]
    return {
        "summed SHAP, mean distance": np.abs(exact - summed).mean(),
        "summed SHAP, largest distance": np.abs(exact - summed).max(),
        "summed SHAP, other first cause": (exact.argmax(axis=1) != summed.argmax(axis=1)).mean(),
        "against a background, distance from all coalitions": judged.background_error,
    }
