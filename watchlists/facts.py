"""The facts behind a cause: what stands out from the county in the direction that raises risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from features.declaration import Feature


@dataclass(frozen=True)
class Fact:
    """A household's value of a declared feature beside the county's median."""

    feature: Feature
    value: float
    median: float


class County:
    """Medians and spreads of one county's households in one season.

    Parameters
    ----------
    frame : DataFrame
        Feature frame of the county, one row a household.
    features : sequence of Feature
        Declared features.
    """

    def __init__(self, frame: pl.DataFrame, features: Sequence[Feature]) -> None:
        known = [one for one in features if one.direction and one.name in frame.columns]
        values = {one.name: frame[one.name].drop_nulls().to_numpy() for one in known}
        self.features = [one for one in known if len(values[one.name])]
        self.median = {one.name: float(np.median(values[one.name])) for one in self.features}
        self.spread = {one.name: float(np.std(np.sort(values[one.name]))) for one in self.features}

    def facts(self, row: Mapping[str, float | None], cause: str, most: int) -> list[Fact]:
        """Pick the cause's features that deviate most towards risk, in standard deviations.

        Features whose direction is not declared are left out: nobody could say whether the
        value speaks for the risk.
        """
        found = [(self._deviation(one, row), one) for one in self.features if one.group == cause]
        standing_out = sorted(
            (pair for pair in found if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].name)
        )
        return [
            Fact(one, float(row[one.name] or 0.0), self.median[one.name]) for _, one in standing_out[:most]
        ]

    def _deviation(self, one: Feature, row: Mapping[str, float | None]) -> float:
        value, spread = row.get(one.name), self.spread[one.name]
        if value is None or spread == 0:
            return 0.0
        return one.direction * (value - self.median[one.name]) / spread
