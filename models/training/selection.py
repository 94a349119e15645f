"""Which kind of model to use: the one whose choice would have been regretted least in past seasons."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import expit

from models.arrays import Floats, Integers
from models.risk.calibration.maps import fit_map
from models.risk.logistic import blend

#: Kind to the share of the margin that is the logistic member's; the earlier one wins a tie.
KINDS: Mapping[str, float] = {"trees": 0.0, "blend": 0.5, "logistic": 1.0}


@dataclass(frozen=True)
class Selection:
    """The kind chosen and what it was chosen by.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    regrets : DataFrame
        ``as_of_date, kind, n, n_positive, log_loss, regret``, one row a past season and kind.
    """

    kind: str
    regrets: pl.DataFrame

    @property
    def logistic_share(self) -> float:
        """How much of the margin is the logistic member's."""
        return KINDS[self.kind]

    @property
    def mean_regret(self) -> dict[str, float]:
        """Mean regret of each kind over the past seasons, six decimals."""
        means = self.regrets.group_by("kind").agg(pl.col("regret").sort().mean().round(6))
        return dict(sorted(means.iter_rows()))


def select(
    boosted: Floats, logistic: Floats, label: Integers, as_of_dates: pl.Series, few_positives: int = 0
) -> Selection:
    """Choose a kind by its mean regret over past seasons.

    The regret of a kind in a season is its log loss, calibrated over all of them, above the
    lowest log loss any kind had there. What is judged later has no part in it.

    Parameters
    ----------
    boosted, logistic : ndarray, shape (n,)
        Raw margins of rows neither has seen, whose label came after both were trained.
    label : ndarray of int
        Their outcomes.
    as_of_dates : Series
        The season end of each row.
    few_positives : int
        With fewer that came to the outcome the simplest kind is taken whose loss is within a
        standard error of the least: what so few rows prefer is mostly chance.

    References
    ----------
    DESIGN 6: chosen by regret over past seasons, never by the last test. Breiman, Friedman,
    Olshen and Stone (1984), Classification and Regression Trees, 3.4.3: one standard error.
    """
    margins = {kind: blend(boosted, logistic, share) for kind, share in KINDS.items()}
    losses_of = {kind: log_losses(fit_map(raw, label).margin(raw), label) for kind, raw in margins.items()}
    rows = pl.DataFrame({"as_of_date": as_of_dates, "label": label, **losses_of})
    losses = rows.group_by("as_of_date").agg(
        pl.len().cast(pl.Int64).alias("n"),
        pl.col("label").sum().alias("n_positive"),
        pl.col(*KINDS).sort().mean(),
    )
    regrets = (
        losses.unpivot(
            list(KINDS), index=["as_of_date", "n", "n_positive"], variable_name="kind", value_name="log_loss"
        )
        .with_columns((pl.col("log_loss") - pl.col("log_loss").min().over("as_of_date")).alias("regret"))
        .with_columns(pl.col("log_loss", "regret").round(6))
        .sort("as_of_date", pl.col("kind").replace_strict({kind: at for at, kind in enumerate(KINDS)}))
    )
    means = {kind: regrets.filter(pl.col("kind") == kind)["regret"].to_numpy().mean() for kind in KINDS}
    best = min(KINDS, key=means.__getitem__)
    if label.sum() >= few_positives:
        return Selection(best, regrets)
    return Selection(next(kind for kind in _SIMPLEST_FIRST if _is_as_good(losses_of, kind, best)), regrets)


_SIMPLEST_FIRST = tuple(KINDS)[::-1]


def _is_as_good(losses: Mapping[str, Floats], kind: str, best: str) -> bool:
    """Tell whether a kind's loss is within one standard error of the best one's, row by row."""
    more = losses[kind] - losses[best]
    return bool(more.mean() <= more.std(ddof=1) / np.sqrt(len(more)))


def log_losses(margin: Floats, label: Integers) -> Floats:
    """Give the log loss of every row, read at the log-odds `margin`."""
    risk = np.clip(expit(margin), 1e-12, 1 - 1e-12)
    return -np.where(label == 1, np.log(risk), np.log1p(-risk))
