"""How far a township is: of those listed there, how many were visited by now."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from watchlists.lookbacks.rows import township_of
from watchlists.lookbacks.sheet import Filled
from watchlists.release.paths import place_name, place_title
from watchlists.release.store import Release

STANDING = {"file": pl.String(), "place": pl.String(), "listed": pl.Int64(), "visited": pl.Int64()}
#: Somebody went and met nobody: no visit yet.
TRIED = "not_at_home"


def standing_of(filled: Filled, release: Release, visits: pl.DataFrame) -> dict[str, Any]:
    """Count the households of a workbook's township that are listed, and those of them visited.

    Parameters
    ----------
    filled : Filled
    release : Release
        The one it is of.
    visits : DataFrame
        `register.lookback_store.visits_today`, this reading's included.

    Returns
    -------
    dict
        `STANDING`; the place is "" where nobody of the workbook is listed.
    """
    place = township_of(filled, release)
    if place is None:
        return {"file": filled.file, "place": "", "listed": 0, "visited": 0}
    county, township = place
    of_place = release.list.filter(county_id=county, township_id=township)
    listed = of_place["household_id"]
    done = visits.filter(
        pl.col("source_kind") == release.source_kind,
        pl.col("list_id") == filled.list_id,
        pl.col("result") != TRIED,
        pl.col("household_id").is_in(listed.implode()),
    )
    n_visited = done["household_id"].n_unique()
    return {
        "file": filled.file,
        "place": _called(of_place.row(0, named=True)),
        "listed": len(listed),
        "visited": n_visited,
    }


def _called(place: Mapping[str, Any]) -> str:
    """Name a township; where only ids are known and its own begins with its county's, by it alone."""
    county, township = place["county_id"], place["township_id"]
    if place.get("township_name"):
        return place_title(place)
    return str(township) if township.startswith(county) else place_name(county, township)
