"""The manifest of a release in today's shape, whichever version of the code wrote it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.labels.label_rules import FALLS, INCOME, OBSERVED
from register.errors import StoreError

Manifest = dict[str, Any]

VERSION = "schema_version"
#: What the label meant before its section named it.
FIRST_LABEL = {
    "outcome": FALLS,
    "months": 12,
    "reading": "window",
    "resources": INCOME,
    "resources_months": 12,
    "settle_months": 3,
    "line_rise": OBSERVED,
}


class NewerReleaseError(StoreError):
    """A release that a newer version of the code made."""


def _name_label_and_calibration(manifest: Mapping[str, Any]) -> Manifest:
    """Bring a manifest of 2026-11 to version 1: it named no version, and the first ones not all of this."""
    parameters = manifest["parameters"]
    label = {**FIRST_LABEL, **parameters.get("label", {})}
    return {"calibration": None, **manifest, "parameters": {**parameters, "label": label}}


#: The migration at place n makes version n + 1 of version n. Add one at the end, never change one.
MIGRATIONS: tuple[Callable[[Mapping[str, Any]], Manifest], ...] = (_name_label_and_calibration,)
SCHEMA_VERSION = len(MIGRATIONS)


def in_todays_shape(manifest: Mapping[str, Any], path: Path) -> Manifest:
    """Migrate a manifest to `SCHEMA_VERSION`, so that whoever reads it meets one shape.

    Parameters
    ----------
    manifest : mapping
        As it was written; without a version it is of version 0.
    path : Path
        Where it stands, for the message. What stands there is never changed.

    Returns
    -------
    dict
        ``parameters.label`` with every name of `LabelRules`, ``calibration`` as
        `models.risk.calibration.maps.map_from_dict` reads it, None where it was not told.

    Raises
    ------
    NewerReleaseError
        When a newer version of the code wrote it.

    Examples
    --------
    >>> older = {"season": "2025Q3", "parameters": {"label": {"months": 6}}}
    >>> now = in_todays_shape(older, Path("manifest.json"))
    >>> now["schema_version"], now["parameters"]["label"]["outcome"], now["calibration"]
    (1, 'falls_below_line', None)
    """
    version = manifest.get(VERSION, 0)
    if version > SCHEMA_VERSION:
        raise NewerReleaseError(
            f"{path}: found schema version {version}, this code reads 0 to {SCHEMA_VERSION}; "
            "a newer huitou made it: update this one, or roll back to another (huitou releases)"
        )
    migrated = dict(manifest)
    for migrate in MIGRATIONS[version:]:
        migrated = migrate(migrated)
    return {**migrated, VERSION: SCHEMA_VERSION}
