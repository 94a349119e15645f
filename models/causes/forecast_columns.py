"""What the forecast of causes adds to explained households: a share by cause, how sure the main one is."""

import pandas as pd
import polars as pl

from features.declaration import CAUSES
from models.causes.forecast import CauseForecast
from models.causes.gate import confidence
from models.risk.parameters import ForecastParameters

#: Share of households such as this one that, if they fell, were recorded with a cause.
SHARES = tuple(f"forecast_{cause}" for cause in CAUSES)


def with_shares(
    explained: pl.DataFrame, forecast: CauseForecast | None, frame: pd.DataFrame | None = None
) -> pl.DataFrame:
    """Add `SHARES`, which sum to 1; missing where no forecast is in use.

    Parameters
    ----------
    explained : DataFrame
        One row a household.
    forecast : CauseForecast or None
        In use with the delivering model.
    frame : pandas.DataFrame, optional
        Features of the same households in the same order; needed where there is a forecast.
    """
    if forecast is None or frame is None:
        return explained.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in SHARES)
    shares = forecast.chances(frame)
    return explained.with_columns(pl.Series(name, shares[:, at]) for at, name in enumerate(SHARES))


def with_confidence(named: pl.DataFrame, settings: ForecastParameters) -> pl.DataFrame:
    """Add ``main_cause_confidence``: on which step the forecast's share of the main cause is.

    Missing without a main cause or without a forecast. That an event of the cause is on record adds
    nothing: the forecast has learned from the same facts, and of records in windows closed by 2023Q4
    the likelihood is highest where causes without an event count whole.

    Parameters
    ----------
    named : DataFrame
        ``main_cause`` and `SHARES`.
    settings : ForecastParameters
        The steps.
    """
    share = pl.coalesce(
        pl.when(pl.col("main_cause") == cause).then(name) for cause, name in zip(CAUSES, SHARES, strict=True)
    )
    return named.with_columns(confidence(share, settings).alias("main_cause_confidence"))
