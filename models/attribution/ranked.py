"""Every household's place in a published order with its parts: the rows that are delivered."""

import polars as pl

from features.declaration import CAUSES, GROUPS
from features.expressions import plus
from models.attribution.explanations import PLACE, rank_by
from models.attribution.naming import listed, names_of
from models.ranking.ranking import Ranking

#: What no order can say.
UNSAID = ("risk", *(f"fresh_{group}" for group in GROUPS))


def ranked_households(
    ranking: Ranking, rows: pl.DataFrame, features: pl.DataFrame, least_multiplier: float
) -> pl.DataFrame:
    """Order the households of one county and split each score by cause.

    Parameters
    ----------
    ranking : Ranking
        The order.
    rows : DataFrame
        The cohort of one county at one date (`PLACE` columns).
    features : DataFrame
        Feature frame of the county, of any dates.
    least_multiplier : float
        From which standing part on a group makes vulnerable.

    Returns
    -------
    DataFrame
        As `models.attribution.explanations.explain_households` with `models.attribution.naming.NAMED`:
        risk and what is fresh are missing, parts add up to the score, nothing is in doubt. Named are the
        causes that rules point to.
    """
    parts = features.select("household_id", "as_of_date", *ranking.parts().values())
    none = [pl.lit(None, dtype=pl.Float64).alias(name) for name in UNSAID]
    ranked = (
        rows.select(PLACE)
        .join(parts, on=["household_id", "as_of_date"], how="left", validate="1:1")
        .with_columns(*none, pl.lit(0.0).alias("base_margin"), pl.lit(0.0).alias("margin_sd"))
        .with_columns(rank_by(plus(*(f"phi_{group}" for group in GROUPS))))
        .sort("household_id")
    )
    part = ranked.select(f"phi_{cause}" for cause in CAUSES).to_numpy()
    pointed = pl.Series("named_causes", listed(CAUSES, part > 0, part), pl.List(pl.String()))
    return (
        names_of(ranked, features, least_multiplier)
        .with_columns(pointed)
        .with_columns(pl.col("named_causes").list.first().alias("main_cause"))
    )
