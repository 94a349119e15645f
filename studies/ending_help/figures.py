"""Bias and rank agreement of the model's trial, by measure, with intervals over villages."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from scipy.stats import spearmanr

from models.arrays import Floats
from models.resampling import interval

RESAMPLES, SEED = 300, 1
#: Households that a measure must be in force for, so that its figures are told.
LEAST = 30


def by_measure(rows: pl.DataFrame) -> pl.DataFrame:
    """Judge the trial for each measure, and for all together.

    Parameters
    ----------
    rows : DataFrame
        `studies.ending_help.comparison.compared`.

    Returns
    -------
    DataFrame
        ``measure, n, n_changing`` (whose risk truly changes), ``lowered`` (share whose risk the
        model lowers as help ends),
        ``told`` (share that is told); ``model, true, bias, spearman`` each with ``_low`` and
        ``_high``: mean change of the risk under the model and truly, their difference, and
        their rank agreement, missing where one of them never varies.
    """
    groups = {"all": rows, **{str(key[0]): one for key, one in rows.group_by("measure")}}
    kept = sorted((name for name in groups if len(groups[name]) >= LEAST), key=lambda one: -len(groups[one]))
    return pl.DataFrame([_judged(name, groups[name]) for name in kept], infer_schema_length=None)


def _judged(name: str, rows: pl.DataFrame) -> dict[str, object]:
    changes = (rows["risk_ended"] - rows["risk"]).to_numpy(), rows["true_change"].to_numpy()
    members = [np.flatnonzero(one) for one in _one_each(rows["village_id"].to_numpy())]
    generator = np.random.default_rng(SEED)
    drawn = [
        _figures(*(one[np.concatenate(chosen)] for one in changes))
        for chosen in (
            [members[place] for place in generator.integers(0, len(members), len(members))]
            for _ in range(RESAMPLES)
        )
    ]
    line: dict[str, object] = {
        "measure": name,
        "n": len(rows),
        "n_changing": int((changes[1] != 0).sum()),
        "lowered": float((changes[0] < 0).mean()),
        "told": float((rows["standing"] == "told").to_numpy().mean()),
    }
    for figure, value in _figures(*changes).items():
        line |= _with_ends(figure, value, np.array([one[figure] for one in drawn]))
    return line


def _one_each(villages: np.ndarray) -> list[np.ndarray]:
    return [villages == one for one in np.unique(villages)]


def _figures(model: Floats, true: Floats) -> Mapping[str, float]:
    varies = np.ptp(model) > 0 and np.ptp(true) > 0
    return {
        "model": float(model.mean()),
        "true": float(true.mean()),
        "bias": float(model.mean() - true.mean()),
        "spearman": float(spearmanr(model, true).statistic) if varies else np.nan,
    }


def _with_ends(name: str, value: float, drawn: Floats) -> dict[str, float | None]:
    low, high = interval(drawn[np.isfinite(drawn)]) if np.isfinite(value) else (None, None)
    return {name: value if np.isfinite(value) else None, f"{name}_low": low, f"{name}_high": high}
