"""What became of everybody a past list was chosen from, as the register knows it by a day."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from models.keys import KEYS
from models.labels.labels import labels
from pipelines.workspace.workspace import Workspace, shards
from register.store import Register
from watchlists.release.past_lists import cohort_of, label_rules_of
from watchlists.release.store import Release


def with_outcomes(
    workspace: Workspace, lists: Sequence[Release], cluster: str, known_on: date
) -> pl.DataFrame:
    """Read what became of everybody the lists were chosen from, county by county.

    A county that is no longer in the register has left it with all its households.

    Parameters
    ----------
    workspace : Workspace
        Its register is read.
    lists : sequence of Release
        One a season, one at least.
    cluster : str
        Column that the intervals draw again as a whole.
    known_on : date
        Nothing recorded later is seen.

    Returns
    -------
    DataFrame
        `watchlists.release.past_lists.cohort_of` every list, with ``label, censored, is_gone``.
    """
    register = Register(workspace.register)
    cohorts = {one.season: cohort_of(one, cluster) for one in lists}
    rules = {one.season: label_rules_of(one) for one in lists}
    present, labelled = [], []
    for county in shards(register.counties, "past lists"):
        shard = register.shard(county)
        present.append(shard.view("households", known_on)["household_id"])
        for season, cohort in cohorts.items():
            rows = cohort.filter(pl.col("county_id") == county)
            labelled.append(rows.join(labels(shard, rows, rules[season], known_on), on=list(KEYS)))
    everybody, known = pl.concat(cohorts.values()), pl.concat(labelled)
    lost = everybody.join(known, on=["season", "household_id"], how="anti")
    gone = lost.with_columns(censored=pl.lit("left_register"))
    in_register = pl.concat(present).implode()
    return pl.concat([known, gone], how="diagonal").with_columns(
        is_gone=~pl.col("household_id").is_in(in_register)
    )
