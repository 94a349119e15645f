"""Canaries: what must come to nothing in every training, and does not when something leaks."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import norm, rankdata
from sklearn.base import clone

from models.arrays import Floats, Integers
from models.keys import KEYS
from models.registry.parameters import CanaryParameters
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from models.risk.training_set import TrainingSet

#: Of the drawn households, half are trained on and half are scored.
HALF = 0.5


@dataclass(frozen=True)
class Canary:
    """What a canary found.

    Attributes
    ----------
    canary : str
        Its name.
    passed : bool
        Whether what was found is allowed.
    is_leak : bool
        Whether this can only come from a leak: the run must not go on.
    found, allowed : str
        In words; names of features, counts and figures, never a household's.
    """

    canary: str
    passed: bool
    is_leak: bool
    found: str
    allowed: str


def permuted_labels(model: RiskModel, training: TrainingSet, settings: CanaryParameters) -> Canary:
    """Train as ever on labels dealt out anew; other households must be ranked by chance.

    Parameters
    ----------
    model : RiskModel
        Whose procedure is tried; it is not changed.
    training : TrainingSet
        What the season's model was trained on.
    settings : CanaryParameters
        ``rows, seed, false_alarm``: the bound follows from the rows scored, so that a
        sound training fails about once in 1 / `false_alarm`.
    """
    drawn = _drawn(training, settings.rows)
    label = np.random.default_rng(settings.seed).permutation(drawn.label)
    half = household_lot(_households(drawn), "canary half") < HALF
    counts = (int(label[~half].sum()), int((1 - label[~half]).sum()))
    if min(*counts, label[half].sum(), (1 - label[half]).sum()) == 0:
        return Canary("permuted_labels", True, False, "one class only, nothing to rank", "")
    # Directions would hold back what a leak tells of labels dealt out at random.
    free = clone(model).set_params(monotone_cst=None)
    fitted = free.fit(drawn.frame[half], label[half], drawn.weight[half])
    auc = float(_auc(fitted.raw_margin(drawn.frame[~half])[:, None], label[~half])[0])
    bound = float(norm.isf(settings.false_alarm / 2)) * _chance_error(*counts)
    finding = f"AUC {auc:.3f} on {counts[0]} of {sum(counts)} rows dealt the outcome"
    return Canary("permuted_labels", abs(auc - 0.5) <= bound, False, finding, f"0.5 ± {bound:.3f}")


def single_feature(training: TrainingSet, settings: CanaryParameters) -> Canary:
    """Rank by each feature alone: one that nearly tells the label was made from it.

    Parameters
    ----------
    training : TrainingSet
        What the season's model was trained on.
    settings : CanaryParameters
        ``rows, single_feature_auc, false_alarm``; a feature is named when its AUC lies
        above the bound by more than chance does in so few rows.

    References
    ----------
    Hanley and McNeil, Radiology 143 (1982): the standard error of an AUC.
    """
    drawn, bound = _drawn(training, settings.rows), settings.single_feature_auc
    counts = (drawn.n_positive, len(drawn.label) - drawn.n_positive)
    if min(counts) == 0:
        return Canary("single_feature", True, False, "one class only, nothing to rank", "")
    auc = _auc(np.nan_to_num(drawn.frame.to_numpy(), nan=-np.inf), drawn.label)
    best = np.maximum(auc, 1 - auc)
    names = drawn.frame.columns
    alarm = bound + float(norm.isf(settings.false_alarm / len(names))) * _auc_error(bound, *counts)
    named = [f"{names[i]} {best[i]:.3f}" for i in np.argsort(-best, kind="stable") if best[i] > alarm]
    strongest = int(best.argmax())
    finding = ", ".join(named) or f"strongest {names[strongest]} {best[strongest]:.3f}"
    return Canary(
        "single_feature", not named, bool(named), finding, f"AUC up to {alarm:.3f} ({counts[0]} positive)"
    )


def decided_values(training: TrainingSet, settings: CanaryParameters) -> Canary:
    """Look for values of a feature that nearly only those who fell have: they decide the label.

    Parameters
    ----------
    training : TrainingSet
        What the season's model was trained on.
    settings : CanaryParameters
        ``decided_share, decided_positives``: a value is named from that share of its rows,
        each weighted by the rows it stands for, and from so many that fell.

    References
    ----------
    ADR 20: an unsafe house written anew was a fall, and its grade decided the label.
    """
    fell, named = training.label == 1, []
    for name in training.frame.columns:
        column = training.frame[name].to_numpy()
        values, counts = np.unique(column[fell], return_counts=True)
        for value in values[(counts >= settings.decided_positives) & ~np.isnan(values)]:
            weight = training.weight * (column == value)
            if (share := weight[fell].sum() / weight.sum()) >= settings.decided_share:
                named.append(f"{name} = {value:g} ({share:.0%} of {int((weight > 0).sum())} rows)")
    allowed = f"less than {settings.decided_share:.0%} of the rows of a value"
    return Canary("decided_values", not named, False, ", ".join(named) or "no value decides", allowed)


def oversampling(training: TrainingSet, known: pl.DataFrame, scored: pl.DataFrame) -> Canary:
    """Hold the rows trained on against the labelled cohort and the rows to be scored.

    Parameters
    ----------
    training : TrainingSet
        What the season's model was trained on.
    known : DataFrame
        `KEYS` and ``label``: every row whose outcome was known, once.
    scored : DataFrame
        `KEYS` of the rows the model is asked to score.
    """
    rows = pl.DataFrame(
        {
            "household_id": training.frame.index.get_level_values(0).to_list(),
            "as_of_date": training.frame.index.get_level_values(1).to_numpy().astype("datetime64[D]"),
            "label": training.label.astype(bool),
        }
    )
    counts = {
        "repeated": len(rows) - rows.select(KEYS).n_unique(),
        "not in the labelled cohort": len(rows.join(known, on=[*KEYS, "label"], how="anti")),
        "also scored": len(rows.join(scored, on=KEYS, how="semi")),
    }
    passed = not any(counts.values())
    wrong = ", ".join(f"{count} {what}" for what, count in counts.items())
    return Canary(
        canary="oversampling",
        passed=passed,
        is_leak=not passed,
        found=f"{wrong} of {len(rows)} rows trained on",
        allowed="each row once, from the cohort, none to be scored",
    )


def _drawn(training: TrainingSet, rows: int) -> TrainingSet:
    """Keep all rows of a fixed draw of households, about `rows` rows."""
    kept = household_lot(_households(training), "canary") < rows / max(len(training.label), 1)
    return TrainingSet(
        training.frame[kept], training.label[kept], training.weight[kept], training.known_on[kept]
    )


def _households(training: TrainingSet) -> pl.Series:
    return pl.Series(training.frame.index.get_level_values(0).to_list(), dtype=pl.String)


def _auc(scores: Floats, label: Integers) -> Floats:
    """Give the AUC of each column; ties count half."""
    n_positive, n_negative = int(label.sum()), int((1 - label).sum())
    ranks = rankdata(scores, axis=0)[label == 1].sum(axis=0)
    auc: Floats = (ranks - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative)
    return auc


def _chance_error(n_positive: int, n_negative: int) -> float:
    """Give the standard error of an AUC where the score knows nothing (Mann and Whitney)."""
    return float(np.sqrt((n_positive + n_negative + 1) / (12 * n_positive * n_negative)))


def _auc_error(auc: float, n_positive: int, n_negative: int) -> float:
    same_positive, same_negative = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (n_positive - 1) * (same_positive - auc**2)
    spread += (n_negative - 1) * (same_negative - auc**2)
    return float(np.sqrt(spread / (n_positive * n_negative)))
