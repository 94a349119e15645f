"""What is known of the season that is listed, beyond its as-of date: the visits made from its own lists."""

from typing import NamedTuple

import polars as pl

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import Workspace
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore
from watchlists.visits.capacity import Capacity
from watchlists.visits.change import RESCORED, compared
from watchlists.visits.previous import Previous, list_visited
from watchlists.visits.season_visits import season_visits

#: What moved the risk since the last season, whichever list the changes are told against.
MOVED = ("facts_change", "model_change", "calibration_change")


class KnownOfSeason(NamedTuple):
    """What visits of the season found (`watchlists.visits.season_visits`), and the list they were made from.

    It serves to make the list and is no feature: no score knows of it (docs/adr/0026).
    """

    visits: pl.DataFrame
    visited: Previous | None

    def changes(self, allocated: pl.DataFrame, since: pl.DataFrame, capacity: Capacity) -> pl.DataFrame:
        """Hold one county's list against the season's own earlier one, if visits were made from it.

        Parameters
        ----------
        allocated : DataFrame
            The county's cohort (`watchlists.assembly.allocated_county`).
        since : DataFrame
            What changed since the last season (`watchlists.visits.change.compared`).
        capacity : Capacity
            Of this season.

        Returns
        -------
        DataFrame
            As `since`: who entered, stayed and left is told against the season's own list, what moved
            a risk against the last season.
        """
        if self.visited is None:
            return since
        of_county = self.visited.of_county(allocated["county_id"][0])
        within = compared(allocated, of_county, pl.DataFrame(schema=RESCORED), capacity, 1.0)
        return within.update(since.select("household_id", *MOVED), on="household_id")


def known_of_season(workspace: Workspace, params: Parameters) -> KnownOfSeason:
    """Read what visits to this season's lists have found up to the day of the run.

    Raises
    ------
    StoreError
        When the store of look-backs or the list that visits were made from is damaged.
    """
    records = LookbackStore(workspace.lookbacks, seal_key_file(params.privacy)).records()
    season, kind = params.season, params.source.kind
    visited = list_visited(releases_of(workspace, params), records, season, kind, params.label.written())
    return KnownOfSeason(season_visits(records, season, kind), visited)
