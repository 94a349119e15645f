"""What became of everybody a past list was chosen from, as the register knows it by a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from models.keys import KEYS
from models.labels.label_rules import LabelRules
from models.labels.labels import labels
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.workspace import Workspace
from register.store import Register
from watchlists.release.past_lists import cohort_of, label_rules_of
from watchlists.release.store import Release


def with_outcomes(
    workspace: Workspace,
    lists: Sequence[Release],
    cluster: str,
    known_on: date,
    compute: ComputeParameters,
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
    compute : ComputeParameters
        Who reads the counties.

    Returns
    -------
    DataFrame
        `watchlists.release.past_lists.cohort_of` every list, with ``label, censored, is_gone``.
    """
    register = Register(workspace.register)
    everybody = pl.concat(cohort_of(one, cluster) for one in lists)
    shared = _Shared(register, {one.season: label_rules_of(one) for one in lists}, known_on)
    read = map_shards(_outcomes, parts(everybody, register.counties), "past lists", compute, shared)
    present, labelled = zip(*read, strict=True)
    known = pl.concat(labelled)
    lost = everybody.join(known, on=["season", "household_id"], how="anti")
    gone = lost.with_columns(censored=pl.lit("left_register"))
    in_register = pl.concat(present).implode()
    return pl.concat([known, gone], how="diagonal").with_columns(
        is_gone=~pl.col("household_id").is_in(in_register)
    )


class _Shared(NamedTuple):
    """By which rules each season's list is read, and until when."""

    register: Register
    rules: Mapping[str, LabelRules]
    known_on: date


def _outcomes(part: Part, shared: _Shared) -> tuple[pl.Series, pl.DataFrame]:
    """Name who is in a county's register, and say what became of those on the lists, season by season."""
    shard, known_on = shared.register.shard(part.county_id), shared.known_on
    rows = {one: part.rows.filter(season=one) for one in shared.rules}
    labelled = [
        rows[one].join(labels(shard, rows[one], rules, known_on), on=list(KEYS))
        for one, rules in shared.rules.items()
    ]
    return shard.view("households", known_on)["household_id"], pl.concat(labelled)
