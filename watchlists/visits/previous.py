"""The releases that this one is held against: of earlier seasons, and of its own."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from models.labels.label_rules import outcome_of
from register.keys.key_file import PUBLISHED_ID
from register.keys.published import is_invented
from register.seasons import season_end
from watchlists.release.manifest import in_todays_shape
from watchlists.release.store import MANIFEST, Release, Releases, release_of_list
from watchlists.visits.season_visits import newest_list


@dataclass(frozen=True)
class Previous:
    """An earlier release: its season, its list, the risk of its whole cohort, its calibration.

    Attributes
    ----------
    calibration : mapping or None
        As its manifest has it (`models.risk.calibration.maps.map_from_dict`); None where it has none.
    is_of_this_season : bool
        Whether it is an earlier list of the season that is listed now.
    """

    season: str
    listed: pl.DataFrame
    scores: pl.DataFrame
    calibration: Mapping[str, Any] | None = None
    is_of_this_season: bool = False

    def of_county(self, county_id: str) -> "Previous":
        """Keep one county's list; a household may have come from another, so all scores stay."""
        return replace(self, listed=self.listed.filter(pl.col("county_id") == county_id))


def earlier_releases(releases: Path, season: str, source_kind: str, label: Mapping[str, Any]) -> list[Path]:
    """Find the releases of earlier seasons from the same kind of source, the oldest first.

    A risk of another outcome, or over another time, is no earlier risk of this one; and where ids
    were `otherwise_hidden`, no household would be recognised.
    """
    task = (source_kind, outcome_of(label), label["months"])
    return [path for path in _before(releases, season) if _task(path) == task and not _is_hidden(path)]


def otherwise_hidden(releases: Path, season: str, source_kind: str) -> list[Path]:
    """Find the earlier releases of invented data from when their ids had a machine's own key."""
    return [
        path
        for path in _before(releases, season)
        if (_task(path) or ("", "", 0))[0] == source_kind and _is_hidden(path)
    ]


def previous_release(releases: Path, season: str, source_kind: str, label: Mapping[str, Any]) -> Path | None:
    """Find the newest of the earlier releases; None without any."""
    return next(reversed(earlier_releases(releases, season, source_kind, label)), None)


def list_visited(
    releases: Releases, records: pl.DataFrame, season: str, source_kind: str, label: Mapping[str, Any]
) -> Previous | None:
    """Read the newest of a season's own lists that visits were made from, verified.

    Parameters
    ----------
    releases : Releases
        Where it was published.
    records : DataFrame
        Every version of every visit (`register.lookback_store.LookbackStore.records`).
    season, source_kind, label
        Of the list that is made now; one of another task is no earlier one.

    Returns
    -------
    Previous or None
        None where no visit of the season was read back, or nothing stands of the list.
    """
    named = newest_list(records, season, source_kind)
    release = release_of_list(releases, season, named) if named else None
    if release is None or _task(release.folder) != (source_kind, outcome_of(label), label["months"]):
        return None
    return replace(previous_list(release), is_of_this_season=True)


def _before(releases: Path, season: str) -> list[Path]:
    """Find the releases of earlier seasons, the oldest first."""
    named = [path for path in releases.glob("*Q?") if re.fullmatch(r"(19|20)\d\dQ[1-4]", path.name)]
    earlier = [path for path in named if season_end(path.name) < season_end(season)]
    return sorted(earlier, key=lambda path: season_end(path.name))


def _is_hidden(release: Path) -> bool:
    """Say whether invented ids stand there under another key than theirs (`register.keys.published`)."""
    manifest = _manifest(release)
    parameters = manifest["parameters"]
    is_pseudonym = parameters.get("privacy", {}).get("pseudonymise", False)
    is_published = manifest.get("pseudonym_key_id") == PUBLISHED_ID
    return is_invented(parameters["source"]["kind"]) and is_pseudonym and not is_published


def _task(release: Path) -> tuple[str, str, int] | None:
    if not (release / MANIFEST).is_file():
        return None
    parameters = _manifest(release)["parameters"]
    label = parameters["label"]
    return parameters["source"]["kind"], label["outcome"], label["months"]


def _manifest(release: Path) -> dict[str, Any]:
    path = release / MANIFEST
    return in_todays_shape(json.loads(path.read_bytes()), path)


def previous_list(release: Release) -> Previous:
    """Take list, scores and calibration of an earlier release."""
    scores = release.scores.select("household_id", "risk")
    return Previous(release.season, release.list, scores, release.manifest["calibration"])
