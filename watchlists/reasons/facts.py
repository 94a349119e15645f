"""The facts behind a cause: what happened within the year, and what stands out from the county."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from features.declaration import Feature
from register.reference import OfCause, cause_events
from register.shard import IncomeLine
from watchlists.reasons.feature_words import DESCRIBING, contradicts, story_of

#: A household: its features by name, and its `household_id`.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A household's value of a declared feature beside the county's median and its own of a year ago.

    Attributes
    ----------
    a_year_ago : float or None
        None where no year lies behind the household, or nothing was recorded then.
    is_fresh : bool
        Whether it is an event of the year, or changed within it towards risk.
    """

    feature: Feature
    value: float
    median: float
    a_year_ago: float | None = None
    is_fresh: bool = False


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
    earlier : DataFrame, optional
        The same households' features a year earlier, as far as there are any.
    events : sequence of OfCause, optional
        What counts as an event of a cause; that of the reference data by default.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        features: Sequence[Feature],
        line: IncomeLine | None = None,
        earlier: pl.DataFrame | None = None,
        events: Sequence[OfCause] | None = None,
    ) -> None:
        self.events = cause_events() if events is None else events
        values = {
            one.name: frame[one.name].drop_nulls().to_numpy() for one in features if one.name in frame.columns
        }
        self.features = {one.name: one for one in features if len(values.get(one.name, ()))}
        self.median = {name: float(np.median(values[name])) for name in self.features}
        self.spread = {name: float(np.std(np.sort(values[name]))) for name in self.features}
        self.line_a_year = line.per_year if line and line.currency else None
        self.currency = line.currency if line else ""
        self.earlier: Mapping[str, Row] = (
            {} if earlier is None else {row["household_id"]: row for row in earlier.iter_rows(named=True)}
        )

    def standing_out(
        self, row: Row, group: str, most: int, known: Collection[str] = (), *, lasting: bool = False
    ) -> list[Fact]:
        """Pick what describes the household, then the features that deviate most towards risk.

        They deviate in standard deviations. Features whose direction is not declared are left
        out, but for those that describe (`DESCRIBING`): nobody could say whether the value
        speaks for the risk.

        Parameters
        ----------
        row : mapping
            The household's features.
        group : str
            A cause or circumstance.
        most : int
            How many facts.
        known : collection of str
            Features whose story the reader knows.
        lasting : bool
            Only what stood out a year ago too, if a year lies behind the household.
        """
        before = self.earlier.get(row["household_id"]) if lasting else None
        of_group = [name for name, one in self.features.items() if one.group == group]
        deviations = {name: self._deviation(name, row) for name in of_group}
        out = [name for name in of_group if deviations[name] > 0]
        if before is not None:
            out = [name for name in out if self._deviation(name, before) > 0]
        ordered = sorted(out, key=lambda name: (-deviations[name], name))
        plain = [name for name in of_group if row.get(name) == DESCRIBING.get(name, math.nan)]
        return [self._fact(name, row) for name in _plainest([*plain, *ordered], known)[:most]]

    def happened(self, row: Row, cause: str, most: int, known: Collection[str] = ()) -> list[Fact]:
        """Pick what happened within the year: the events of the cause, then what changed towards risk.

        Parameters
        ----------
        row : mapping
            The household's features.
        cause : str
            An official cause.
        most : int
            How many facts.
        known : collection of str
            Features whose story the reader knows.
        """
        events = [next(iter(one.at_least)) for one in self.events if one.cause == cause and _is_met(one, row)]
        changes = {name: self._change(name, row) for name, one in self.features.items() if one.group == cause}
        changed = sorted(
            (name for name in changes if changes[name] > 0), key=lambda name: (-changes[name], name)
        )
        fresh = _plainest([*events, *changed], known)
        return [self._fact(name, row, is_fresh=True) for name in fresh[:most]]

    def _fact(self, name: str, row: Row, *, is_fresh: bool = False) -> Fact:
        before = self.earlier.get(row["household_id"], {}).get(name)
        return Fact(self.features[name], float(row[name] or 0.0), self.median[name], before, is_fresh)

    def _deviation(self, name: str, row: Row) -> float:
        """Say how far a value lies from the county's towards risk; 0 where it cannot be."""
        value, spread = row.get(name), self.spread[name]
        if value is None or spread == 0 or contradicts(name, row):
            return 0.0
        return self.features[name].direction * (value - self.median[name]) / spread

    def _change(self, name: str, row: Row) -> float:
        """Say how far a value moved towards risk since a year ago; 0 where that is not known."""
        before = self.earlier.get(row["household_id"], {}).get(name)
        return (
            0.0
            if before is None
            else self._deviation(name, row) - self._deviation(name, {**row, name: before})
        )


def _is_met(event: OfCause, row: Row) -> bool:
    """Tell whether the register shows an event; what is not known shows none."""
    values = [(row.get(name), least) for name, least in event.at_least.items()]
    under = [(row.get(name), most) for name, most in event.below.items()]
    return all(value is not None and value >= least for value, least in values) and all(
        value is not None and value < most for value, most in under
    )


def _plainest(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Of features that tell the same story keep the plainest, and none whose story is known."""
    listed = list(names)
    stories = dict.fromkeys(story_of(name) for name in listed if not {*story_of(name)} & {*known})
    return [next(name for name in story if name in listed) for story in stories]
