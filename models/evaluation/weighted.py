"""The headline figures weighted to the population that a survey stands for."""

import numpy as np
import polars as pl

from models.arrays import Floats
from models.evaluation.board import CAME
from models.evaluation.board import MODEL as RISK_MODEL
from models.evaluation.capacity_lists import CapacityList, list_as_given
from models.evaluation.leaderboard import rows_of
from models.evaluation.measured import aftermath
from models.evaluation.metrics.listed import precision, recall
from models.evaluation.metrics.ranking import Ranking, auc
from models.evaluation.metrics.risk import Risks, base_rate, mean_risk, relative_bias, slope
from models.figures import Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds
from models.survey_weights import WEIGHT

#: What is weighed: the cards of the report, and calibration in the large for the line as it came.
FIGURES = ("base_rate", "mean_risk", "relative_bias", "slope", "auc", "precision", "recall")
_ENDS = ("", "_low", "_high")
_SCHEMA = {
    **dict.fromkeys(("origin", "figure"), pl.String()),
    **dict.fromkeys(("n", "n_positive", "n_weighted"), pl.Int64()),
    **dict.fromkeys([f"{side}{end}" for side in ("value", "weighted") for end in _ENDS], pl.Float64()),
}


def has_weights(judged: pl.DataFrame) -> bool:
    """Say whether any household stands for more or fewer than itself."""
    return bool((judged[WEIGHT] > 0).any())


def weighted_figures(listed: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Measure the model and the delivered list, every household once and by its weight.

    Parameters
    ----------
    listed : DataFrame
        As `models.evaluation.delivered_list.judged_lists` wants it, with `WEIGHT`.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        A row an origin, pooled last, and figure of `FIGURES`: ``origin, figure, n, n_positive``, how many
        have a weight (``n_weighted``), ``value`` of the households and ``weighted``, each with 95 %
        bounds. Weights are brought to one on average in every season, so that seasons count by their
        households when pooled; who has none is left out of ``weighted``.
    """
    ordered = listed.sort("origin", "household_id")
    made = list_as_given(ordered, "is_listed")
    origins = (*ordered["origin"].unique().sort().to_list(), POOLED)
    rows = [row for origin in origins for row in _of_origin(ordered, made, origin, bootstrap)]
    return pl.DataFrame(rows, schema=_SCHEMA, infer_schema_length=None)


def _of_origin(
    ordered: pl.DataFrame, made: CapacityList, origin: str, bootstrap: Bootstrap
) -> list[dict[str, object]]:
    at = rows_of(ordered, (origin, "all"))
    if not len(at):
        return []
    rows = ordered[at]
    weight = season_weights(rows)
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    sides = {
        side: with_bounds(_figures(rows, made, at, counts), drawn) if counts.any() else {}
        for side, counts in (("value", np.ones(len(rows))), ("weighted", weight))
    }
    counts = {"n": len(rows), "n_positive": int(rows["label"].sum()), "n_weighted": int((weight > 0).sum())}
    return [
        {
            "origin": origin,
            "figure": name,
            **counts,
            **{f"{side}{end}": of.get(f"{name}{end}") for side, of in sides.items() for end in _ENDS},
        }
        for name in FIGURES
    ]


def _figures(rows: pl.DataFrame, made: CapacityList, at: np.ndarray, weight: Floats) -> Figures:
    """Measure with rows that count by a weight."""
    label, risk = rows["label"].cast(pl.Int64).to_numpy(), rows[CAME].to_numpy()
    risks, after = Risks(risk, label, weight), aftermath(rows, made.before[at])
    listed = after.as_handed_out(made.now.mean[at])
    ratios = {one.__name__: one(risks) for one in (base_rate, mean_risk, relative_bias)}
    ratios |= {one.__name__: one(listed) for one in (precision, recall)}
    weighed = {name: figure.weighed(weight) for name, figure in ratios.items()}
    return weighed | {"slope": slope(risks), "auc": auc(Ranking(rows[RISK_MODEL].to_numpy(), label, weight))}


def season_weights(rows: pl.DataFrame) -> Floats:
    """Bring weights to one on average in each season, over all rows; none is 0.

    Parameters
    ----------
    rows : DataFrame
        ``origin`` and `WEIGHT`, missing where a household has none.

    Examples
    --------
    >>> season_weights(pl.DataFrame({"origin": ["2024Q1"] * 2, WEIGHT: [100.0, 300]})).tolist()
    [0.5, 1.5]
    """
    weight = pl.col(WEIGHT).fill_null(0.0)
    mean = weight.mean().over("origin")
    scaled = rows.select(pl.when(mean > 0).then(weight / mean).otherwise(0.0)).to_series()
    return scaled.to_numpy().astype(np.float64)
