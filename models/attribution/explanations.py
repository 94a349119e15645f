"""Every household's risk with its parts, standing and fresh: the rows that are delivered."""

import numpy as np
import pandas as pd
import polars as pl
from scipy.special import expit

from features.declaration import GROUPS, feature_groups
from models.attribution.attribute import attribute, attribute_change
from models.names import RISE
from models.risk.model import RiskModel

PLACE = ("household_id", "county_id", "township_id", "village_id", "as_of_date")


def explain_households(
    model: RiskModel, rows: pl.DataFrame, now: pd.DataFrame, earlier: pd.DataFrame
) -> pl.DataFrame:
    """Score the households of one county and split each risk by cause, standing and fresh.

    Parameters
    ----------
    model : RiskModel
        Fitted and calibrated.
    rows : DataFrame
        The cohort of one county at one date (`PLACE` columns).
    now : pandas.DataFrame
        Their features, in the same order.
    earlier : pandas.DataFrame
        Those of a year before, of the households that were known then
        (`models.attribution.year_behind.a_year_behind`), indexed by their position in `rows`.

    Returns
    -------
    DataFrame
        `PLACE`, risk, base_margin, phi_<group>, fresh_<group>, rank_in_county (ties by household_id),
        margin_sd (spread between members), risk_rise_<rise> (were the line to rise by that share;
        the order is the same for each). ``base_margin`` and the phi add up to the log-odds of the
        risk. ``phi - fresh`` is the standing part: the game a year before, today where no year lies
        behind a household, whose fresh parts are missing.

    References
    ----------
    DESIGN 7; ADR 22.
    """
    groups, then = feature_groups(), now.copy()
    then.iloc[earlier.index] = earlier.to_numpy()
    base, standing = attribute(model, then, groups)
    fresh = attribute_change(model, now, then, groups)
    parts = standing.to_numpy() + fresh.to_numpy()
    is_behind = np.isin(np.arange(len(now)), earlier.index)
    raw = model.raw_members(now)
    changed = np.where(is_behind[:, np.newaxis], fresh.to_numpy(), np.nan)
    columns = {
        "risk": expit(base + parts.sum(axis=1)),
        "base_margin": base,
        **{f"phi_{group}": parts[:, at] for at, group in enumerate(GROUPS)},
        **{f"fresh_{group}": changed[:, at] for at, group in enumerate(GROUPS)},
        "margin_sd": model.calibration_.margin(raw).std(axis=1),
        **{f"{RISE}{rise}": expit(one.margin(raw.mean(axis=1))) for rise, one in model.scenarios_.items()},
    }
    return (
        rows.select(PLACE)
        .with_columns(pl.Series(name, value).fill_nan(None) for name, value in columns.items())
        .with_columns(rank_by(pl.col("risk")))
        .sort("household_id")
    )


def rank_by(score: pl.Expr) -> pl.Expr:
    """Give each household of a county its number, the highest score first, equal ones by id."""
    order = pl.struct((-score).alias("first"), pl.col("household_id").alias("then"))
    return order.rank("ordinal").cast(pl.Int64).alias("rank_in_county")
