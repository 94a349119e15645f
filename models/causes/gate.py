"""Whether the forecast of causes may speak: on past seasons it must name better than the commonest cause."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from models.figures import Figure
from models.places import whole
from models.registry.parameters import PairedParameters
from models.resampling import Resampling, interval
from models.risk.parameters import ForecastParameters

#: Why a forecast is not used; "" where it is.
FEW_RECORDS, UNJUDGED, NOT_BETTER = "few_records", "unjudged", "not_better"
#: How sure a named cause is, surest first.
STEPS = FIRM, LIKELY, UNCERTAIN = "firm", "likely", "uncertain"


def judge_forecast(
    judged: pl.DataFrame, records: int, forecast: ForecastParameters, paired: PairedParameters
) -> dict[str, Any]:
    """Hold the forecast and the commonest cause against what was recorded after each judged season.

    Parameters
    ----------
    judged : DataFrame
        ``county_id, village_id, household_id, cause`` (recorded in the window), ``named`` (the
        likeliest by the forecast trained on the as-of date), ``share`` (its chance),
        ``commonest`` (the commonest cause recorded by that date).
    records : int
        Causes the delivered forecast was learned from.
    forecast : ForecastParameters
        ``records`` it needs; from which share on a cause is firm, and likely.
    paired : PairedParameters
        How clusters are drawn again.

    Returns
    -------
    dict
        ``is_used, why, records, n, top1, commonest, difference, low, high``: shares of judged rows
        named as recorded, and the 95 % interval of their paired difference; missing where
        nothing is judged. ``steps``: of each of `STEPS` how many rows, the mean share, and how
        often it was right.
    """
    figures = _compared(judged, paired)
    why = ""
    if records < forecast.records:
        why = FEW_RECORDS
    elif figures["low"] is None:
        why = UNJUDGED
    elif figures["low"] <= 0:
        why = NOT_BETTER
    steps = confidence_steps(judged, forecast)
    return {"is_used": not why, "why": why, "records": records, **figures, "steps": steps}


def _compared(judged: pl.DataFrame, paired: PairedParameters) -> dict[str, Any]:
    right, usual = (
        judged.select(pl.col(name).eq_missing(pl.col("cause")).cast(pl.Float64)).to_series().to_numpy()
        for name in ("named", "commonest")
    )
    once = np.ones(len(judged))
    figures = {"top1": Figure(right, once), "commonest": Figure(usual, once)}
    drawn = Resampling(_clusters(judged, paired), paired.resamples, paired.seed)
    spread = drawn.spread(figures)
    low, high = interval(spread["top1"] - spread["commonest"])
    shares = {name: one.value for name, one in figures.items()}
    ends = {"difference": shares["top1"] - shares["commonest"], "low": low, "high": high}
    return {"n": len(judged), **{name: _rounded(one) for name, one in (shares | ends).items()}}


def _rounded(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(value, 6)


def _clusters(judged: pl.DataFrame, paired: PairedParameters) -> pl.Series:
    """Draw villages, or households where villages are too few."""
    villages = judged.select(whole("village_id")).to_series()
    return villages if villages.n_unique() >= paired.min_clusters else judged["household_id"]


def confidence(share: pl.Expr, forecast: ForecastParameters) -> pl.Expr:
    """Say in which of `STEPS` a chance of a named cause lies.

    Examples
    --------
    >>> from pipelines.workspace.parameters import load_params
    >>> shares = pl.DataFrame({"share": [0.9, 0.7, 0.4]})
    >>> shares.select(confidence(pl.col("share"), load_params().model.forecast)).to_series().to_list()
    ['firm', 'likely', 'uncertain']
    """
    likely = pl.when(share >= forecast.likely).then(pl.lit(LIKELY)).otherwise(pl.lit(UNCERTAIN))
    return pl.when(share >= forecast.firm).then(pl.lit(FIRM)).when(share.is_not_null()).then(likely)


def confidence_steps(judged: pl.DataFrame, forecast: ForecastParameters) -> dict[str, Mapping[str, Any]]:
    """Count of each step the rows, the mean share of their named cause, and how often it was recorded."""
    stepped = judged.with_columns(step=confidence(pl.col("share"), forecast))
    return {step: _step(stepped.filter(pl.col("step") == step)) for step in STEPS}


def _step(rows: pl.DataFrame) -> Mapping[str, Any]:
    """Take the means of one step; of no rows they are missing."""
    right = Figure((rows["named"] == rows["cause"]).cast(pl.Float64).to_numpy(), np.ones(len(rows)))
    share = Figure(rows["share"].to_numpy(), np.ones(len(rows)))
    return {"n": len(rows), "share": _rounded(share.value), "right": _rounded(right.value)}
