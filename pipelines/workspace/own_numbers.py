"""A household as people name it: by its id of the list, or by its own number as it was delivered."""

from pathlib import Path

from register.cells.blanks import BLANKS
from register.errors import StoreError
from register.keys.key_file import PUBLISHED_ID, UNNOTED, key_id, load_key
from register.keys.pseudonym import Pseudonymiser, is_pseudonym
from register.keys.published import PUBLISHED_KEY
from register.keys.settings import PrivacyParameters


def kept_id(household: str, made_under: str | None, privacy: PrivacyParameters) -> str:
    """Give the id under which a household is kept.

    Parameters
    ----------
    household : str
        Its id of the list, or its own number as it stands in the export; as in a delivered
        cell, blanks around make no difference and all else does.
    made_under : str or None
        Pseudonym key of the register or release that is asked (`pipelines.workspace.earlier_keys`);
        None where ids were kept as they were delivered.
    privacy : PrivacyParameters

    Returns
    -------
    str
        Whether anybody has it is not asked.

    Raises
    ------
    StoreError
        When it is no id of the list, and the key that makes one of it is not at hand.
    """
    bare = household.strip(BLANKS)
    if made_under is None or is_pseudonym(bare):
        return bare
    return Pseudonymiser(key_made_under(made_under, privacy)).pseudonym("household_id", bare)


def key_made_under(made_under: str, privacy: PrivacyParameters) -> bytes:
    """Read the key that ids were made under; unlike ingest make none, for nothing was made under it.

    Parameters
    ----------
    made_under : str
        Its id (`pipelines.workspace.earlier_keys`).
    privacy : PrivacyParameters

    Returns
    -------
    bytes

    Raises
    ------
    StoreError
        When it is not at hand; that of invented data always is.
    """
    if made_under == PUBLISHED_ID:
        return PUBLISHED_KEY
    place = Path(privacy.key_file).expanduser()
    key = load_key(place) if place.is_file() else None
    if key is None or made_under not in (UNNOTED, key_id(key)):
        raise StoreError(
            f"{place}: found {f'key {key_id(key)}' if key else 'no key'}, households were hidden under "
            f"{'one' if made_under == UNNOTED else f'key {made_under}'}, so none is found by its own number "
            "here; name it by household_id as in the list, or copy that key's file here"
        )
    return key
