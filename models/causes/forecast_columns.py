"""What the forecast of causes adds to explained households: a share by cause, how sure the main one is."""

import pandas as pd
import polars as pl

from features.declaration import CAUSES
from features.expressions import plus
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
    """Add ``main_cause_confidence``: on which step the main cause's share of what may be behind a fall is.

    A cause without an event on record counts as ``without_event`` times its share: it may be at work
    unseen. Missing without a main cause or without a forecast.

    Parameters
    ----------
    named : DataFrame
        ``main_cause, events`` and `SHARES`.
    settings : ForecastParameters
        The steps.
    """
    seen = {cause: pl.col("events").list.contains(cause) for cause in CAUSES}
    weighed = named.select(
        "main_cause",
        *(
            (pl.col(share) * pl.when(seen[cause]).then(1.0).otherwise(settings.without_event)).alias(share)
            for cause, share in zip(CAUSES, SHARES, strict=True)
        ),
    )
    main = pl.coalesce(
        pl.when(pl.col("main_cause") == cause).then(share)
        for cause, share in zip(CAUSES, SHARES, strict=True)
    )
    step = weighed.select(confidence(main / plus(*SHARES), settings).alias("main_cause_confidence"))
    return named.hstack(step)
