"""Where the files of a place stand inside a release: every path carries the whole key."""

from collections.abc import Mapping
from typing import Any

from register.file_names import file_stem


def workbook_path(county_id: str, township_id: str) -> str:
    """Path of a township's workbook in the release."""
    return f"workbooks/{file_stem(county_id)}/{file_stem(township_id)}.xlsx"


def card_path(county_id: str, township_id: str) -> str:
    """Path of a township's cards in the release; two counties may share a township's id."""
    return f"cards/{file_stem(county_id)}/{file_stem(township_id)}.html"


def board_path(county_id: str) -> str:
    """Path of a county's board in the release."""
    return f"boards/{file_stem(county_id)}.html"


def off_list_path(county_id: str) -> str:
    """Path of a county's workbook of households at high risk that found no place."""
    return f"off_list/{file_stem(county_id)}.xlsx"


def place_title(place: Mapping[str, Any]) -> str:
    """Name a township as people call it, with its ids; by its ids alone where no name was delivered.

    Examples
    --------
    >>> ids = {"county_id": "530901", "township_id": "530901T02"}
    >>> place_title({**ids, "county_name": "临翔区", "township_name": "凤翔街道"})
    '临翔区 凤翔街道（530901 530901T02）'
    >>> place_title(ids)
    '530901 530901T02'
    """
    names = dict.fromkeys(place.get(name) for name in ("county_name", "township_name"))
    ids, known = place_name(place["county_id"], place["township_id"]), [name for name in names if name]
    return f"{' '.join(known)}（{ids}）" if known else ids


def county_title(place: Mapping[str, Any]) -> str:
    """Name a county as people call it, with its id.

    Examples
    --------
    >>> county_title({"county_id": "530901", "county_name": "临翔区"})
    '临翔区（530901）'
    """
    name = place.get("county_name")
    return f"{name}（{place['county_id']}）" if name else str(place["county_id"])


def place_name(county_id: str, township_id: str) -> str:
    """Name a township by its county and itself, one that is the whole county once.

    Examples
    --------
    >>> place_name("530901", "530901T02"), place_name("panel", "panel")
    ('530901 530901T02', 'panel')
    """
    return " ".join(dict.fromkeys((county_id, township_id)))
