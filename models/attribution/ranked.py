"""Every household's place in a published order with its parts: the rows that are delivered."""

import polars as pl

from features.declaration import GROUPS
from features.expressions import plus
from models.attribution.explanations import PLACE, main_cause, rank_by
from models.ranking.ranking import Ranking

#: What no order can say.
UNSAID = ("risk", "risk_low", "risk_high", "main_cause_support")


def ranked_households(ranking: Ranking, rows: pl.DataFrame, features: pl.DataFrame) -> pl.DataFrame:
    """Order the households of one county and split each score by cause.

    Parameters
    ----------
    ranking : Ranking
        The order.
    rows : DataFrame
        The cohort of one county at one date (`PLACE` columns).
    features : DataFrame
        Feature frame of the county, of any dates.

    Returns
    -------
    DataFrame
        As `models.attribution.explanations.explain_households`: risks, their bounds and the
        support of the main cause are missing, parts add up to the score, nothing is in doubt.
    """
    parts = features.select("household_id", "as_of_date", *ranking.parts().values())
    none = [pl.lit(None, dtype=pl.Float64).alias(name) for name in UNSAID]
    return (
        rows.select(PLACE)
        .join(parts, on=["household_id", "as_of_date"], how="left", validate="1:1")
        .with_columns(*none, pl.lit(0.0).alias("base_margin"), pl.lit(0.0).alias("margin_sd"))
        .with_columns(main_cause(), rank_by(plus(*(f"phi_{group}" for group in GROUPS))))
        .sort("household_id")
    )
