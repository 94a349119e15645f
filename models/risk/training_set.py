"""Features joined with labels: the rows a model is trained or calibrated on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from features.declaration import Feature
from models.arrays import Flags, Floats, Integers
from models.keys import KEYS
from models.risk.feature_matrix import feature_matrix
from models.risk.sampling import household_lot
from register.errors import SeasonError


@dataclass(frozen=True)
class TrainingSet:
    """Rows with their outcome, sorted by household and date.

    Attributes
    ----------
    frame : pandas.DataFrame
        One float64 column a feature, indexed by (household_id, as_of_date).
    label : ndarray of int
        1 fell below the line, 0 did not.
    weight : ndarray of float
        How many rows of the cohort a row stands for.
    known_on : ndarray of datetime64[D]
        When the label became known.
    trees_only : ndarray of bool, optional
        Rows that are not of the cohort and teach the trees alone; by default there are none.
    """

    frame: pd.DataFrame
    label: Integers
    weight: Floats
    known_on: NDArray[np.datetime64]
    trees_only: Flags | None = None

    @property
    def cohort(self) -> "TrainingSet":
        """Leave out the rows that teach the trees alone: they are neither judged nor counted."""
        if self.trees_only is None:
            return self
        return replace(self.where(~self.trees_only), trees_only=None)

    def known_by(self, day: date) -> "TrainingSet":
        """Keep the rows whose label was known at `day`."""
        return self.where(self.known_on <= np.datetime64(day))

    def known_after(self, day: date) -> "TrainingSet":
        """Keep the rows whose label became known after `day`."""
        return self.where(self.known_on > np.datetime64(day))

    @property
    def n_positive(self) -> int:
        """Rows that fell."""
        return int(self.label.sum())

    @property
    def households(self) -> pl.Series:
        """Whose each row is."""
        return pl.Series(self.frame.index.get_level_values(0))

    def lot(self, draw: str) -> Floats:
        """Give each row its household's lot (`household_lot`)."""
        return household_lot(self.households, draw)

    def carries(self, least: int) -> bool:
        """Tell whether at least so many rows came to the outcome, and so many did not."""
        return min(self.n_positive, len(self.label) - self.n_positive) >= least

    def where(self, kept: Flags) -> "TrainingSet":
        """Keep some rows; all of them are not copied."""
        if kept.all():
            return self
        flags = None if self.trees_only is None else self.trees_only[kept]
        return TrainingSet(self.frame[kept], self.label[kept], self.weight[kept], self.known_on[kept], flags)


def monotone_directions(features: Sequence[Feature]) -> dict[str, int]:
    """Name every feature in the order of the matrix, with the direction it was declared with."""
    return {one.name: one.direction for one in features}


def sample_by_label(
    known: pl.DataFrame, max_negatives: int, max_positives: int | None = None
) -> pl.DataFrame:
    """Keep the negative rows of a fixed draw of households, and the positive rows of another.

    Parameters
    ----------
    known : DataFrame
        ``household_id, as_of_date, label`` without missing labels.
    max_negatives, max_positives : int
        About how many rows of either label to keep; all of them if there are fewer, and every
        positive where no number is set. More keep what fewer keep.

    Returns
    -------
    DataFrame
        `known` with ``weight``: the inverse share of its label that is kept, so that the weights of
        either add up to about all its rows.
    """
    parts = {"negatives": (~known["label"], max_negatives), "positives": (known["label"], max_positives)}
    kept, weight = pl.repeat(value=False, n=len(known), eager=True), pl.lit(1.0)
    for draw, (rows, most) in parts.items():
        share = 1.0 if most is None else min(1.0, most / max(int(rows.sum()), 1))
        kept |= rows & pl.Series(household_lot(known["household_id"], draw) < share) if share < 1 else rows
        weight = pl.when(rows).then(1.0 / share).otherwise(weight)
    return known.with_columns(weight.alias("weight")).filter(kept)


def sample_households(known: pl.DataFrame, max_rows: int, draw: str = "calibration") -> pl.DataFrame:
    """Keep all rows of a fixed draw of households, about `max_rows` rows, each of weight one."""
    share = min(1.0, max_rows / max(len(known), 1))
    drawn = household_lot(known["household_id"], draw) < share
    return known.filter(pl.Series(drawn)).with_columns(weight=pl.lit(1.0))


def feature_frame(
    rows: pl.DataFrame, shards: Iterable[pl.DataFrame], names: Sequence[str]
) -> tuple[pl.DataFrame, pd.DataFrame]:
    """Look up the features of `rows` in the county frames.

    Returns
    -------
    tuple of (polars.DataFrame, pandas.DataFrame)
        `rows` and the matrix at the model's door, both sorted by household and date.

    Raises
    ------
    SeasonError
        When rows have no features.
    """
    ordered = rows.sort(KEYS)
    matrix, n_rows = feature_matrix(ordered, shards, names)
    if n_rows != len(rows):
        raise SeasonError(
            f"features: found rows for {n_rows} of {len(rows)} households and dates of the cohort; "
            "run the features stage again (dvc repro features)"
        )
    return ordered, _framed(ordered, matrix, names)


def training_set_of(rows: pl.DataFrame, frame: pd.DataFrame, kept: pl.Series) -> TrainingSet:
    """Take the `kept` rows (``label, weight, label_known_on``, or ``trees_only`` too) and their features."""
    chosen = rows.filter(kept)
    flags = chosen["trees_only"].fill_null(value=False).to_numpy() if "trees_only" in chosen.columns else None
    return TrainingSet(
        frame[kept.to_numpy()],
        chosen["label"].cast(pl.Int64).to_numpy(),
        chosen["weight"].fill_null(1.0).to_numpy(),
        chosen["label_known_on"].to_numpy().astype("datetime64[D]"),
        flags,
    )


def _framed(ordered: pl.DataFrame, matrix: Floats, names: Sequence[str]) -> pd.DataFrame:
    """Name the columns and rows of a matrix; its numbers stay where they are."""
    index = pd.MultiIndex.from_arrays(
        [ordered["household_id"].to_list(), ordered["as_of_date"].to_numpy().astype("datetime64[s]")],
        names=list(KEYS),
    )
    return pd.DataFrame(matrix, index=index, columns=pd.Index(list(names)), copy=False)
