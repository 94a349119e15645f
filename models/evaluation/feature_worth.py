"""What features are worth to the model: families permuted, causes left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from models.arrays import Floats
from models.evaluation.metrics.ranking import Ranking
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet


def permuted_worth(
    model: RiskModel, judged: TrainingSet, families: Iterable[Sequence[str]], repeats: int, seed: int
) -> pl.DataFrame:
    """Measure what a ranking loses when a family of features tells of another household.

    Redundant features are drawn together: alone, each would look worthless beside its twin.

    Parameters
    ----------
    model : RiskModel
        Trained before the season.
    judged : TrainingSet
        Rows of one season's cohort, with the weight they stand for.
    families : iterable of sequence of str
        Partition of the features.
    repeats : int
        Draws, averaged.
    seed : int
        Of the draws, the same for every family.

    Returns
    -------
    DataFrame
        ``family`` (names joined by a space), ``is_used, auc_loss, ap_loss``.
        A family no tree splits on is worth exactly 0.
    """
    used = _split_on(model)
    whole = _measure(judged, model.raw_margin(judged.frame))
    rows = []
    for family in families:
        is_used = bool(used & {*family})
        lost = _lost(model, judged, family, whole, repeats, seed) if is_used else {"auc": 0.0, "ap": 0.0}
        rows.append((" ".join(family), is_used, round(lost["auc"], 6), round(lost["ap"], 6)))
    return pl.DataFrame(rows, schema=["family", "is_used", "auc_loss", "ap_loss"], orient="row")


def ablated(
    training: TrainingSet,
    judged: TrainingSet,
    groups: Mapping[str, Sequence[str]],
    directions: Mapping[str, int],
    trees: Mapping[str, Any],
) -> pl.DataFrame:
    """Train without each cause or circumstance and measure what the ranking loses.

    Parameters
    ----------
    training : TrainingSet
        What was known at the season.
    judged : TrainingSet
        Rows of one season's cohort, with the weight they stand for.
    groups : mapping of str to sequence of str
        Features of each cause and circumstance.
    directions : mapping of str to int
        Monotone constraints.
    trees : mapping
        Arguments of `RiskModel`.

    Returns
    -------
    DataFrame
        ``left_out, n_features, auc, ap, auc_loss, ap_loss``; the first row leaves out
        nothing.
    """
    rows: list[tuple[Any, ...]] = []
    whole: dict[str, float] = {}
    for name, left_out in {"": (), **groups}.items():
        kept = [one for one in training.frame.columns if one not in {*left_out}]
        model = RiskModel(**trees, monotone_cst=directions).fit(
            training.frame[kept], training.label, training.weight, trees_only=training.trees_only
        )
        measured = _measure(judged, model.raw_margin(judged.frame[kept]))
        whole = whole or measured
        figures = [
            measured["auc"],
            measured["ap"],
            whole["auc"] - measured["auc"],
            whole["ap"] - measured["ap"],
        ]
        rows.append((name or "-", len(left_out), *(round(one, 6) for one in figures)))
    columns = ["left_out", "n_features", "auc", "ap", "auc_loss", "ap_loss"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def summary(worth: pl.DataFrame) -> pl.DataFrame:
    """Average a family's worth over seasons and name those worth nothing.

    Returns
    -------
    DataFrame
        ``family, is_used, auc_loss, ap_loss, ap_loss_sd`` (over seasons) and
        ``is_worth_nothing``: no tree of any season uses it, or precision does not fall on
        average without it. The most valuable first.
    """
    return (
        worth.group_by("family", maintain_order=True)
        .agg(
            pl.col("is_used").any(),
            pl.col("auc_loss", "ap_loss").mean().round(6),
            pl.col("ap_loss").std().round(6).alias("ap_loss_sd"),
        )
        .with_columns((~pl.col("is_used") | (pl.col("ap_loss") <= 0)).alias("is_worth_nothing"))
        .sort("ap_loss", descending=True, maintain_order=True)
    )


def _measure(rows: TrainingSet, margin: Floats) -> dict[str, float]:
    figures = Ranking(margin, rows.label).metrics(rows.weight[None, :], ())
    return {name: float(figures[name][0]) for name in ("auc", "ap")}


def _lost(
    model: RiskModel,
    judged: TrainingSet,
    family: Sequence[str],
    whole: Mapping[str, float],
    repeats: int,
    seed: int,
) -> dict[str, float]:
    draws = np.random.default_rng(seed)
    share = judged.weight / judged.weight.sum()
    measured = []
    for _ in range(repeats):
        other = draws.choice(len(share), len(share), p=share)
        tampered = judged.frame.copy()
        tampered[list(family)] = judged.frame[list(family)].to_numpy()[other]
        measured.append(_measure(judged, model.raw_margin(tampered)))
    return {name: whole[name] - float(np.mean([one[name] for one in measured])) for name in whole}


def _split_on(model: RiskModel) -> set[str]:
    names = np.array(model.feature_names)
    splits = sum(member.feature_importance("split") for member in model.members_)
    return set(names[np.asarray(splits) > 0])
