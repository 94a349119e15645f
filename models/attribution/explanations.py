"""Every household's risk with its parts: the rows that are delivered."""

import numpy as np
import pandas as pd
import polars as pl
from scipy.special import expit

from features.declaration import CAUSES, feature_groups
from models.attribution.attribute import attribute
from models.attribution.stability import attribute_by_member, main_support
from models.risk.model import RiskModel

PLACE = ("household_id", "county_id", "township_id", "village_id", "as_of_date")


def explain_households(model: RiskModel, rows: pl.DataFrame, frame: pd.DataFrame) -> pl.DataFrame:
    """Score the households of one county and split each risk by cause.

    Parameters
    ----------
    model : RiskModel
        Fitted and calibrated.
    rows : DataFrame
        The cohort of one county at one date (`PLACE` columns).
    frame : pandas.DataFrame
        Their features, in the same order.

    Returns
    -------
    DataFrame
        `PLACE`, risk, risk_low, risk_high, base_margin, phi_<group>, main_cause,
        main_cause_support (share of members that name it too; missing without one),
        rank_in_county (ties by household_id), margin_sd (spread between members).
    """
    base, parts = attribute(model, frame, feature_groups())
    by_member = attribute_by_member(model, frame, feature_groups())[:, :, : len(CAUSES)]
    support = pl.Series("main_cause_support", main_support(parts[list(CAUSES)].to_numpy(), by_member))
    risk = expit(base + parts.to_numpy().sum(axis=1))
    low, high = model.risk_bounds(frame)
    scores = {"risk": risk, "risk_low": np.minimum(low, risk), "risk_high": np.maximum(high, risk)}
    phis = {f"phi_{group}": parts[group].to_numpy() for group in parts.columns}
    spread = model.member_margins(frame).std(axis=1)
    return (
        rows.select(PLACE)
        .with_columns(
            [pl.Series(name, value) for name, value in ({**scores, "base_margin": base, **phis}).items()]
        )
        .with_columns(
            main_cause(), support.fill_nan(None), rank_by(pl.col("risk")), pl.Series("margin_sd", spread)
        )
        .sort("household_id")
    )


def changed_parts(model: RiskModel, now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """Split by group what changed facts did to the log-odds, under one model.

    Parameters
    ----------
    model : RiskModel
        Of now.
    now, then : pandas.DataFrame, shape (n_households, n_features)
        The same households' features at two dates, in the same order.

    Returns
    -------
    pandas.DataFrame, shape (n_households, n_groups)
        A row adds up to the difference of the two margins.
    """
    groups = feature_groups()
    parts, earlier = attribute(model, now, groups)[1], attribute(model, then, groups)[1]
    return pd.DataFrame(parts.to_numpy() - earlier.to_numpy(), index=now.index, columns=parts.columns)


def main_cause() -> pl.Expr:
    """Name the official cause with the largest part above zero; missing where there is none."""
    largest = pl.max_horizontal(f"phi_{cause}" for cause in CAUSES)
    named = [
        pl.when((pl.col(f"phi_{cause}") == largest) & (largest > 0)).then(pl.lit(cause)) for cause in CAUSES
    ]
    return pl.coalesce(named).alias("main_cause")


def rank_by(score: pl.Expr) -> pl.Expr:
    """Give each household of a county its number, the highest score first, equal ones by id."""
    order = pl.struct((-score).alias("first"), pl.col("household_id").alias("then"))
    return order.rank("ordinal").cast(pl.Int64).alias("rank_in_county")
