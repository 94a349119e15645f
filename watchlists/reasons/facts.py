"""The facts behind a cause: what stands out from the county in the direction that raises risk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from features.declaration import Feature
from register.shard import IncomeLine
from watchlists.reasons.feature_words import story_of


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
    line : IncomeLine, optional
        The line in force.
    """

    def __init__(
        self, frame: pl.DataFrame, features: Sequence[Feature], line: IncomeLine | None = None
    ) -> None:
        known = [one for one in features if one.direction and one.name in frame.columns]
        values = {one.name: frame[one.name].drop_nulls().to_numpy() for one in known}
        self.features = {one.name: one for one in known if len(values[one.name])}
        self.median = {name: float(np.median(values[name])) for name in self.features}
        self.spread = {name: float(np.std(np.sort(values[name]))) for name in self.features}
        self.line_a_year = line.per_year if line and line.currency else None
        self.currency = line.currency if line else ""

    def facts(
        self, row: Mapping[str, float | None], cause: str, most: int, known: Collection[str] = ()
    ) -> list[Fact]:
        """Pick the cause's features that deviate most towards risk, in standard deviations.

        Of features that tell the same story only the plainest that stands out is told, and
        none of a story the reader knows from one of the `known` features.
        Features whose direction is not declared are left out: nobody could say whether the
        value speaks for the risk.
        """
        deviations = {
            name: self._deviation(one, row) for name, one in self.features.items() if one.group == cause
        }
        standing_out = sorted((-deviation, name) for name, deviation in deviations.items() if deviation > 0)
        stories = dict.fromkeys(
            story_of(name) for _, name in standing_out if not {*story_of(name)} & {*known}
        )
        plainest = [next(name for name in story if deviations.get(name, 0.0) > 0) for story in stories]
        return [self._fact(name, row) for name in plainest[:most]]

    def _fact(self, name: str, row: Mapping[str, float | None]) -> Fact:
        return Fact(self.features[name], float(row[name] or 0.0), self.median[name])

    def _deviation(self, one: Feature, row: Mapping[str, float | None]) -> float:
        value, spread = row.get(one.name), self.spread[one.name]
        if value is None or spread == 0:
            return 0.0
        return one.direction * (value - self.median[one.name]) / spread
