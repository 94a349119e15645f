"""What features cannot see without some tables of the register."""

from collections.abc import Collection

from features.declaration import CAUSES, Feature, declared_features


def blind_without(missing: Collection[str]) -> set[str]:
    """Name the features that say nothing without some tables.

    A feature made of others is blind where all of them are.

    Parameters
    ----------
    missing : collection of str
        Register tables.

    Examples
    --------
    >>> "has_unsafe_water" in blind_without(["water"]), blind_without([])
    (True, set())
    """
    features = declared_features()
    blind = {one.name for one in features if one.over in missing}
    while more := {one.name for one in features if one.name not in blind and _is_made_of(one, blind)}:
        blind |= more
    return blind


def causes_without(missing: Collection[str]) -> list[str]:
    """Name the official causes none of whose features says anything without some tables."""
    blind, features = blind_without(missing), declared_features()
    return [cause for cause in CAUSES if all(one.name in blind for one in features if one.group == cause)]


def _is_made_of(feature: Feature, blind: set[str]) -> bool:
    names = {one.name for one in declared_features()}
    parts = feature.reads & names
    return bool(parts) and parts <= blind
