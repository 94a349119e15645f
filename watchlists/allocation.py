"""Who is visited: capacity per place, rules first, then risk, ties by household id."""

from dataclasses import dataclass

import polars as pl
from scipy.special import ndtr

from features.declaration import GROUPS
from features.expressions import plus
from register.errors import ParamsError

PLACES = ("village", "township", "county")


@dataclass(frozen=True)
class Capacity:
    """Visits a season in each `per` (village, township or county)."""

    per: str
    visits: int

    def __post_init__(self) -> None:
        """Refuse a capacity nobody can plan by."""
        if self.per not in PLACES:
            raise ParamsError(
                f"watchlist.capacity.per: found {self.per!r}, allowed are {', '.join(PLACES)}; mend it"
            )
        if isinstance(self.visits, bool) or not isinstance(self.visits, int) or self.visits < 0:
            raise ParamsError(
                f"watchlist.capacity.visits: found {self.visits!r}, allowed is a whole number of visits, "
                "0 or more; mend params.yaml"
            )


def allocate(scores: pl.DataFrame, capacity: Capacity) -> pl.DataFrame:
    """Put every household of the cohort in visiting order and say who is listed.

    Within a place, households with a must-visit rule come first, by risk; the others
    follow by risk; equal risks by household id, so the order can be published.

    Parameters
    ----------
    scores : DataFrame
        One row a household: `household_id`, the place's id, `risk`, `base_margin`,
        ``phi_<group>``, `margin_sd` (log-odds), `rules` (list of codes).
    capacity : Capacity
        Never exceeded, not even by must-visit households.

    Returns
    -------
    DataFrame
        `scores` sorted by place and rank, with ``rank`` (1 is visited first),
        ``is_listed``, ``listed_by`` (rule or risk), ``chance_listed``.

    Notes
    -----
    ``chance_listed`` = Φ((margin - cutoff) / margin_sd): how likely the household stays
    listed if the model's members disagreed as they do. The cutoff lies midway between the
    margins of the last listed and the first unlisted household that compete by risk. It is
    1 for households listed by rule and where everybody fits.
    """
    place = f"{capacity.per}_id"
    ordered = scores.with_columns(
        pl.when(pl.col("rules").list.len() > 0)
        .then(pl.lit("rule"))
        .otherwise(pl.lit("risk"))
        .alias("listed_by"),
        plus("base_margin", *(f"phi_{group}" for group in GROUPS)).alias("margin"),
    ).sort(
        place,
        pl.col("listed_by") == "risk",
        "risk",
        "household_id",
        descending=[False, False, True, False],
    )
    ranked = ordered.with_columns(pl.int_range(1, pl.len() + 1).over(place).alias("rank"))
    listed = ranked.with_columns((pl.col("rank") <= capacity.visits).alias("is_listed"))
    return _with_chance(listed, place).drop("margin")


def must_visits_without_place(allocated: pl.DataFrame) -> int:
    """Count the must-visit households that did not fit into the capacity."""
    return allocated.filter((pl.col("listed_by") == "rule") & ~pl.col("is_listed")).height


def _with_chance(frame: pl.DataFrame, place: str) -> pl.DataFrame:
    by_risk, margin = pl.col("listed_by") == "risk", pl.col("margin")
    last = margin.filter(by_risk & pl.col("is_listed")).min().over(place)
    first = margin.filter(by_risk & ~pl.col("is_listed")).max().over(place)
    distance = margin - (last + first) / 2
    dressed = frame.with_columns((distance / pl.col("margin_sd")).alias("distance"))
    certain = pl.col("distance").is_null() | pl.col("distance").is_nan() | ~by_risk
    chance = pl.Series("chance_listed", ndtr(dressed["distance"].fill_null(0.0).to_numpy()))
    return (
        dressed.with_columns(chance)
        .with_columns(pl.when(certain).then(1.0).otherwise(pl.col("chance_listed")).alias("chance_listed"))
        .drop("distance")
    )
